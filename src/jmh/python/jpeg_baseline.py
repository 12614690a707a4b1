"""Pillow and timm on the JPEGs of a folder, one thread; the other side of encas.dataset.image.JpegThroughput.

    python src/jmh/python/jpeg_baseline.py make FOLDER       eight photographs of 500 x 375, 4:2:0 (needs scikit-image, -learn)
    python src/jmh/python/jpeg_baseline.py serve FOLDER

serves lines `decode SECONDS` or `preprocess SECONDS` with images a second, and `pixels` with a SHA-256 of all pixels.
"""

import hashlib
import io
import pathlib
import sys
import time

from PIL import Image, ImageOps


def make(folder):
    import skimage
    import sklearn

    shipped = [pathlib.Path(skimage.__file__).parent / "data" / name
               for name in ("astronaut.png", "chelsea.png", "coffee.png", "motorcycle_left.png", "retina.jpg", "rocket.jpg")]
    shipped += [pathlib.Path(sklearn.__file__).parent / "datasets" / "images" / name for name in ("china.jpg", "flower.jpg")]
    folder.mkdir(parents=True, exist_ok=True)
    for file in shipped:
        picture = ImageOps.fit(Image.open(file).convert("RGB"), (500, 375), Image.Resampling.LANCZOS)
        picture.save(folder / f"{file.stem}.jpg", quality=92, subsampling="4:2:0")


def measure(work, files, seconds):
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for file in files:
            work(file)
        done += len(files)
    return done / (time.perf_counter() - start)


def decode(file):
    return Image.open(io.BytesIO(file)).convert("RGB")


def serve(folder):
    import torch
    from timm.data import create_transform

    torch.set_num_threads(1)
    transform = create_transform((3, 224, 224), crop_pct=0.875, interpolation="bicubic")
    work = {"decode": decode, "preprocess": lambda file: transform(decode(file))}
    files = [file.read_bytes() for file in sorted(folder.glob("*.jpg"))]
    for line in sys.stdin:
        what, *seconds = line.split()
        if what == "pixels":
            answer = hashlib.sha256(b"".join(decode(file).tobytes() for file in files)).hexdigest()
        else:
            answer = measure(work[what], files, float(seconds[0]))
        print(answer, flush=True)


if __name__ == "__main__":
    {"make": make, "serve": serve}[sys.argv[1]](pathlib.Path(sys.argv[2]))
