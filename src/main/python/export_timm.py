"""Exports timm's networks, or your own, as models of a pool: ONNX and TorchScript, pool.yaml, golden logits.

    python src/main/python/export_timm.py resnet18.a1_in1k 'convnext_*.fb_in1k' --out pool
    python src/main/python/export_timm.py efficientnet_lite:efficientnet_lite0 --out pool     # module:function

A function takes nothing and gives a torch.nn.Module with a timm-style `pretrained_cfg` (input_size, mean, std,
crop_pct, ...). A second call skips what is there, whole and unchanged. A model that fails is named and left out.

Exit codes: 0 all there; 2 a mistake in the arguments or the folder; 4 some models left out (named).
"""

import argparse
import contextlib
import importlib
import logging
import os
import sys
import warnings
import zlib

import numpy as np
import onnxruntime
import timm
import torch
from fvcore.nn import FlopCountAnalysis
from timm.data import resolve_data_config
from timm.layers import set_fused_attn

import golden_logits
from export_pool import PoolError, PoolFolder, sha256
from timm_preprocess import model_input, preprocess

FORMATS = {"onnx": ["onnx"], "torchscript": ["torchscript"], "both": ["onnx", "torchscript"]}
SUFFIXES = {"onnx": ".onnx", "torchscript": ".pt"}
ENGINES = {"onnx": "onnxruntime", "torchscript": "pytorch"}
TOLERANCE = 1e-3  # of logits, absolute, or relative to the largest if that is above 1


def names(patterns, random_weights):
    for pattern in patterns:
        if not any(c in pattern for c in "*?["):
            yield pattern
            continue
        found = timm.list_models(pattern, pretrained=not random_weights)
        if not found:
            raise PoolError(f"{pattern}: timm {timm.__version__} has no such model: see timm.list_models('*')")
        yield from found


def describe(name, random_weights, test_input_size):
    """A data configuration, what the id gets for a test size of its own, and a function that builds the network."""
    if ":" in name:
        module, function = name.split(":", 1)
        model = getattr(importlib.import_module(module), function)()
        return *configuration(model.pretrained_cfg, test_input_size), lambda: model.eval()
    cfg = timm.get_pretrained_cfg(name)
    if cfg is None:
        raise ValueError(f"is unknown to timm {timm.__version__}: see timm.list_models('*')")
    config, suffix = configuration(cfg.to_dict(), test_input_size)
    size = config["input_size"]
    resized = {"img_size": size[1:]} if cfg.fixed_input_size and size != tuple(cfg.input_size) else {}

    def build():
        torch.manual_seed(zlib.crc32(name.encode()))
        model = timm.create_model(name, pretrained=not random_weights, **resized).eval()
        if random_weights:
            wake(model, torch.from_numpy(golden_logits.batch(size, config["mean"], config["std"])))
        return model

    return config, suffix, build


def configuration(cfg, test_input_size):
    train = resolve_data_config(pretrained_cfg=cfg, use_test_size=False)
    config = resolve_data_config(pretrained_cfg=cfg, use_test_size=True) if test_input_size else train
    if config == train:
        return config, ""
    size = config["input_size"]
    return config, "-test" if size == train["input_size"] else "-" + "x".join(map(str, sorted(set(size[1:]))))


def wake(model, pictures):
    """timm starts many branches at zero: noise there, and statistics of real activations, let all of them count."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.numel() > 1 and bool((parameter == parameter.flatten()[0]).all()):
                parameter.add_(torch.randn_like(parameter) * 0.1)
        norms = [m for m in model.modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)]
        if norms:
            for norm in norms:
                norm.momentum = 1.0
            model.train()(pictures)
    model.eval()


def mflops(model, shape):
    """Multiply-adds of one sample in millions, as fvcore counts them."""
    count = FlopCountAnalysis(model, torch.zeros(1, *shape)).unsupported_ops_warnings(False)
    return round(count.uncalled_modules_warnings(False).tracer_warnings("none").total() / 1e6, 3)


@contextlib.contextmanager
def quiet():
    """torch's native code prints the whole graph of a network that it cannot export."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        for stream, copy in zip((1, 2), kept):
            os.dup2(copy, stream)
            os.close(copy)


def write(model, format, shape, path):
    example = torch.zeros(2, *shape)  # two: one might become a constant
    if format == "torchscript":
        torch.jit.save(torch.jit.trace(model, example, check_trace=False), str(path))
        return
    torch.onnx.export(
        model, example, str(path), opset_version=17, input_names=["input"], output_names=["output"],
        dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}}, dynamo=False,
    )


