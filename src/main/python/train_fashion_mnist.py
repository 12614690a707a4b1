"""Makes the example pool: trains the networks of fashion_pool.py on Fashion-MNIST's 60,000 training
images, exports them, counts their costs, and writes pool.yaml, checksums and golden outputs.

    python train_fashion_mnist.py --data FOLDER --out ../../../examples/fashion-mnist --work FOLDER

FOLDER holds the four IDX files, gzipped, as Debian's package dataset-fashion-mnist installs them. What is
trained already lies in the work folder and is not trained again; --only ID... trains those alone and
exports nothing. Seeded; one thread, so that a repetition on a like machine gives the same weights.

Costs: `mflops` are multiply-adds in millions for one sample: those of every convolution and linear layer
(output elements x inputs of each) and of the two products of self-attention. Biases, normalisation,
activations, pooling and softmax do not count. `params` are the trainable parameters.
"""

import argparse
import csv
import gzip
import hashlib
import json
import math
import shutil
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import yaml
from PIL import Image
from torch import nn
from torch.nn import functional as F

import fashion_architectures as nets
from fashion_pool import POOL, View

FILTERS = {"nearest": Image.NEAREST, "bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}
GOLDEN_ROWS = [0, 1, 2, 3, 5000, 5001, 5002, 5003]
TOLERANCE = 1e-4
CLASS_NAMES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
TEST_FILES = ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"]


def read_idx(path):
    raw = gzip.decompress(path.read_bytes())
    dimensions = raw[3]
    shape = np.frombuffer(raw, ">u4", dimensions, 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


class Inputs:
    """Preprocessed pictures, made once a view: 8-bit resize as Pillow does it, crop, /255, normalise."""

    def __init__(self, pictures):
        self.pictures = pictures
        self.made = {}

    def of(self, view):
        if view not in self.made:
            pictures = self.pictures
            if view.side != pictures.shape[1]:
                size, method = (view.side, view.side), FILTERS[view.interpolation]
                pictures = np.stack([np.asarray(Image.fromarray(p).resize(size, method)) for p in pictures])
            if view.crop:
                start = round((view.side - view.crop) / 2)
                pictures = pictures[:, start : start + view.crop, start : start + view.crop]
            scaled = torch.from_numpy(pictures.astype(np.float32)).div_(255)
            self.made = {view: scaled.sub_(view.mean).div_(view.std).unsqueeze(1)}  # keep one: memory
        return self.made[view]


def as_channels(batch, entry):
    return batch.expand(-1, entry.channels, -1, -1) if entry.channels > 1 else batch


def augment(batch, entry, background):
    if entry.flip:
        mirrored = torch.rand(len(batch)) < 0.5
        batch = torch.where(mirrored[:, None, None, None], batch.flip(3), batch)
    if entry.shift:
        side, by = batch.shape[2], entry.shift
        down, right = torch.randint(0, 2 * by + 1, (2,)).tolist()
        batch = F.pad(batch, (by, by, by, by), value=background)[:, :, down : down + side, right : right + side]
    if entry.erase:
        side = batch.shape[2]
        size = side // 4
        top, left = torch.randint(0, side - size, (2,)).tolist()
        batch = batch.clone()
        batch[: len(batch) // 2, :, top : top + size, left : left + size] = background
    return batch


def train(entry, inputs, labels, seed):
    torch.manual_seed(seed)
    network = entry.build().to(memory_format=torch.channels_last)
    data = inputs.of(entry.view)
    background = -entry.view.mean / entry.view.std
    steps = math.ceil(len(data) / entry.batch)
    decayed = [p for p in network.parameters() if p.ndim > 1]
    plain = [p for p in network.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}], lr=entry.lr)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, entry.lr, total_steps=entry.epochs * steps, pct_start=0.25)
    started = time.time()
    for epoch in range(entry.epochs):
        network.train()
        order, total = torch.randperm(len(data)), 0.0
        for chosen in order.split(entry.batch):
            batch = as_channels(augment(data[chosen], entry, background), entry)
            loss = F.cross_entropy(network(batch.contiguous(memory_format=torch.channels_last)), labels[chosen], label_smoothing=entry.smoothing)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(chosen)
        print(f"{entry.id}: epoch {epoch + 1}/{entry.epochs} loss {total / len(data):.4f} {time.time() - started:.0f} s", flush=True)
    return network.eval()


def count(network, shape):
    """(multiply-adds, parameters) of one forward pass; see the head of this file for what counts."""
    total = 0

    def conv(module, _, output):
        nonlocal total
        total += output.numel() * module.in_channels // module.groups * math.prod(module.kernel_size)

    def linear(module, _, output):
        nonlocal total
        total += output.numel() * module.in_features

    def attention(module, given, _):
        nonlocal total
        total += module.products(given[0].shape[1], given[0].shape[2])

    kinds = {nn.Conv2d: conv, nn.Linear: linear, nets.Attention: attention}
    hooks = [m.register_forward_hook(kinds[type(m)]) for m in network.modules() if type(m) in kinds]
    with torch.no_grad():
        network(torch.zeros(1, *shape))
    for hook in hooks:
        hook.remove()
    return total, sum(p.numel() for p in network.parameters())


@torch.no_grad()
def logits_of(network, entry, data):
    return torch.cat([network(as_channels(batch, entry)) for batch in data.split(500)])


def export(entry, network, path, shape):
    sample = torch.randn(2, *shape)
    if entry.engine == "pytorch":
        torch.jit.trace(network, sample).save(str(path))
    else:
        axes = {"input": {0: "batch"}, "logits": {0: "batch"}}
        torch.onnx.export(network, sample, str(path), input_names=["input"], output_names=["logits"], dynamic_axes=axes, opset_version=17, dynamo=False)


