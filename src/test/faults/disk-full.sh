#!/usr/bin/env bash
# Builds a compact table on a file system that has no room for it: the search has to end with one line that says
# so and write no result; with room it has to go through. Needs root, for a file system in memory, and the
# example's outputs (submit/encas run --run examples/fashion-mnist/run.yaml).
# usage: src/test/faults/disk-full.sh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/scratch.sh"
mkdir "$folder/disk"
mount -t tmpfs -o size=12m tmpfs "$folder/disk" # outputs take 5 MB, their table 10
cp -r "$example/outputs/split=search" "$example/outputs/pool.yaml" "$folder/disk/"
cat >"$folder/run.yaml" <<YAML
pool: [$example/pool.yaml, $example/mllib/pool.yaml]
outputs: disk
results: results
search: {evaluations: 20000, islands: 4, epoch: 2500}
YAML
code=0
"$project/submit/encas" search --run "$folder/run.yaml" >"$folder/out" 2>"$folder/err" || code=$?
tail -n 1 "$folder/err"
[ "$code" = 3 ] || { echo "exit $code, not 3"; exit 1; }
tail -n 1 "$folder/err" | grep -q 'could not be built: No space left on device' || { echo "not said"; exit 1; }
[ ! -s "$folder/out" ] && [ ! -e "$folder/results" ] || { echo "there is a result"; exit 1; }
mount -o remount,size=24m "$folder/disk"
"$project/submit/encas" search --run "$folder/run.yaml" >"$folder/out" 2>"$folder/err"
tail -n 1 "$folder/out"
[ -s "$folder/results/front.json" ] && echo "with room the search went through"
