#!/usr/bin/env bash
# Times the README's first command as a stranger would meet it, on a clean clone of what is committed here:
# build and job, the job alone (built, no outputs), and the same again (nothing to compute). Dependencies
# should be in the local repository already. Prints one table; exit 1 if a limit is passed.
#
#   src/jmh/bash/whole-job.sh [FOLDER]    FOLDER for the clone; default a temporary one, removed at the end
set -euo pipefail
project="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
if [ $# -gt 0 ]; then
  folder="$1"
  mkdir -p "$folder"
else
  folder="$(mktemp -d)"
  trap 'rm -rf "$folder"' EXIT
fi
git clone -q "$project" "$folder/encas"
cd "$folder/encas"
run=(submit/encas run --run examples/fashion-mnist/run.yaml)
passed=0

# usage: measure NAME WALL-LIMIT-S; VmHWM in kB of the JVM that runs the job, heap and natives together
measure() {
  local name="$1" limit="$2" peak=0 now start wall pid code=0
  start="$(date +%s%N)"
  "${run[@]}" >"$folder/$name.out" 2>"$folder/$name.err" &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do # the launcher becomes the JVM: one process id
    if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = java ]; then
      now="$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" 2>/dev/null || true)"
      peak="${now:-$peak}"
    fi
    sleep 0.2
  done
  wait "$pid" || code=$?
  wall="$(awk -v ns="$(($(date +%s%N) - start))" 'BEGIN {printf "%.1f", ns / 1e9}')"
  printf '| %s | %s | %s | %.2f | %s |\n' "$name" "$wall" "$limit" "$(awk -v kb="$peak" 'BEGIN {print kb / 1048576}')" "$code"
  [ "$code" = 0 ] || { tail -n 3 "$folder/$name.err" >&2; passed=1; }
  awk -v w="$wall" -v l="$limit" -v kb="$peak" 'BEGIN {exit !(w < l && kb <= 3 * 1048576)}' || passed=1
}

echo "commit $(git rev-parse --short HEAD), $(date -u +%F), $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1-3 /proc/loadavg)"
echo
echo "| what | wall s | limit s | peak GiB | exit |"
echo "| --- | --- | --- | --- | --- |"
measure build-and-job 240
rm -rf examples/fashion-mnist/outputs examples/fashion-mnist/results
measure job 120
measure again 120
echo
cat "$folder/job.out"
exit "$passed"
