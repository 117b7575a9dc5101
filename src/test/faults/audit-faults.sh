#!/bin/sh
# Fault matrix of the call log (F1-F3): for each system call that touches the log, fail just its n-th
# use with strace, then reopen and compare with what was acknowledged. One table row per fault.
# usage: audit-faults.sh [most faults per system call]   (after `mvn package -DskipTests`)
set -u
most=${1:-6}   # 0: only the disks
root=$(cd "$(dirname "$0")/../../.." && pwd)
java=${JAVA:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
path="$root/mcp-guard/target/test-classes:$root/mcp-guard/target/classes:$root/tool-registry/target/classes:$root/mcp-guard/target/lib/*"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! command -v strace >/dev/null; then
  echo "SKIPPED: strace is not installed" >&2
  exit 77
fi
probe() { "$java" -XX:TieredStopAtLevel=1 -cp "$path" dev.mcpguard.audit.CallLogFaultProbe "$@" 2>/dev/null | tail -1; }
status=0
echo "| System call | Error | n-th | Result |"
echo "|---|---|---|---|"
for fault in write:ENOSPC write:EIO write:EROFS fdatasync:EIO fsync:EIO openat:EACCES rename:EIO mkdir:EROFS close:EIO ftruncate:EIO; do
  call=${fault%:*}; error=${fault#*:}
  n=1
  while [ "$n" -le "$most" ]; do
    rm -rf "$work/audit" "$work/acknowledged"; mkdir "$work/audit"
    # -P keeps the faults to the log: the folders and files the writer touches
    strace -f -qq -o "$work/trace" -e trace="$call" -e inject="$call:error=$error:when=$n" \
      -P "$work/audit" -P "$work/audit/one" -P "$work/audit/one/segments" \
      -P "$work/audit/one/evidence" -P "$work/audit/one/evidence/policy" -P "$work/audit/one/notes" \
      -P "$work/audit/one/lock" -P "$work/audit/one/payload.key" -P "$work/audit/one/payload.key.tmp" \
      -P "$work/audit/one/segments/0000000000000000.segment" \
      "$java" -XX:TieredStopAtLevel=1 -cp "$path" dev.mcpguard.audit.CallLogFaultProbe \
      write "$work/audit" "$work/acknowledged" >/dev/null 2>&1
    grep -q INJECTED "$work/trace" || break
    result=$(probe check "$work/audit" "$work/acknowledged")
    case $result in
      *" acknowledged, 0 lost"*) ;;
      *) result="FAILED: $result"; status=1 ;;
    esac
    echo "| $call | $error | $n | $result |"
    n=$((n + 1))
  done
done

# A disk that is full, becomes read-only, or loses the folder under the guard. Needs to mount.
judge() {
  result=$(probe check "$2" "$work/acknowledged")
  case $result in
    *" acknowledged, 0 lost or after a refusal, $3") ;;
    *) result="FAILED: $result"; status=1 ;;
  esac
  echo "| $1 | - | - | $result |"
}
paced() { "$java" -XX:TieredStopAtLevel=1 -cp "$path" dev.mcpguard.audit.CallLogFaultProbe write "$@" >/dev/null 2>&1; }
# until the guard has written some records
begun() {
  for i in $(seq 300); do
    [ "$(stat -c %s "$1/one/segments/0000000000000000.segment" 2>/dev/null || echo 0)" -gt 8000 ] && return
    sleep 0.1
  done
}
disk="$work/disk"; mkdir "$disk"
if mount -t tmpfs -o size=64k none "$disk" 2>/dev/null; then
  trap 'umount "$disk"; rm -rf "$work"' EXIT
  rm -f "$work/acknowledged"; mkdir "$disk/audit"
  paced "$disk/audit" "$work/acknowledged" 200
  # the disk grows: what was acknowledged must be there
  mount -o remount,size=1m "$disk"; judge "disk of 64 KiB" "$disk/audit" refused
  rm -rf "$disk/audit" "$work/acknowledged"; mkdir "$disk/audit"
  # a kernel refuses this beside an open file: a disk that errs is write:EROFS above
  paced "$disk/audit" "$work/acknowledged" 12
  mount -o remount,ro "$disk"
  paced "$disk/audit" "$work/again" 12
  mount -o remount,rw "$disk"; judge "before a read-only remount" "$disk/audit" never-refused
  mv "$work/again" "$work/acknowledged"; judge "started on a read-only disk" "$disk/audit" refused
else
  echo "SKIPPED: disk of 64 KiB and read-only remount need the right to mount" >&2
fi
# nothing can be kept in a folder that is gone: only that the guard stops counts
rm -rf "$work/audit" "$work/acknowledged"; mkdir "$work/audit"
paced "$work/audit" "$work/acknowledged" 40 50 &
begun "$work/audit"; rm -rf "$work/audit/one"; wait $!
if [ "$(tail -1 "$work/acknowledged")" = refused ] && ! grep -q after-refusal "$work/acknowledged"; then
  echo "| folder deleted | - | - | refused, nothing acknowledged afterwards |"
else
  echo "| folder deleted | - | - | FAILED: $(tail -1 "$work/acknowledged") |"; status=1
fi
exit $status
