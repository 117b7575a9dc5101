# Shared by run, stop and tour; sourced. Nothing here but bash and the JDK is needed.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
launcher="$root/mcp-guard/bin/mcp-guard"
samples="$root/samples/target"
work="$here/work"

say() { printf '%s\n' "$*"; }
fail() { printf 'quickstart: %s\n' "$*" >&2; exit 1; }

absolute() { case "$1" in /*) printf '%s' "$1" ;; *) printf '%s' "$PWD/$1" ;; esac; }

# Prints the java of a JDK 25, or nothing.
find_java() {
  local java
  for java in "${JAVA_HOME:-/none}"/bin/java /usr/lib/jvm/*25*/bin/java /opt/*25*/bin/java \
      "$HOME"/.sdkman/candidates/java/25*/bin/java /Library/Java/JavaVirtualMachines/*25*/Contents/Home/bin/java \
      "$(command -v java || true)"; do
    if [[ -x "$java" && "$("$java" -version 2>&1 | head -n 1)" == *'"25'* ]]; then
      printf '%s' "$java"
      return
    fi
  done
}

need_java() {
  java="$(find_java)"
  [[ -n "$java" ]] || fail "no JDK 25 found; install one (for example Temurin 25) and set JAVA_HOME"
  JAVA_HOME="$(cd "$(dirname "$java")/.." && pwd)"
  export JAVA_HOME
}

# A process of this quickstart runs: the pid lives and its command names our work folder.
ours() { [[ -n "${1:-}" ]] && ps -ww -p "$1" -o args= 2>/dev/null | grep -qF -- "$work/"; }

# Ends the processes written down in the work folder: asks, waits, then insists.
end_processes() {
  local file="$work/pids" pid pids=()
  [[ -f "$file" ]] || return 0
  for pid in $(cat "$file"); do
    if ours "$pid"; then pids+=("$pid"); fi
  done
  rm -f "$file"
  ((${#pids[@]})) || return 0
  kill "${pids[@]}" 2>/dev/null || true
  for _ in $(seq 100); do
    local living=0
    for pid in "${pids[@]}"; do if ours "$pid"; then living=1; fi; done
    ((living)) || return 0
    sleep 0.1
  done
  for pid in "${pids[@]}"; do if ours "$pid"; then kill -9 "$pid" 2>/dev/null || true; fi; done
}
