#!/usr/bin/env bash
# The command the conformance suite runs for one client scenario: client-through-guard.sh HARNESS-URL
# Starts the guard named by RIG_GUARD with the harness as its tool server, then our client against the guard.
#   RIG_GUARD: a command; it gets the harness URL as last argument, prints one line of JSON {"url":"...","tokenFile":"..."}
#   when it is ready (tokenFile may be left out) and serves until it is stopped. Unset: the client goes to the harness itself.
set -euo pipefail
source "$(dirname "$0")/rig.sh"
RIG_NODE=${RIG_NODE:-$(rig_find_node)}
harness=$1
url=$harness
if [ -n "${RIG_GUARD:-}" ]; then
  rig_await bash -c "$RIG_GUARD \"\$1\"" guard "$harness"
  url=$RIG_URL
  RIG_TOKEN_FILE=$(sed -n 's/.*"tokenFile":"\([^"]*\)".*/\1/p' <<<"$RIG_SAID")
  export RIG_TOKEN_FILE
fi
rig_node "$rig_here/clients/conformance-client.mjs" "$url"
