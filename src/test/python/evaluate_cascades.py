"""Evaluates cascades the way array programs do, to compare speed and answers; one thread.

    python evaluate_cascades.py DIR CASCADES.jsonl [--limit N] [--stacked-limit N] [--keep MODELS]
        [--counts COUNTS.jsonl]

DIR holds outputs.npy ([models x samples x classes], float16) and labels.npy; a line of CASCADES.jsonl is
{"models": [0-based], "thresholds": [genes 0..50, one fewer]}. Prints one JSON document: evaluations a second of
  numpy-stacked-float16, numpy-stacked-float32: the outputs of a cascade's models as one array, cumulative mean over
      the models for every sample, thresholds as masks: how the published system is described;
  numpy-masked-float32: the samples still in play only;
  torch-stacked-float32, torch-masked-float32: the same in PyTorch, where it can be imported;
and by how many samples each is off the exact counts. --counts writes those: {"wrong": n, "reach": [n, ...]} a
cascade, from integers (a half in [0, 1] is a whole number of 2^-24). Reading outputs and turning them into float32
is not timed.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy is loaded: it reads them once

import argparse
import json
import platform
import time
from collections import OrderedDict
from pathlib import Path

import numpy as np

try:
    import torch
except ImportError:
    torch = None


def exact(rows, labels, models, genes):
    """(wrong answers, samples that reach each stage), in integers; block by block, for they are large."""
    wrong, reach = 0, [0] * len(models)
    for start in range(0, len(labels), 2048):
        label = labels[start : start + 2048]
        alive = np.arange(len(label))
        units = np.zeros((len(label), rows[models[0]].shape[1]), np.int64)
        for stage, model in enumerate(models):
            if stage:
                average = units.max(1) / 2**24 / stage
                out = average > 0.02 * genes[stage - 1]
                wrong += int((units[out].argmax(1) != label[alive[out]]).sum())
                units, alive = units[~out], alive[~out]
            reach[stage] += len(alive)
            units += (rows[model][start : start + 2048][alive].astype(np.float32) * 2**24).astype(np.int64)
        wrong += int((units.argmax(1) != label[alive]).sum())
    return wrong, reach


def numpy_stacked(rows, labels, models, genes):
    stacked = np.stack([rows[model] for model in models])
    counts = np.arange(1, len(models) + 1, dtype=stacked.dtype)[:, None, None]
    means = np.cumsum(stacked, axis=0, dtype=stacked.dtype) / counts
    answers = means[0].argmax(1)
    alive = np.ones(len(labels), bool)
    reach = [len(labels)]
    for stage in range(1, len(models)):
        alive &= ~(means[stage - 1].max(1) > 0.02 * genes[stage - 1])
        reach.append(int(alive.sum()))
        answers = np.where(alive, means[stage].argmax(1), answers)
    return int((answers != labels).sum()), reach


def numpy_masked(rows, labels, models, genes):
    alive = None
    sums = rows[models[0]]
    wrong, reach = 0, [len(labels)]
    for stage in range(1, len(models)):
        out = sums.max(1) / stage > 0.02 * genes[stage - 1]
        left = labels if alive is None else labels[alive]
        wrong += int((sums[out].argmax(1) != left[out]).sum())
        alive = np.flatnonzero(~out) if alive is None else alive[~out]
        reach.append(len(alive))
        sums = sums[~out] + rows[models[stage]][alive]
    return wrong + int((sums.argmax(1) != (labels if alive is None else labels[alive])).sum()), reach


def torch_stacked(rows, labels, models, genes):
    stacked = torch.stack([rows[model] for model in models])
    means = torch.cumsum(stacked, 0) / torch.arange(1, len(models) + 1, dtype=stacked.dtype)[:, None, None]
    answers = means[0].argmax(1)
    alive = torch.ones(len(labels), dtype=torch.bool)
    reach = [len(labels)]
    for stage in range(1, len(models)):
        alive &= ~(means[stage - 1].amax(1) > 0.02 * genes[stage - 1])
        reach.append(int(alive.sum()))
        answers = torch.where(alive, means[stage].argmax(1), answers)
    return int((answers != labels).sum()), reach


def torch_masked(rows, labels, models, genes):
    alive = None
    sums = rows[models[0]]
    wrong, reach = 0, [len(labels)]
    for stage in range(1, len(models)):
        out = sums.amax(1) / stage > 0.02 * genes[stage - 1]
        left = labels if alive is None else labels[alive]
        wrong += int((sums[out].argmax(1) != left[out]).sum())
        alive = torch.nonzero(~out).flatten() if alive is None else alive[~out]
        reach.append(len(alive))
        sums = sums[~out] + rows[models[stage]][alive]
    return wrong + int((sums.argmax(1) != (labels if alive is None else labels[alive])).sum()), reach


class Rows:
    """The outputs of the models last asked for in RAM, in one type; all of a large pool would not fit."""

    def __init__(self, outputs, convert, keep):
        self.outputs, self.convert, self.keep = outputs, convert, keep
        self.held = OrderedDict()

    def of(self, models):
        for model in models:
            if model not in self.held:
                self.held[model] = self.convert(self.outputs[model])
            self.held.move_to_end(model)
        while len(self.held) > max(self.keep, len(set(models))):
            self.held.popitem(last=False)
        return {model: self.held[model] for model in models}


def measure(way, rows, labels, cascades, expected):
    found, seconds = [], 0.0
    for cascade in cascades:
        held = rows.of(cascade["models"])
        start = time.perf_counter()
        found.append(way(held, labels, cascade["models"], cascade["thresholds"]))
        seconds += time.perf_counter() - start
    return {
        "cascades": len(cascades),
        "seconds": round(seconds, 3),
        "evaluations-per-s": round(len(cascades) / seconds, 4),
        "cascades-with-other-counts": sum(f != e for f, e in zip(found, expected)),
        "largest-difference-in-wrong": max(abs(f[0] - e[0]) for f, e in zip(found, expected)),
    }


def checked(cascade, models):
    genes = cascade["thresholds"]
    if not cascade["models"] or len(genes) != len(cascade["models"]) - 1:
        raise SystemExit(f"a cascade wants models and one threshold fewer: {cascade}")
    if not all(0 <= model < models for model in cascade["models"]) or not all(0 <= gene <= 50 for gene in genes):
        raise SystemExit(f"models are 0..{models - 1}, threshold genes 0..50: {cascade}")
    return cascade


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cascades", type=Path)
    parser.add_argument("--limit", type=int, default=100, help="cascades for the masked ways, the first ones")
    parser.add_argument("--stacked-limit", type=int, default=20, help="cascades for the stacked ways")
    parser.add_argument("--half-limit", type=int, default=3, help="cascades for stacked float16, the slowest")
    parser.add_argument("--keep", type=int, default=32, help="models held in RAM at once")
    parser.add_argument("--counts", type=Path, help="where to write the exact counts of all --limit cascades")
    parser.add_argument("--only-counts", action="store_true", help="measure nothing")
    arguments = parser.parse_args()

    outputs = np.load(arguments.folder / "outputs.npy", mmap_mode="r")
    labels = np.load(arguments.folder / "labels.npy").astype(np.int64)
    lines = [line for line in arguments.cascades.read_text().splitlines() if line.strip()][: arguments.limit]
    cascades = [checked(json.loads(line), len(outputs)) for line in lines]
    if not cascades:
        raise SystemExit(f"{arguments.cascades}: no cascades")
    halves = Rows(outputs, np.array, arguments.keep)

    expected = [
        exact(halves.of(cascade["models"]), labels, cascade["models"], cascade["thresholds"]) for cascade in cascades
    ]
    if arguments.counts:
        text = "".join(json.dumps({"wrong": wrong, "reach": reach}) + "\n" for wrong, reach in expected)
        arguments.counts.write_text(text)
    ways = {}

    def add(name, way, rows, targets, limit):
        if limit > 0 and not arguments.only_counts:
            ways[name] = measure(way, rows, targets, cascades[:limit], expected)

    add("numpy-stacked-float16", numpy_stacked, halves, labels, arguments.half_limit)
    del halves
    singles = Rows(outputs, lambda rows: rows.astype(np.float32), arguments.keep)
    add("numpy-stacked-float32", numpy_stacked, singles, labels, arguments.stacked_limit)
    add("numpy-masked-float32", numpy_masked, singles, labels, arguments.limit)
    del singles
    if torch is not None:
        torch.set_num_threads(1)
        tensors = Rows(outputs, lambda rows: torch.from_numpy(rows.astype(np.float32)), arguments.keep)
        targets = torch.from_numpy(labels)
        with torch.inference_mode():
            add("torch-stacked-float32", torch_stacked, tensors, targets, arguments.stacked_limit)
            add("torch-masked-float32", torch_masked, tensors, targets, arguments.limit)
    document = {
        "shape": list(outputs.shape),
        "models-named": len({model for cascade in cascades for model in cascade["models"]}),
        "threads": 1,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "torch": None if torch is None else str(torch.__version__),
        "ways": ways,
    }
    print(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()
