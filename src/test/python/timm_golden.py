"""Writes what timm and Pillow make of pictures of every kind, to src/test/resources/golden/timm/.

Run: python src/test/python/timm_golden.py   (with src/main/python/requirements-export.txt; Pillow below 13)

pool.yaml: one model a configuration, by the exporter's own translation of timm's names.
*.png, *.jpg: small pictures, one a way to store one; cut from photographs that scikit-image carries (CC0).
tensors.tsv, a line a picture and model: file, model id, base64 of the 8-bit pixels [channels x height x width] from
which timm's transform made its tensor: (pixel / 255 - mean) / std in single precision gives it to the last bit.
The loader is that of timm's ImageDataset: Image.open(file).convert("RGB"), or "L" for one channel.
"""

import base64
import io
import pathlib
import struct
import sys
import zlib

import numpy as np
import PIL
import skimage.data
import timm
import torch
import yaml
from PIL import Image
from timm.data import create_transform

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "main" / "python"))
from timm_preprocess import model_input, preprocess

FOLDER = pathlib.Path(__file__).parents[1] / "resources" / "golden" / "timm"
IMAGENET = {"mean": (0.485, 0.456, 0.406), "std": (0.229, 0.224, 0.225)}
HALF = {"mean": (0.5, 0.5, 0.5), "std": (0.5, 0.5, 0.5)}
HEIGHT, WIDTH = 37, 53


def config(size, pct, mode, interpolation, stats=IMAGENET, channels=3):
    return {"input_size": (channels, *size), "crop_pct": pct, "crop_mode": mode, "interpolation": interpolation, **stats}


MODELS = {
    "as-stored": config((HEIGHT, WIDTH), 1.0, "squash", "bilinear"),
    "center-bicubic-875": config((32, 32), 0.875, "center", "bicubic"),
    "center-bilinear-95": config((28, 28), 0.95, "center", "bilinear", HALF),
    "center-nearest-9": config((24, 24), 0.9, "center", "nearest"),
    "center-upwards": config((64, 64), 1.0, "center", "bicubic"),
    "center-tall": config((36, 20), 0.875, "center", "bicubic"),
    "center-wide": config((20, 36), 0.9, "center", "bilinear"),
    "squash-bicubic-1": config((32, 32), 1.0, "squash", "bicubic", HALF),
    "squash-bilinear-9": config((28, 28), 0.9, "squash", "bilinear"),
    "border-bicubic-9": config((32, 32), 0.9, "border", "bicubic"),
    "border-bilinear-1": config((28, 28), 1.0, "border", "bilinear"),
    "border-wide": config((20, 36), 0.875, "border", "bicubic"),
    "grey-bicubic-875": config((28, 28), 0.875, "center", "bicubic", {"mean": (0.5,), "std": (0.25,)}, 1),
}


def photograph(array, width, height):
    return Image.fromarray(array).resize((width, height), Image.Resampling.LANCZOS)


