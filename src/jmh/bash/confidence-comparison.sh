#!/usr/bin/env bash
# What margin, entropy and temperatures are worth on one run: ten searches of each, every front tested.
#   src/jmh/bash/confidence-comparison.sh RUN.yaml RESULTS [--set ...]
# Needs outputs of both splits, and python3 for the table.
set -euo pipefail
run=$1 results=$2
shift 2
encas=$(dirname "$0")/../../../submit/encas
for temperature in off fit; do
  for confidence in max-probability margin entropy; do
    out=$results/$confidence-$temperature
    "$encas" search --run "$run" "$@" --set results="$out" --set search.repeats=10 \
      --set search.confidence=$confidence --set search.temperature=$temperature >"$out.txt"
    for seed in "$out"/seed-*; do
      "$encas" assess --run "$run" "$@" --set results="$seed" >>"$out.txt"
    done
  done
done
python3 - "$results" <<'PYTHON'
import json, math, pathlib, statistics, sys

root = pathlib.Path(sys.argv[1])


def figures(name):
    rows = {}
    for folder in sorted((root / name).glob("seed-*")):
        front = json.loads((folder / "assessment.json").read_text())
        rows[folder.name] = [front["hypervolume"], front["hypervolume-log"],
                             front["test"]["hypervolume"], front["test"]["hypervolume-log"]]
    return rows


def sign_test(wins, losses):
    n = wins + losses
    return sum(math.comb(n, k) for k in range(max(wins, losses), n + 1)) / 2 ** n if n else 1.0


base = figures("max-probability-off")
print("| confidence | temperature | search | log | test | log |")
print("| --- | --- | --- | --- | --- | --- |")
for temperature in ("off", "fit"):
    for confidence in ("max-probability", "margin", "entropy"):
        rows = figures(f"{confidence}-{temperature}")
        cells = []
        for column in range(4):
            cell = f"{statistics.median(row[column] for row in rows.values()):.4f}"
            if rows != base:
                wins = sum(rows[s][column] > base[s][column] for s in rows)
                losses = sum(rows[s][column] < base[s][column] for s in rows)
                cell += f" ({wins}-{losses}, p {sign_test(wins, losses):.3f})"
            cells.append(cell)
        print(f"| {confidence} | {temperature} | " + " | ".join(cells) + " |")
PYTHON
