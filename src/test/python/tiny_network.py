"""A network of a few kilobytes for the exporter's test; see src/test/resources/golden/export/README.md."""

import torch


def tiny():
    torch.manual_seed(5)
    model = torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 3, stride=2), torch.nn.BatchNorm2d(8), torch.nn.GELU(),
        torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(8, 7),
    )
    model.pretrained_cfg = {
        "input_size": (3, 24, 20), "crop_pct": 0.9, "interpolation": "bicubic",
        "mean": (0.485, 0.456, 0.406), "std": (0.229, 0.224, 0.225),
        "test_input_size": (3, 32, 32), "test_crop_pct": 1.0,
    }
    return model
