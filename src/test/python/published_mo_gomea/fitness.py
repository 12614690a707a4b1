"""The problems that the oracle runs: integer polynomials, and cascades over a table of half-precision outputs."""

import ast
import gzip
import pathlib
import struct


def polynomial(spec):
    """Objective j: scale_j (sum linear x + sum square x^2 + equal [neighbours equal] + (sum mod x) mod m)."""

    def value(x, term):
        total = term.get("constant", 0)
        total += sum(a * v for a, v in zip(term.get("linear", []), x))
        total += sum(a * v * v for a, v in zip(term.get("square", []), x))
        total += term.get("equal", 0) * sum(a == b for a, b in zip(x, x[1:]))
        if "modulus" in term:
            total += sum(a * v for a, v in zip(term["residue"], x)) % term["modulus"]
        return float(total) * term.get("scale", 1.0)

    return lambda x: [value(x, term) for term in spec]


def read_npy(path):
    """Shape and values of a gzipped NPY file: halves as whole multiples of 2^-24, integers as they are."""
    raw = gzip.open(path).read()
    length = struct.unpack("<H", raw[8:10])[0]
    header = ast.literal_eval(raw[10 : 10 + length].decode("latin-1").strip())
    codes = {"<f2": "e", "|u1": "B", "<i4": "i", "<i8": "q"}
    code = codes[header["descr"]]
    values = struct.unpack(f"<{(len(raw) - 10 - length) // struct.calcsize(code)}{code}", raw[10 + length :])
    if code == "e":
        values = [int(v * 2**24) for v in values]
    return header["shape"], values


def cascade(folder, spec):
    """Fitness of a cascade as the method states it: exact sums, -error and then minus each cost."""
    (models, samples, classes), flat = read_npy(pathlib.Path(folder) / spec["outputs"])
    _, labels = read_npy(pathlib.Path(folder) / spec["labels"])
    k = spec["k"]
    columns = spec["costs"] if isinstance(spec["costs"][0], list) else [spec["costs"]]
    rows = [
        [flat[(m * samples + n) * classes : (m * samples + n + 1) * classes] for n in range(samples)]
        for m in range(models)
    ]

    def fitness(x):
        stages = [(x[p] - 1, x[k + p - 1] if p else None) for p in range(k) if x[p] > 0]
        if not stages:
            return [-100.0] + [-100000.0] * len(columns)
        sums = [None] * samples
        inside = list(range(samples))
        reached = []
        for j, (model, gene) in enumerate(stages):
            if j:
                threshold = 0.02 * gene
                inside = [n for n in inside if not (max(sums[n]) / 2**24) / j > threshold]
            reached.append(len(inside))
            for n in inside:
                row = rows[model][n]
                sums[n] = row if sums[n] is None else [a + b for a, b in zip(sums[n], row)]
        wrong = sum(s.index(max(s)) != label for s, label in zip(sums, labels))
        values = [-(100.0 * wrong / samples)]
        for cost in columns:
            total = 0.0
            for (model, _), count in zip(stages, reached):
                total += float(cost[model]) * count / samples
            values.append(-total)
        return values

    return fitness
