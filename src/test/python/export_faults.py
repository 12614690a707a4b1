"""The exporter against what goes wrong: each line it prints is a promise that held.

    cd src/test/python && python export_faults.py      (a minute; needs src/main/python/requirements-export.txt)
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import numpy as np
import yaml

HERE = pathlib.Path(__file__).resolve().parent
EXPORT = HERE.parents[1] / "main" / "python" / "export_timm.py"


def command(folder, *arguments):
    return [sys.executable, str(EXPORT), "--out", str(folder), *arguments]


def export(folder, *arguments):
    done = subprocess.run(command(folder, *arguments), cwd=HERE, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def state(folder):
    return {f.name: (f.stat().st_mtime_ns, f.read_bytes()) for f in folder.iterdir()}


def holds(what, truth):
    print(("holds: " if truth else "BROKEN: ") + what, flush=True)
    if not truth:
        sys.exit(1)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "pool"
        code, out, _ = export(folder, "tiny_network:tiny", "--format", "both")
        holds("an export ends with 0 and says what it made", code == 0 and "tiny:" in out and "tiny.pt:" in out)
        before = state(folder)
        code, out, _ = export(folder, "tiny_network:tiny", "--format", "both")
        holds("a second call touches nothing", code == 0 and state(folder) == before and out.count("is there") == 2)

        model = folder / "tiny.onnx"
        data = bytearray(model.read_bytes())
        data[-1] ^= 1
        model.write_bytes(data)
        code, out, _ = export(folder, "tiny_network:tiny", "--format", "both")
        holds("a changed model is made again, the other is not", code == 0 and out.count("is there") == 1
              and model.read_bytes() == before["tiny.onnx"][1])
        golden = folder / "tiny.golden.npy"
        golden.write_bytes(golden.read_bytes()[:100])
        code, _, _ = export(folder, "tiny_network:tiny")
        holds("damaged golden logits are made again", code == 0 and np.load(golden).shape == (8, 7))

        code, out, err = export(folder, "tiny_network:tiny", "nosuch", "test_vit", "--random-weights", "--test-input-size")
        holds("what fails is named and the rest is exported, exit 4",
              code == 4 and "tiny-32:" in out and "2 of 3 left out: nosuch, test_vit" in err)
        holds("a model of other classes says so", "has 1000 classes, the pool 7" in err)
        ids = [m["id"] for m in yaml.safe_load((folder / "pool.yaml").read_text())["models"]]
        holds("pool.yaml has each id once, in the order of the exports", ids == ["tiny", "tiny.pt", "tiny-32"])

        killed = pathlib.Path(name) / "killed"
        for delay in (4, 5, 6, 7, 8):
            process = subprocess.Popen(command(killed, "test_vit", "test_resnet", "test_convnext", "--random-weights"),
                                       cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.wait()
            if (killed / "pool.yaml").exists():
                pool = yaml.safe_load((killed / "pool.yaml").read_text())
                whole = all((killed / m["uri"]).exists() and (killed / f"{m['id']}.golden.npy").exists() for m in pool["models"])
                holds(f"killed after {delay} s: pool.yaml names {len(pool['models'])} models, all there", whole)
        code, _, _ = export(killed, "test_vit", "test_resnet", "test_convnext", "--random-weights")
        left = [f for f in os.listdir(killed) if f.startswith(".partial")]
        holds("after kills the same call completes and leaves no parts", code == 0 and not left)

        (folder / "pool.yaml").write_text("models: [")
        before = state(folder)
        code, _, err = export(folder, "tiny_network:tiny")
        holds("a broken pool.yaml is named, exit 2, nothing written",
              code == 2 and len(err.strip().splitlines()) == 1 and "pool.yaml: is no pool file" in err and state(folder) == before)


if __name__ == "__main__":
    main()
