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
