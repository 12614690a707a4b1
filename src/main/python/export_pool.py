"""The folder that an export fills: models, golden logits, and pool.yaml, each appearing whole or not at all."""

import hashlib
import os
import pathlib
import re

import numpy as np
import yaml

from golden_logits import PICTURES


class PoolError(Exception):
    """The folder cannot be exported to; one line."""


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class PoolFolder:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.file = self.folder / "pool.yaml"
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(".partial-*"):
            left.unlink()  # of an export that was killed

    def read(self):
        if not self.file.exists():
            name = re.sub(r"[^A-Za-z0-9._-]", "-", self.folder.resolve().name)
            return {"name": name or "exported", "classes": None, "models": []}
        try:
            pool = yaml.safe_load(self.file.read_text())
            pool["models"] = pool["models"] or []
            for model in pool["models"]:
                model["id"]
            return pool
        except (yaml.YAMLError, KeyError, TypeError) as e:
            first = str(e).splitlines()[0]
            raise PoolError(f"{self.file}: is no pool file ({first}): correct it, or take another --out") from e

    def temporary(self, name):
        return self.folder / f".partial-{os.getpid()}-{name}"

    def golden(self, id):
        return self.folder / f"{id}.golden.npy"

    def publish(self, temporary, name):
        with open(temporary, "rb") as file:
            os.fsync(file.fileno())
        os.replace(temporary, self.folder / name)

    def publish_golden(self, id, logits):
        temporary = self.temporary(f"{id}.npy")
        np.save(temporary, logits.astype(np.float32))
        self.publish(temporary, self.golden(id).name)

    def has(self, id):
        """Whether the model is there, its bytes those of pool.yaml, with golden logits of the right shape."""
        pool = self.read()
        entry = next((m for m in pool["models"] if m["id"] == id), None)
        if entry is None:
            return False
        file = self.folder / entry["uri"]
        if not file.is_file() or sha256(file) != entry["sha256"]:
            return False
        try:
            return np.load(self.golden(id), allow_pickle=False).shape == (PICTURES, pool["classes"])
        except (OSError, ValueError):
            return False  # absent or damaged: made again

    def check_classes(self, classes):
        known = self.read()["classes"]
        if known is not None and known != classes:
            raise ValueError(f"has {classes} classes, the pool {known}: give it an --out of its own")

    def add(self, entry, classes):
        """Appends the entry, or replaces the one of its id."""
        pool = self.read()
        pool["classes"] = classes
        ids = [model["id"] for model in pool["models"]]
        if entry["id"] in ids:
            pool["models"][ids.index(entry["id"])] = entry
        else:
            pool["models"].append(entry)
        temporary = self.temporary("pool.yaml")
        # Leaves on one line, as a person writes them.
        temporary.write_text(yaml.safe_dump(pool, sort_keys=False, default_flow_style=None, width=150))
        self.publish(temporary, "pool.yaml")
