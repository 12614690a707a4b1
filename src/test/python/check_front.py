"""Recomputes a front from the model outputs it was searched in, by NumPy and nothing else of this project.

    python check_front.py FRONT.json --outputs FOLDER|ARRAY.npy --labels LABELS.npy --costs COSTS.csv

FOLDER holds 0.npy.gz, 1.npy.gz, ... (each [samples x classes], float16), or ARRAY.npy all of them ([models x
samples x classes], read as needed); COSTS.csv has a row a model in the same order. Every member's error, cost and stage shares must agree to the last bit; the hypervolume to 1e-12.
"""

import argparse
import csv
import gzip
import json
from pathlib import Path

import numpy as np


def read(path):
    opened = gzip.open(path) if path.suffix == ".gz" else open(path, "rb")
    with opened as file:
        return np.load(file, allow_pickle=False)


def score(outputs, labels, models, thresholds):
    """(wrong answers, samples that reach each stage) of one cascade, in exact integers."""
    units = np.zeros(next(iter(outputs.values())).shape, np.int64)
    inside = np.ones(len(labels), bool)
    answer = np.full(len(labels), -1)
    reach = []
    for stage, model in enumerate(models):
        if stage > 0 and thresholds:
            average = units.max(1) / 2**24 / stage
            inside &= ~(average > 0.02 * round(thresholds[stage - 1] * 50))
        reach.append(int(inside.sum()))
        units[inside] += (outputs[model][inside].astype(np.float64) * 2**24).astype(np.int64)
        answer[inside] = units[inside].argmax(1)
    return int((answer != labels).sum()), reach


def hypervolume(points, reference):
    volume, lowest = 0.0, reference[0]
    for cost, error in sorted((c, e) for e, c in points):
        if cost < reference[1] and error < lowest:
            volume += (lowest - error) * (reference[1] - cost)
            lowest = error
    return volume / (reference[0] * reference[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("front", type=Path)
    parser.add_argument("--outputs", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--costs", type=Path, required=True)
    arguments = parser.parse_args()

    front = json.loads(arguments.front.read_text())
    labels = read(arguments.labels).astype(np.int64)
    with open(arguments.costs, newline="") as file:
        costs = {row["id"]: float(row["mflops"]) for row in csv.DictReader(file)}
    if arguments.outputs.is_dir():
        order = {name: read(arguments.outputs / f"{i}.npy.gz") for i, name in enumerate(costs)}
    else:
        array = np.load(arguments.outputs, mmap_mode="r")
        if len(array) != len(costs):
            raise SystemExit(f"{arguments.outputs} holds {len(array)} models, {arguments.costs} {len(costs)}")
        order = dict(zip(costs, array))

    off = points = 0
    vectors = []
    for member in front["members"]:
        wrong, reach = score(order, labels, member["models"], member["thresholds"])
        error = 100.0 * wrong / len(labels)
        cost = 0.0
        for model, count in zip(member["models"], reach):
            cost += costs[model] * count / len(labels)
        share = [count / len(labels) for count in reach]
        off += abs(round(member["error"] * len(labels) / 100) - wrong)
        if (error, cost, share) != (member["error"], member["costs"]["mflops"], member["stage-share"]):
            points += 1
            print("differs:", member["models"], member["thresholds"], error, cost, share)
        vectors.append((error, cost))
    dominated = sum(any(a != b and a[0] <= b[0] and a[1] <= b[1] for a in vectors) for b in vectors)
    difference = abs(hypervolume(vectors, front["reference-point"]) - front["hypervolume"])
    print(f"{len(vectors)} members, {off} samples off, {points} members differ, {dominated} dominated, hypervolume off by {difference:.1e}")
    if off or points or dominated or difference > 1e-12:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
