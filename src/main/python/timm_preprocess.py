"""timm's names for what is done to a picture, translated into a pool file's `input` and `preprocess`."""

import math

INTERPOLATIONS = ("nearest", "bilinear", "bicubic")
CROP_MODES = ("center", "squash", "border")
DEFAULT_CROP_PCT = 0.875  # timm's, for a configuration without one


def model_input(config):
    channels, height, width = config["input_size"]
    if channels not in (1, 3):
        raise ValueError(f"takes {channels} channels; pictures have 1 (grey) or 3 (red, green, blue)")
    return {"channels": channels, "height": height, "width": width}


def preprocess(config):
    """A data configuration as timm.data.resolve_data_config gives it (input_size, crop_pct, ...)."""
    _, height, width = config["input_size"]
    mode = config.get("crop_mode") or "center"
    interpolation = config.get("interpolation") or "bilinear"
    fraction = float(config.get("crop_pct") or DEFAULT_CROP_PCT)
    if mode not in CROP_MODES:
        raise ValueError(f"crop_mode {mode} is none of {', '.join(CROP_MODES)}")
    if interpolation not in INTERPOLATIONS:
        raise ValueError(f"interpolation {interpolation} is none of {', '.join(INTERPOLATIONS)}")
    if not (math.isfinite(fraction) and 0 < fraction <= 1):
        raise ValueError(f"crop_pct {fraction} is outside (0, 1]")
    return {
        "crop": height if height == width else [height, width],
        "crop-pct": fraction,
        "crop-mode": mode,
        "interpolation": interpolation,
        "mean": [float(m) for m in config["mean"]],
        "std": [float(s) for s in config["std"]],
    }
