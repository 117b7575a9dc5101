# Sourced by the scripts of this folder: where the rig's npm packages are, and how to run Node with them.
rig_here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export MCPGUARD_RIG="${MCPGUARD_RIG:-$HOME/.cache/mcp-guard-rig}"
rig_packages="$MCPGUARD_RIG/node_modules/@modelcontextprotocol"

rig_fail() {
  echo "rig: $*" >&2
  exit 2
}

# Prints the Node to use: the one npm installed, else one on the PATH that is new enough.
rig_find_node() {
  local candidate
  for candidate in "$MCPGUARD_RIG"/node_modules/node-linux-*/bin/node "$(command -v node || true)"; do
    if [ -x "$candidate" ] && "$candidate" -e '
        const [a, b] = process.versions.node.split(".").map(Number);
        process.exit(a > 22 || (a === 22 && b >= 19) ? 0 : 1)' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  rig_fail "no Node 22.19 or newer in \`$MCPGUARD_RIG\` or on the PATH: run \`src/test/rig/setup\`"
}

# Our own modules import npm packages by name although node_modules lies in the cache, not beside them.
rig_node() {
  "$RIG_NODE" --import "file://$rig_here/resolve.mjs" "$@"
}

rig_ready() {
  "$rig_here/setup" --quiet
  RIG_NODE=$(rig_find_node) || exit 2
  export RIG_NODE
}

# Starts one of our servers in the background, waits for the line of JSON that it prints when ready and leaves its
# address in RIG_URL. It is stopped when the calling script ends.
rig_start() {
  local said fifo
  fifo=$(mktemp -u)
  mkfifo "$fifo"
  "$RIG_NODE" --import "file://$rig_here/resolve.mjs" "$rig_here/$1" "${@:2}" >"$fifo" &
  rig_children+=($!)
  trap 'kill "${rig_children[@]}" 2>/dev/null || true' EXIT
  IFS= read -r -t 20 said <"$fifo" || rig_fail "\`$1\` did not start"
  rm -f "$fifo"
  RIG_URL=$(sed 's/.*"url":"\([^"]*\)".*/\1/' <<<"$said")
}
