#!/usr/bin/env bash
# Precomputes onto a file system that has no room for all outputs: it has to end with one line that says so, with every
# model published whole or not at all; with room the same command goes on and gives the rows of an undisturbed run.
# Needs root, for a file system in memory.
# usage: src/test/faults/disk-full-precompute.sh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/scratch.sh"
mkdir "$folder/disk"
mount -t tmpfs -o size=700k tmpfs "$folder/disk" # the outputs of all models take 2.4 MB
cat >"$folder/run.yaml" <<YAML
pool: $example/pool.yaml
outputs: disk/outputs
results: results
data:
  search: {format: idx, images: $example/data/t10k-images-idx3-ubyte.gz, labels: $example/data/t10k-labels-idx1-ubyte.gz, rows: 0-1999}
precompute: {shard-size: 512}
YAML
encas() { "$project/submit/encas" "$@" --run "$folder/run.yaml" >"$folder/out" 2>"$folder/err"; }
value() { sed -n "s/.*\"$2\" *: *\"\{0,1\}\([0-9a-f]*\).*/\1/p" "$1"; }
rows() { # of OUTPUTS: each published model's rows-sha256
  local manifest
  for manifest in "$1"/split=search/model=*/_manifest.json; do
    [ -e "$manifest" ] || continue
    [ "$(value "$manifest" rows)" = 2000 ] || { echo "$manifest has not all rows" >&2; exit 1; }
    echo "$(basename "$(dirname "$manifest")") $(value "$manifest" rows-sha256)"
  done
}
fail() { echo "$*"; tail -n 5 "$folder/err"; exit 1; }

encas precompute --set "outputs=$folder/undisturbed" || fail "undisturbed: exit $?"
rows "$folder/undisturbed" >"$folder/expected"
echo "undisturbed: $(wc -l <"$folder/expected") models, $(du -sk "$folder/undisturbed" | cut -f1) KB"

code=0
encas precompute || code=$?
tail -n 1 "$folder/err"
[ "$code" = 3 ] || fail "exit $code, not 3"
tail -n 1 "$folder/err" | grep -q 'No space left on device' || fail "not said"
[ ! -s "$folder/out" ] || fail "there is a result"
rows "$folder/disk/outputs" >"$folder/there"
[ -s "$folder/there" ] || fail "no model was published before the disk was full"
[ "$(wc -l <"$folder/there")" -lt "$(wc -l <"$folder/expected")" ] || fail "the disk was not full"
[ -z "$(grep -vxFf "$folder/expected" "$folder/there")" ] || fail "rows differ"
[ ! -e "$folder/disk/outputs/_lock.json" ] || fail "the lock was left"
[ -z "$(find "$folder/disk" -name '.*.*-*')" ] || fail "files are left half written"
echo "full: $(wc -l <"$folder/there") models published, all whole"

mount -o remount,size=24m "$folder/disk"
encas precompute || fail "with room: exit $?"
tail -n 1 "$folder/out"
tail -n 1 "$folder/out" | grep -q " $(wc -l <"$folder/there") present, 0 left out" || fail "what was there was computed again"
rows "$folder/disk/outputs" | cmp - "$folder/expected" || fail "rows differ"
encas coverage --strict || fail "coverage: exit $?"
echo "with room the same command went on: same rows"
