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

# Starts one of our own servers in the background; see rig_await.
rig_start() {
  rig_await "$RIG_NODE" --import "file://$rig_here/resolve.mjs" "$rig_here/$1" "${@:2}"
}

# Starts a command in the background, waits for the line of JSON that it prints when ready, leaves that in RIG_SAID and
# its address in RIG_URL. The command is stopped when the calling script ends.
rig_await() {
  local fifo
  fifo=$(mktemp -u)
  mkfifo "$fifo"
  # A process group of its own: what the command starts is stopped with it.
  set -m
  "$@" >"$fifo" &
  rig_children+=($!)
  set +m
  trap rig_stop EXIT
  trap 'exit 143' TERM INT
  exec 8<"$fifo"
  rm -f "$fifo"
  IFS= read -r -t "${RIG_PATIENCE:-30}" RIG_SAID <&8 || rig_fail "\`$*\` did not start"
  RIG_URL=$(sed 's/.*"url":"\([^"]*\)".*/\1/' <<<"$RIG_SAID")
}

rig_stop() {
  local child
  for child in "${rig_children[@]}"; do
    kill -TERM -- "-$child" 2>/dev/null || true
  done
}