def answer(format, path, batch):
    if format == "torchscript":
        with torch.no_grad():
            return torch.jit.load(str(path))(torch.from_numpy(batch)).numpy()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(None, {"input": batch})[0]


def check(golden, logits):
    if logits.shape != golden.shape:
        raise ValueError(f"gives {logits.shape} once exported, not {golden.shape}")
    difference = float(np.abs(logits - golden).max())
    if not difference <= TOLERANCE * max(1.0, float(np.abs(golden).max())):
        raise ValueError(f"logits differ by {difference:.2g} once exported")
    return difference


def export(name, pool, formats, random_weights, test_input_size):
    """Exports one network in the formats that are not there yet."""
    config, suffix, build = describe(name, random_weights, test_input_size)
    drawn = random_weights and ":" not in name
    base = name.rsplit(":", 1)[-1] + suffix + ("-random" if drawn else "")
    ids = {format: base + (".pt" if format == "torchscript" else "") for format in formats}
    missing = [format for format in formats if not pool.has(ids[format])]
    for format in formats:
        if format not in missing:
            print(f"{ids[format]}: is there", flush=True)
    if not missing:
        return
    model = build()
    given, wanted = model_input(config), preprocess(config)
    shape = tuple(given.values())
    batch = golden_logits.batch(shape, wanted["mean"], wanted["std"])
    with torch.no_grad():
        golden = model(torch.from_numpy(batch))
    if not isinstance(golden, torch.Tensor) or golden.ndim != 2:
        raise ValueError("does not give [batch x classes]")
    golden = golden.numpy()
    if not np.isfinite(golden).all():
        raise ValueError("gives logits that are no numbers")
    classes = golden.shape[1]
    pool.check_classes(classes)
    costs = {"mflops": mflops(model, shape), "params": sum(p.numel() for p in model.parameters())}
    failed = []
    for format in missing:
        id = ids[format]
        file = base + SUFFIXES[format]
        temporary = pool.temporary(file)
        try:
            with quiet():
                write(model, format, shape, temporary)
            difference = check(golden, answer(format, temporary, batch))
            entry = {"id": id, "uri": file, "sha256": sha256(temporary), "engine": ENGINES[format], "input": given,
                     "preprocess": wanted, "output": "logits", "costs": costs}
            pool.publish_golden(id, golden)
            pool.publish(temporary, file)
        except Exception as e:  # the other format may do
            failed.append(f"{format}: {one_line(e)}")
            continue
        finally:
            temporary.unlink(missing_ok=True)
        pool.add(entry, classes)
        print(f"{id}: {costs['mflops']} mflops, {costs['params']} params, {classes} classes, "
              f"logits up to {np.abs(golden).max():.3g}, within {difference:.1e}", flush=True)
    if failed:
        raise ValueError("; ".join(failed))


def one_line(error):
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], epilog="\n\n".join(__doc__.split("\n\n")[1:]),
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", metavar="MODEL", help="timm's name, a pattern, or module:function")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder of pool.yaml and the models; is added to")
    parser.add_argument("--format", choices=FORMATS, default="onnx")
    parser.add_argument("--test-input-size", action="store_true",
                        help="timm's test_input_size and test_crop_pct; where they differ, the id says so")
    parser.add_argument("--random-weights", action="store_true", help="fetch nothing; seeded by the name, and the id says so")
    return parser.parse_args()


def main():
    options = arguments()
    warnings.filterwarnings("ignore")
    logging.getLogger("fvcore").setLevel(logging.ERROR)
    set_fused_attn(False)  # attention as plain products: fvcore counts them, any opset has them
    sys.path.insert(0, os.getcwd())  # for module:function
    try:
        pool = PoolFolder(options.out)
        pool.read()
        wanted = list(dict.fromkeys(names(options.models, options.random_weights)))
    except (PoolError, OSError) as e:
        print(e, file=sys.stderr)
        return 2
    failed = []
    for name in wanted:
        try:
            export(name, pool, FORMATS[options.format], options.random_weights, options.test_input_size)
        except Exception as e:  # whatever a network does, the others are exported
            print(f"{name}: left out: {one_line(e)}", file=sys.stderr, flush=True)
            failed.append(name)
    if failed:
        print(f"{len(failed)} of {len(wanted)} left out: {', '.join(failed)}", file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
