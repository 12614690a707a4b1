"""Writes the .npy files beside this script with NumPy itself; run once, files are committed.

Model m says on sample n: (k0, k1, 64 - k0 - k1) / 64 with k0 = 1 + (5m + 3n) % 31 and
k1 = 1 + (7m + 2n) % 31; its logits are (k0 - k1, m, n) / 4. Labels are n % 3, the last unknown
where the type allows. All of it is exact in half precision.
"""

import gzip
import io
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
MODELS, SAMPLES, CLASSES = 3, 7, 3


def probabilities(m, dtype):
    rows = []
    for n in range(SAMPLES):
        k0, k1 = 1 + (5 * m + 3 * n) % 31, 1 + (7 * m + 2 * n) % 31
        rows.append([k0 / 64, k1 / 64, (64 - k0 - k1) / 64])
    return np.array(rows, dtype)


def logits(m, dtype):
    rows = []
    for n in range(SAMPLES):
        k0, k1 = 1 + (5 * m + 3 * n) % 31, 1 + (7 * m + 2 * n) % 31
        rows.append([(k0 - k1) / 4, m / 4, n / 4])
    return np.array(rows, dtype)


def save(name, array, version=None):
    path = HERE / name
    path.parent.mkdir(exist_ok=True)
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version)
    data = out.getvalue()
    path.write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)


# The published system's folder: numbers in numeric order, types as they come.
save("folder/0.npy.gz", probabilities(0, "<f2"))
save("folder/2.npy.gz", probabilities(1, "<f4"))
save("folder/10.npy", probabilities(2, "<f2"))
for i, m in ((0, 0), (2, 1), (10, 2)):
    save(f"gaps/{i}.npy.gz", np.arange(SAMPLES, dtype="<f4") + m / 4)
(HERE / "folder/info.json").write_text(
    json.dumps({"flops": [10.5, 20, 30.25], "net_names": ["net a", "net b", "net c"]}) + "\n"
)

save("array.npy", np.stack([probabilities(m, "<f4") for m in range(MODELS)]))
save("logits.npy.gz", np.stack([logits(m, "<f4") for m in range(MODELS)]))

labels = np.arange(SAMPLES) % CLASSES
save("labels-u1.npy", labels.astype("u1"))
save("labels-i8.npy.gz", labels.astype("<i8"))
save("labels-i2-big-endian.npy", labels.astype(">i2"))
unknown = labels.astype("<i4")
unknown[-1] = -1
save("labels-i4-unknown.npy", unknown)

one = probabilities(1, "<f8")
save("f8.npy", one)
save("f4-big-endian.npy", one.astype(">f4"))
save("f2-big-endian.npy.gz", one.astype(">f2"))
save("version-2.npy", one.astype("<f4"), (2, 0))
save("version-3.npy", one.astype("<f4"), (3, 0))
save("fortran.npy", np.asfortranarray(one))
save("objects.npy", np.array([{"a": 1}, None], dtype=object))
save("records.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "O")]))
save("bool.npy", one > 0.5)
save("complex.npy", one.astype("<c8"))
save("u8.npy", np.array([1, 2**63, 3], dtype="<u8"))
save("empty.npy", np.zeros((0, 3), "<f4"))