@torch.no_grad()
def check_export(entry, network, path, shape):
    for size in (1, 8):
        sample = torch.randn(size, *shape)
        expected = network(sample).numpy()
        if entry.engine == "pytorch":
            actual = torch.jit.load(str(path))(sample).numpy()
        else:
            actual = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, {"input": sample.numpy()})[0]
        worst = float(np.abs(actual - expected).max())
        if worst > TOLERANCE:
            raise SystemExit(f"{entry.id}: exported logits differ by {worst} at batch {size}")


def preprocess_block(view):
    block = {"resize": view.side, "interpolation": view.interpolation}
    if view.crop:
        block |= {"crop": view.crop, "crop-mode": "center"}
    return block | {"mean": [view.mean], "std": [view.std]}


def card(entry, path, out, multiply_adds, params, shape):
    return {
        "id": entry.id,
        "uri": path.relative_to(out).as_posix(),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "engine": entry.engine,
        "input": dict(zip(("channels", "height", "width"), shape)),
        "preprocess": preprocess_block(entry.view),
        "output": "logits",
        "costs": {"mflops": multiply_adds / 1e6, "params": params},
    }


def write_pool(out, cards):
    lines = ["# Written by src/main/python/train_fashion_mnist.py.", "name: fashion-mnist", "classes: 10", "class-names: classes.txt", "models:"]
    for c in cards:
        body = yaml.safe_dump([c], sort_keys=False, default_flow_style=None, width=200)
        lines += ["  " + line for line in body.rstrip().splitlines()]
    (out / "pool.yaml").write_text("\n".join(lines) + "\n")


def load_network(entry, work):
    if entry.views_of:
        original = next(e for e in POOL if e.id == entry.views_of)
        return nets.ManyViews(load_network(original, work), entry.views).eval()
    network = entry.build()
    network.load_state_dict(torch.load(work / f"{entry.id}.pt", weights_only=True))
    return network.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--available", action="store_true", help="export what is trained, leave out the rest")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.work.mkdir(parents=True, exist_ok=True)

    inputs = Inputs(read_idx(arguments.data / "train-images-idx3-ubyte.gz"))
    labels = torch.from_numpy(read_idx(arguments.data / "train-labels-idx1-ubyte.gz").astype(np.int64))
    if not arguments.available:
        for seed, entry in enumerate(POOL):
            weights = arguments.work / f"{entry.id}.pt"
            if entry.views_of or weights.exists() or (arguments.only and entry.id not in arguments.only):
                continue
            torch.save(train(entry, inputs, labels, 1000 + seed).state_dict(), weights)
    if arguments.only:
        return
    publish(arguments)


def publish(arguments):
    out, work = arguments.out, arguments.work
    (out / "models").mkdir(parents=True, exist_ok=True)
    (out / "data").mkdir(exist_ok=True)
    for old in (out / "models").iterdir():
        old.unlink()
    for name in TEST_FILES:
        shutil.copyfile(arguments.data / name, out / "data" / name)
    sums = [f"{hashlib.sha256((out / 'data' / name).read_bytes()).hexdigest()}  {name}" for name in TEST_FILES]
    (out / "data" / "SHA256SUMS").write_text("\n".join(sums) + "\n")
    (out / "classes.txt").write_text("\n".join(CLASS_NAMES) + "\n")

    tests = Inputs(read_idx(arguments.data / TEST_FILES[0]))
    labels = torch.from_numpy(read_idx(arguments.data / TEST_FILES[1]).astype(np.int64))
    cards, golden, golden_inputs, accuracies = [], {}, [], []
    for entry in POOL:
        if not (work / f"{entry.views_of or entry.id}.pt").exists():
            continue
        network = load_network(entry, work)
        shape = (entry.channels, entry.view.input_side, entry.view.input_side)
        path = out / "models" / (entry.id + (".pt" if entry.engine == "pytorch" else ".onnx"))
        export(entry, network, path, shape)
        check_export(entry, network, path, shape)
        multiply_adds, params = count(network, shape)
        data = tests.of(entry.view)
        logits = logits_of(network, entry, data)
        right = logits.argmax(1) == labels
        golden[entry.id] = logits[GOLDEN_ROWS].tolist()
        block = preprocess_block(entry.view)
        if all(block != g["preprocess"] for g in golden_inputs):
            golden_inputs.append({"preprocess": block, "row": 0, "input": data[0].flatten().tolist()})
        accuracies.append((entry.id, multiply_adds / 1e6, params, 100 * right[:5000].float().mean().item(), 100 * right[5000:].float().mean().item()))
        cards.append(card(entry, path, out, multiply_adds, params, shape))
        print(*accuracies[-1], flush=True)

    cards.sort(key=lambda c: (c["costs"]["mflops"], c["id"]))
    write_pool(out, cards)
    (out / "golden-logits.json").write_text(json.dumps({"rows": GOLDEN_ROWS, "logits": golden}) + "\n")
    (out / "golden-inputs.json").write_text(json.dumps(golden_inputs) + "\n")
    with open(out / "accuracies.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "mflops", "params", "search", "test"])
        for row in sorted(accuracies, key=lambda r: (r[1], r[0])):
            writer.writerow([row[0], f"{row[1]:.6f}", row[2], f"{row[3]:.2f}", f"{row[4]:.2f}"])


if __name__ == "__main__":
    main()
