"""Real weights on real photographs, from the export to the table that Spark wrote, against PyTorch.

    python src/test/python/photographs.py FOLDER     (about two minutes on two cores)

Exports EfficientNet-Lite 0 to 2 with their ImageNet weights (ONNX and TorchScript) to FOLDER/pool, runs
`submit/encas precompute` on the photographs that scikit-image and scikit-learn carry, as they are (PNG and JPEG, grey
and colour), and compares each stored row with what timm's transform and PyTorch say of the file: probabilities to half
precision's rounding and 1e-3, the margin of the logits to 1e-3. Prints a table; exit code 1 if a row is too far.
Needs requirements.txt of this folder and src/main/python/requirements-export.txt.
"""

import pathlib
import shutil
import subprocess
import sys

import numpy as np
import pyarrow.parquet
import skimage
import sklearn
import torch
from PIL import Image
from timm.data import create_transform, resolve_data_config

PROJECT = pathlib.Path(__file__).resolve().parents[3]
MAIN = PROJECT / "src" / "main" / "python"
sys.path.insert(0, str(MAIN))
import efficientnet_lite

NETWORKS = ["efficientnet_lite0", "efficientnet_lite1", "efficientnet_lite2"]
SCIKIT_IMAGE = ["astronaut.png", "camera.png", "chelsea.png", "coffee.png", "coins.png", "hubble_deep_field.jpg", "ihc.png",
                "moon.png", "motorcycle_left.png", "retina.jpg", "rocket.jpg"]
SCIKIT_LEARN = ["china.jpg", "flower.jpg"]
TOLERANCE = 1e-3


def photographs(folder):
    """An image folder of a thousand classes, as the pool has, one photograph each in the first; no other is read."""
    root = folder / "photographs"
    shutil.rmtree(root, ignore_errors=True)
    shipped = [pathlib.Path(skimage.__file__).parent / "data" / name for name in SCIKIT_IMAGE]
    shipped += [pathlib.Path(sklearn.__file__).parent / "datasets" / "images" / name for name in SCIKIT_LEARN]
    files = []
    for label in range(1000):
        place = root / f"class-{label:03}"
        place.mkdir(parents=True)
        if label < len(shipped):
            files.append(pathlib.Path(shutil.copy(shipped[label], place)))
        else:
            Image.new("L", (1, 1)).save(place / "unread.png")
    return files


def precompute(folder, count):
    (folder / "run.yaml").write_text(
        "pool: pool/pool.yaml\noutputs: outputs\nresults: results\n"
        "data:\n  search: {format: image-folder, path: photographs, "
        f"rows: 0-{count - 1}}}\nprecompute: {{devices: cpu}}\n"
    )
    shutil.rmtree(folder / "outputs", ignore_errors=True)
    subprocess.run([PROJECT / "submit" / "encas", "precompute", "--run", folder / "run.yaml"], check=True)


def stored(folder, id):
    rows = pyarrow.parquet.ParquetDataset(folder / "outputs" / "split=search" / f"model={id}", partitioning=None).read()
    rows = rows.sort_by("sample").to_pydict()
    halves = np.stack([np.frombuffer(row, "<f2") for row in rows["probabilities"]]).astype(np.float64)
    return halves, np.array(rows["top1"]), np.array(rows["margin"])


def pytorch(name, files):
    model = getattr(efficientnet_lite, name)()
    model.eval()
    transform = create_transform(**resolve_data_config(pretrained_cfg=model.pretrained_cfg))
    with torch.no_grad():
        # One after the other: PyTorch's last bits depend on the batch.
        return torch.cat([model(transform(Image.open(file).convert("RGB"))[None]) for file in files]).double()


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    files = photographs(folder)
    export = [sys.executable, MAIN / "export_timm.py", *(f"efficientnet_lite:{name}" for name in NETWORKS)]
    subprocess.run([*export, "--format", "both", "--out", folder / "pool"], check=True)
    precompute(folder, len(files))
    far = 0
    print("| model | photographs | same top class | probabilities differ by | beyond rounding to half | margins differ by |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in NETWORKS:
        logits = pytorch(name, files)
        wanted = logits.softmax(1).numpy()
        two = logits.topk(2).values
        margins = (two[:, 0] - two[:, 1]).numpy()
        for id in (name, f"{name}.pt"):
            halves, top, margin = stored(folder, id)
            rounding = np.abs(wanted.astype(np.float16).astype(np.float64) - wanted)
            difference = np.abs(halves - wanted)
            same = int((top == wanted.argmax(1)).sum())
            beyond, apart = float((difference - rounding).max()), float(np.abs(margin - margins).max())
            far += same < len(files) or beyond > TOLERANCE or apart > TOLERANCE
            print(f"| {id} | {len(files)} | {same} | {difference.max():.1e} | {beyond:.1e} | {apart:.1e} |")
    for file, top, sure in zip(files, wanted.argmax(1), wanted.max(1)):
        print(f"{NETWORKS[-1]} says of {file.name}: class {top}, {100 * sure:.0f} %")
    return 1 if far else 0


if __name__ == "__main__":
    sys.exit(main())