def png(array, depth, colour, extra=()):
    """A PNG that Pillow does not write itself: `array` are its samples [height x width x channels]."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width = array.shape[:2]
    rows = array.astype(">u2" if depth == 16 else "u1").reshape(height, -1)
    data = b"".join(b"\0" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = [(b"IHDR", head), *extra, (b"IDAT", zlib.compress(data, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*c) for c in chunks)


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pngs(photo):
    alpha = Image.fromarray(np.add.outer(np.arange(HEIGHT) * 3, np.arange(WIDTH) * 2).astype(np.uint8))
    grey, palette = photo.convert("L"), photo.quantize(40)
    fine = np.asarray(grey).astype(np.uint16) * 257 + np.arange(WIDTH, dtype=np.uint16) * 3
    colours = np.asarray(photo).astype(np.uint16) * 256 + 77
    see_through = photo.convert("RGBA")
    see_through.putalpha(alpha)
    yield "rgb", saved(photo, "png")
    yield "rgb-transparent-colour", saved(photo, "png", transparency=photo.getpixel((5, 5)))
    yield "rgba", saved(see_through, "png")
    yield "grey", saved(grey, "png")
    yield "grey-transparent-value", saved(grey, "png", transparency=grey.getpixel((5, 5)))
    yield "grey-alpha", saved(Image.merge("LA", (grey, alpha)), "png")
    yield "grey-4-bit", saved(grey, "png", bits=4)
    yield "one-bit", saved(photo.convert("1"), "png")
    yield "palette", saved(palette, "png")
    yield "palette-4-bit", saved(photo.quantize(13), "png")
    yield "palette-transparent-entry", saved(palette, "png", transparency=3)
    yield "palette-alpha", saved(palette, "png", transparency=bytes(range(0, 240, 6)))
    yield "palette-grey", saved(grey.quantize(16), "png")
    yield "grey-16-bit", png(fine[..., None], 16, 0)
    yield "grey-16-bit-dark", png((fine[..., None] // 200), 16, 0)
    yield "grey-alpha-16-bit", png(np.stack([fine, fine[::-1]], -1), 16, 4)
    yield "rgb-16-bit", png(colours, 16, 2)
    yield "rgba-16-bit", png(np.concatenate([colours, fine[..., None]], -1), 16, 6)
    yield "gamma", png(np.asarray(photo), 8, 2, [(b"gAMA", struct.pack(">I", 100000))])


def cmyk(photo):
    """With black ink, which convert() does not use."""
    ink = np.asarray(photo.convert("CMYK")).copy()
    ink[..., 3] = np.add.outer(np.arange(HEIGHT) * 2, np.arange(WIDTH))
    return Image.fromarray(ink, "CMYK")


def jpegs(photo):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    yield "444", saved(photo, "jpeg", quality=90, subsampling="4:4:4")
    yield "422", saved(photo, "jpeg", quality=85, subsampling="4:2:2")
    yield "420", saved(photo, "jpeg", quality=85, subsampling="4:2:0")
    yield "420-rough", saved(photo, "jpeg", quality=20, subsampling="4:2:0")
    yield "progressive", saved(photo, "jpeg", quality=80, progressive=True)
    yield "progressive-grey", saved(photo.convert("L"), "jpeg", quality=80, progressive=True)
    yield "restarts", saved(photo, "jpeg", quality=85, restart_marker_blocks=2)
    yield "grey", saved(photo.convert("L"), "jpeg", quality=85)
    yield "stored-as-rgb", saved(photo, "jpeg", quality=90, keep_rgb=True)
    yield "exif-turned", saved(photo, "jpeg", quality=85, exif=exif)
    yield "colour-profile", saved(photo, "jpeg", quality=85, icc_profile=b"profile " * 20)
    inks = saved(cmyk(photo), "jpeg", quality=90)
    yield "cmyk", inks
    at = inks.index(b"Adobe") + 11
    yield "ycck", inks[:at] + b"\2" + inks[at + 1 :]  # the same numbers, said to be YCCK


def pictures():
    photo = photograph(skimage.data.chelsea(), WIDTH, HEIGHT)
    tall = photograph(skimage.data.coffee()[:, 150:420], 41, 67)
    for name, data in pngs(photo):
        yield f"{name}.png", data, ["as-stored"] + (list(MODELS)[1:] if name == "rgb" else ["grey-bicubic-875"])
    yield "tall.png", saved(tall, "png"), list(MODELS)
    yield "tiny.png", saved(photo.resize((7, 5)), "png"), ["center-bicubic-875", "border-bicubic-9", "center-tall"]
    for name, data in jpegs(photo):
        yield f"{name}.jpg", data, ["as-stored"] + (["grey-bicubic-875"] if name in ("cmyk", "grey", "420") else [])
    yield "tall.jpg", saved(tall, "jpeg", quality=85), ["center-bicubic-875", "squash-bicubic-1", "border-bicubic-9"]


def pixels(data, model):
    """The 8-bit pixels that timm's transform ends with, from its tensor."""
    channels = model["input_size"][0]
    image = Image.open(io.BytesIO(data)).convert("RGB" if channels == 3 else "L")
    tensor = create_transform(**model)(image)
    mean, std = (torch.tensor(model[key]).reshape(-1, 1, 1) for key in ("mean", "std"))
    planes = ((tensor * std + mean) * 255).round().to(torch.uint8)
    assert torch.equal((planes.to(torch.float32).div(255) - mean) / std, tensor), "8 bits hold the tensor"
    assert tuple(planes.shape) == model["input_size"]
    return planes.numpy()


def main():
    assert int(PIL.__version__.split(".")[0]) < 13, "Pillow 13 resizes some pictures in another order"
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    lines = []
    for name, data, models in pictures():
        (FOLDER / name).write_bytes(data)
        for id in models:
            lines.append("\t".join([name, id, base64.b64encode(pixels(data, MODELS[id]).tobytes()).decode()]))
    (FOLDER / "tensors.tsv").write_text("\n".join(lines) + "\n")
    entries = [
        {"id": id, "engine": "imported", "input": model_input(m), "preprocess": preprocess(m), "costs": {"mflops": 1}}
        for id, m in MODELS.items()
    ]
    pool = {"name": "golden-timm", "classes": 2, "models": entries}
    (FOLDER / "pool.yaml").write_text(yaml.safe_dump(pool, sort_keys=False, default_flow_style=None, width=150))
    versions = f"timm {timm.__version__}\nPillow {PIL.__version__}\ntorch {torch.__version__.split('+')[0]}\n"
    (FOLDER / "versions.txt").write_text(versions)


if __name__ == "__main__":
    main()
