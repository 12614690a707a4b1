"""Writes what Pillow gives for the preprocessing tests, to src/test/resources/golden/pillow/.

Run: python src/test/python/pillow_golden.py   (needs Pillow below 13; the committed files: see versions.txt)

preprocess.tsv, a case a line: image channels, height, width; model channels, height, width; resize, crop
("-" for none), crop mode, interpolation, mean; base64 of the 8-bit result [channels x height x width].
The picture is `noise(channels, height, width)`, which the Java test makes by the same arithmetic.
photo.jpg, photo.rgb: a small JPEG (4:2:0) and what Pillow decodes it to.
"""

import base64
import pathlib

import PIL
from PIL import Image, ImageDraw

FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "pillow"
FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
}


def noise(channels, height, width):
    """Noise with black and white patches: the filters' overshoot must be clipped somewhere."""
    state = channels * 1000003 + height * 1009 + width
    pixels = bytearray()
    for i in range(channels * height * width):
        state = (state * 1664525 + 1013904223) % 2**32
        value = state >> 24
        patch = (i // (5 * channels)) % 3
        pixels.append(0 if patch == 1 and value < 200 else 255 if patch == 2 and value > 60 else value)
    return Image.frombytes("L" if channels == 1 else "RGB", (width, height), bytes(pixels))


def pair(size):
    return size if isinstance(size, list) else [size, size]


def resized(image, height, width, method):
    return image.resize((width, height), FILTERS[method])


def center_crop(image, crop, fill):
    """torchvision's CenterCrop, and timm's CenterCropOrPad, on a PIL image."""
    height, width = pair(crop)
    if width > image.width or height > image.height:
        left = (width - image.width) // 2 if width > image.width else 0
        top = (height - image.height) // 2 if height > image.height else 0
        right = (width - image.width + 1) // 2 if width > image.width else 0
        bottom = (height - image.height + 1) // 2 if height > image.height else 0
        padded = Image.new(image.mode, (image.width + left + right, image.height + top + bottom), fill)
        padded.paste(image, (left, top))
        image = padded
    top = int(round((image.height - height) / 2.0))
    left = int(round((image.width - width) / 2.0))
    return image.crop((left, top, left + width, top + height))


def preprocess(image, channels, resize, crop, mode, method, mean):
    image = image.convert("L" if channels == 1 else "RGB")
    fill = tuple(round(255 * m) for m in (mean * channels)[:channels])
    fill = fill[0] if channels == 1 else fill
    if mode == "squash":
        image = resized(image, *pair(resize or crop), method)
    elif mode == "border":
        height, width = pair(resize or crop)
        ratio = max(image.height / height, image.width / width)
        image = resized(image, round(image.height / ratio), round(image.width / ratio), method)
        return center_crop(image, crop, fill)
    elif isinstance(resize, list):
        image = resized(image, *resize, method)
    elif resize:
        short, long = sorted((image.height, image.width))
        other = int(resize * long / short)
        image = resized(image, *((resize, other) if image.height <= image.width else (other, resize)), method)
    return center_crop(image, crop, 0) if crop else image


def cases():
    for method in FILTERS:
        for channels, sizes in ((1, [(28, 28), (13, 19)]), (3, [(32, 32), (24, 11)])):
            for size in sizes:
                for to in ([14, 14], [20, 20], [9, 17], [32, 32], [5, 1], [28, 28], [41, 7]):
                    yield channels, size, channels, to, None, "center", method, [0.0]
        yield 3, (75, 100), 3, 20, 17, "center", method, [0.0]
        yield 3, (100, 67), 3, 18, 18, "center", method, [0.0]
        yield 1, (333, 500), 3, 16, [12, 14], "center", method, [0.0]
        yield 3, (40, 31), 1, 12, 12, "center", method, [0.0]
        yield 3, (23, 48), 3, None, 15, "squash", method, [0.0]
        yield 3, (23, 48), 3, 17, 15, "squash", method, [0.0]
        yield 3, (23, 48), 3, None, 15, "border", method, [0.485, 0.456, 0.406]
        yield 3, (48, 23), 3, [20, 18], [15, 16], "border", method, [0.485, 0.456, 0.406]
        yield 1, (9, 10), 1, None, 16, "border", method, [0.286]
    yield 3, (20, 30), 3, None, 13, "center", "bilinear", [0.0]
    yield 3, (10, 21), 3, None, 16, "center", "bilinear", [0.0]
    yield 1, (11, 12), 3, None, [16, 9], "center", "bilinear", [0.0]
    yield 3, (16, 16), 1, None, None, "center", "bilinear", [0.0]


def text(size):
    return "-" if size is None else ",".join(map(str, size if isinstance(size, list) else [size]))


def write_cases():
    lines = []
    for channels, size, to, resize, crop, mode, method, mean in cases():
        image = preprocess(noise(channels, *size), to, resize, crop, mode, method, mean)
        planes = b"".join(band.tobytes() for band in image.split())
        fields = [channels, *size, to, image.height, image.width, text(resize), text(crop), mode, method]
        fields += [",".join(map(str, mean)), base64.b64encode(planes).decode()]
        lines.append("\t".join(map(str, fields)))
    (FOLDER / "preprocess.tsv").write_text("\n".join(lines) + "\n")


def write_photo():
    image = Image.new("RGB", (61, 45), (40, 90, 160))
    draw = ImageDraw.Draw(image)
    for i in range(12):
        draw.ellipse((i * 5, i * 3, i * 5 + 14, i * 3 + 20), fill=(20 * i, 255 - 17 * i, (53 * i) % 256))
    image.save(FOLDER / "photo.jpg", quality=85, subsampling="4:2:0")
    (FOLDER / "photo.rgb").write_bytes(Image.open(FOLDER / "photo.jpg").tobytes())


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_cases()
    write_photo()
    (FOLDER / "versions.txt").write_text(f"Pillow {PIL.__version__}\n")
