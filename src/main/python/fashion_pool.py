"""Which networks are in the Fashion-MNIST pool, what each is shown, and how long it is trained."""

from dataclasses import dataclass
from typing import Callable

import fashion_architectures as nets


@dataclass(frozen=True)
class View:
    """What is done to a picture: the pool file's `preprocess`."""

    side: int
    interpolation: str = "bilinear"
    mean: float = 0.286
    std: float = 0.353
    crop: int = 0  # centre crop after the resize; 0 for none

    @property
    def input_side(self):
        return self.crop or self.side


@dataclass(frozen=True)
class Entry:
    id: str
    build: Callable
    view: View
    epochs: int
    lr: float = 0.004
    batch: int = 128
    shift: int = 0  # random shift in pixels
    flip: bool = False
    erase: bool = False
    smoothing: float = 0.0
    channels: int = 1
    engine: str = "onnxruntime"
    views_of: str = ""  # no training: this trained network, seen several times
    views: int = 0


V14, V20, V28, V32 = View(14), View(20), View(28), View(32)
CENTRED28 = View(28, mean=0.5, std=0.5)
RAW14, RAW28 = View(14, mean=0.0, std=1.0), View(28, mean=0.0, std=1.0)
CUBIC14, CUBIC20, CUBIC32 = View(14, "bicubic"), View(20, "bicubic", 0.5, 0.5), View(32, "bicubic")
NEAREST20 = View(20, "nearest")
ZOOMED28 = View(32, mean=0.3, std=0.35, crop=28)

POOL = [
    Entry("linear-14", lambda: nets.linear(14), RAW14, 12),
    Entry("linear-20", lambda: nets.linear(20), NEAREST20, 12),
    Entry("linear-28", lambda: nets.linear(28), RAW28, 12, lr=0.002),
    Entry("mlp-14-xs", lambda: nets.mlp(14, [16]), V14, 15),
    Entry("mlp-14-s", lambda: nets.mlp(14, [48]), CUBIC14, 15),
    Entry("mlp-20", lambda: nets.mlp(20, [64, 32]), V20, 15, engine="pytorch"),
    Entry("mlp-28", lambda: nets.mlp(28, [128], 0.1), CENTRED28, 15, lr=0.002),
    Entry("mlp-28-deep", lambda: nets.mlp(28, [256, 128, 64], 0.2), V28, 15, lr=0.002, smoothing=0.05),
    Entry("mlp-32-wide", lambda: nets.mlp(32, [512, 256], 0.3), CUBIC32, 15, lr=0.002, flip=True),
    Entry("cnn-14-xs", lambda: nets.plain_cnn(14, [4, 8], stem_stride=2), V14, 12, lr=0.008),
    Entry("cnn-14-s", lambda: nets.plain_cnn(14, [8, 16]), CUBIC14, 12, lr=0.008),
    Entry("cnn-20-s", lambda: nets.plain_cnn(20, [8, 16]), CUBIC20, 12, lr=0.008),
    Entry("cnn-28-s", lambda: nets.plain_cnn(28, [8, 16, 24], stem_stride=2), V28, 12, lr=0.008, flip=True),
    Entry("cnn-28-m", lambda: nets.plain_cnn(28, [16, 32, 48], hidden=64), RAW28, 10, flip=True, engine="pytorch"),
    Entry("lenet-32", lambda: nets.plain_cnn(32, [8, 24, 32], kernel=5, hidden=84), V32, 8),
    Entry("cnn-28-l", lambda: nets.plain_cnn(28, [32, 64, 96], hidden=96), CENTRED28, 6, flip=True, shift=1),
    Entry("vgg-28", lambda: nets.vgg([16, 32, 64]), V28, 8, flip=True),
    Entry("depthwise-14", lambda: nets.depthwise([24, 40], 8), V14, 10, lr=0.008),
    Entry("depthwise-28-s", lambda: nets.depthwise([16, 32, 64], 8), V28, 8, lr=0.008, flip=True),
    Entry("depthwise-28-m", lambda: nets.depthwise([48, 96, 160], 16), V28, 9, lr=0.006, flip=True, shift=1, smoothing=0.05),
    Entry("resnet-14", lambda: nets.resnet([8, 16]), CUBIC14, 10, lr=0.006),
    Entry("resnet-20", lambda: nets.resnet([12, 24, 36]), CUBIC20, 6, flip=True),
    Entry("resnet-28-s", lambda: nets.resnet([16, 32, 48], stem_stride=2), V28, 6, flip=True),
    Entry("resnet-28-m", lambda: nets.resnet([16, 32, 64]), V28, 4, flip=True, shift=2),
    Entry("resnet-28-l", lambda: nets.wide_resnet([24, 48, 96]), V28, 10, flip=True, erase=True, smoothing=0.05),
    Entry("resnet-32-rgb", lambda: nets.resnet([16, 32, 64], channels=3, stem_stride=2), V32, 5, channels=3, flip=True, erase=True),
    Entry("dense-28-s", lambda: nets.densenet(8, 3), V28, 6, lr=0.006, flip=True, engine="pytorch"),
    Entry("dense-28-m", lambda: nets.densenet(12, 4), ZOOMED28, 4, lr=0.006, flip=True, shift=1),
    Entry("se-resnet-28", lambda: nets.resnet([12, 24, 48], squeeze=8), ZOOMED28, 4, flip=True, shift=1),
    Entry("vit-28", lambda: nets.vit(28, 7, 64, 3), V28, 8, lr=0.0015, flip=True, engine="pytorch"),
    Entry("vit-28-fine", lambda: nets.vit(28, 4, 64, 2), CENTRED28, 5, lr=0.0015, flip=True, shift=1),
    Entry("mixer-28", lambda: nets.mixer(28, 4, 48, 4), RAW28, 5, lr=0.002, flip=True, shift=1),
    Entry("resnet-28-m-views", None, V28, 0, views_of="resnet-28-m", views=2),
    Entry("resnet-28-l-views", None, V28, 0, views_of="resnet-28-l", views=2),
]
