"""Records runs of the oracle for `OracleRunTest`, or checks it on the published program's own recorded runs.

    python3 record.py src/test/resources/golden/mo-gomea/oracle     writes them anew
    python3 record.py --check src/test/resources/golden/mo-gomea    compares with ridge9 and cascade5

The problems are few and small, one for each thing that the published runs do not show.
"""

import gzip
import json
import pathlib
import random
import sys

import fitness
from mo_gomea import MoGomea

RIDGE = [{"linear": list(range(2, 11)), "equal": -3}, {"square": list(range(-9, 0))}]
HERE = pathlib.Path(__file__).resolve()
TABLE = HERE.parents[2] / "resources/golden/mo-gomea"


def run(problem):
    """Trace and generations as lines, and what is left at the end."""
    evaluate = (
        fitness.cascade(TABLE, problem) if "k" in problem else fitness.polynomial(problem["fitness"])
    )
    trace, generations = [], []

    def on_request(search, cached, population, extreme, genotype):
        line = {
            "request": search.requests,
            "evaluation": search.evaluations,
            "cached": cached,
            "population": population,
            "extreme": extreme,
            "rng": search.random.state,
            "genotype": genotype,
            "objectives": search.known[genotype],
        }
        trace.append(json.dumps(line, separators=(",", ":")))

    def on_generation(search, population, index):
        line = {
            "population": index,
            "generation": population.steps,
            "evaluations": search.evaluations,
            "noImprovementStretch": population.stretch,
            "rng": search.random.state,
            "archiveSize": len(search.archive.members),
            "discretised": search.archive.steps is not None,
        }
        generations.append(json.dumps(line, separators=(",", ":")))

    search = MoGomea(problem, evaluate, on_request, on_generation)
    search.run()
    end = {
        "evaluations": search.evaluations,
        "requests": search.requests,
        "finalRng": search.random.state,
        "discretisationInEffect": search.archive.steps is not None,
        "boxSizes": search.archive.steps,
        "timesDiscretised": search.archive.times_discretised,
        "archive": [{"genotype": x, "objectives": f} for x, f in search.archive.members],
    }
    return trace, generations, end


def check(folder):
    for name in ("ridge9", "cascade5"):
        recorded = json.loads((folder / f"{name}.json").read_text())
        trace, generations, end = run({"fitness": RIDGE, **recorded})
        assert json.loads(json.dumps(end)) == {key: recorded[key] for key in end}, name
        for kind, mine in (("trace", trace), ("generations", generations)):
            with gzip.open(folder / f"{name}.{kind}.jsonl.gz", "rt") as lines:
                assert mine == lines.read().splitlines(), (name, kind)
        print(f"{name}: {len(trace)} requests, {len(generations)} generations, all equal")


def integers(name, seed, lower, upper, terms, target, budget):
    return name, {
        "seed": seed,
        "lower": lower,
        "upperExclusive": upper,
        "objectives": len(terms),
        "archiveTarget": target,
        "budget": budget,
        "fitness": terms,
    }


def cascades(name, seed, k, costs, target, budget):
    return name, {
        "seed": seed,
        "lower": [0] * (2 * k - 1),
        "upperExclusive": [25] * k + [51] * (k - 1),
        "objectives": 1 + len(costs),
        "archiveTarget": target,
        "budget": budget,
        "k": k,
        "outputs": "table-a.outputs.npy.gz",
        "labels": "table-a.labels.npy.gz",
        "costs": costs,
    }


def problems():
    draw = random.Random(20)
    mflops = json.loads((TABLE / "cascade5.json").read_text())["costs"]
    second = [draw.randrange(1, 400) / 64 for _ in mflops]
    mixed_lower = [-3, 0, 5, 1, 0, -9, 2, 0]
    mixed_upper = [4, 2, 9, 2, 51, -2, 7, 3]
    deceptive = {"residue": [1, 2, 3, 4, 5, 6, 7, 8], "modulus": 97}
    sloped = {"linear": [3, -2, 5, 1, 1, 4, -6, 2], "equal": -4}
    curved = {"square": [-2, 1, -3, 1, -1, 2, -1, -4]}
    ties = {"residue": [1, 1, 2, 3, 1, 2, 1, 4], "modulus": 3}
    flat = {"constant": -7}
    far = {**sloped, "constant": 10**9}
    close = {**curved, "scale": 3e-6}
    ones, zeros = [2] * 20, [0] * 20
    bits = [{"linear": [1] * 20, "equal": 2}, {"linear": [-(i % 3) - 1 for i in range(20)]}]
    traps = {"residue": [i * i + 1 for i in range(20)], "modulus": 31}
    return [
        integers("binary", -1, zeros, ones, bits, 1000, 700),
        integers("binary-three", 2**31 - 1, zeros, ones, [*bits, traps], 30, 700),
        integers("mixed", -(2**31), mixed_lower, mixed_upper, [sloped, curved], 12, 700),
        integers("mixed-three", 0, mixed_lower, mixed_upper, [sloped, curved, deceptive], 25, 900),
        integers("ties", -3, mixed_lower, mixed_upper, [ties, {**ties, "modulus": 5}], 10, 500),
        integers("one-flat", 41, mixed_lower, mixed_upper, [sloped, flat, curved], 10, 500),
        integers("all-flat", 42, mixed_lower, mixed_upper, [flat, flat], 10, 400),
        integers("far-from-zero", 43, mixed_lower, mixed_upper, [far, curved], 6, 500),
        integers("below-epsilon", 44, mixed_lower, mixed_upper, [close, deceptive], 10**9, 500),
        integers("least-target", 45, mixed_lower, mixed_upper, [sloped, curved], 1, 500),
        integers("target-beyond-int", 46, mixed_lower, mixed_upper, [sloped, curved], 2**31 - 1, 500),
        integers("two-genes", 47, [0, -4], [40, 30], [{"linear": [1, -1]}, {"square": [-1, -1]}], 9, 500),
        integers("first-population-only", 48, mixed_lower, mixed_upper, [sloped, curved], 10, 1),
        cascades("cascade-three", -77, 3, [mflops, second], 60, 700),
        cascades("cascade-one-model", 5, 1, [mflops], 100, 5),
        cascades("cascade-two-models", 6, 2, [mflops], 10000, 500),
        cascades("cascade-sixteen", 7, 16, [mflops], 10000, 500),
    ]


def record(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, problem in problems():
        trace, generations, end = run(problem)
        (folder / f"{name}.json").write_text(json.dumps({**problem, **end}, separators=(",", ":")) + "\n")
        for kind, lines in (("trace", trace), ("generations", generations)):
            text = "".join(line + "\n" for line in lines).encode()
            (folder / f"{name}.{kind}.jsonl.gz").write_bytes(gzip.compress(text, 9, mtime=0))
        print(f"{name}: {len(trace)} requests, {len(generations)} generations")


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        check(pathlib.Path(sys.argv[2]))
    else:
        record(pathlib.Path(sys.argv[1]))
