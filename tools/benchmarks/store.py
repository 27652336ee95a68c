"""The store beside the numbers themselves: how fast vectors come in and are loaded, what they take, and how much memory the commands
need that read all of it. See `tools/benchmark`."""

import json
import os
import statistics
import subprocess
import tempfile
import time
from multiprocessing import Process
from pathlib import Path

import numpy as np

from arguments import Parser, positive

DIMENSION = 384
BACKBONES = ["first", "second", "third", "fourth"]
ROUNDS, RUNS = 5, 3


def run(*words, environment=None):
    """Runs a command; its output, seconds, and peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([*map(str, words)], stdout=subprocess.PIPE, env={**os.environ, **(environment or {})})
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"store: {' '.join(map(str, words))} failed")
    return output, time.perf_counter() - start, usage.ru_maxrss / 1024


def make(folder, rows):
    """Writes the items and the features of as many rows."""
    with open(folder / "items.jsonl", "w") as items:
        for row in range(rows):
            items.write(json.dumps({"id": f"item {row:08}", "label": "abc"[row % 3]}) + "\n")
    chance = np.random.default_rng(0)
    features = np.lib.format.open_memmap(folder / "features.npy", mode="w+", dtype="<f4", shape=(rows, DIMENSION))
    for start in range(0, rows, 1 << 14):
        features[start:start + (1 << 14)] = chance.standard_normal((min(1 << 14, rows - start), DIMENSION))


def main():
    parser = Parser("store", "[--rows N] [--json FILE]", ["firn", "backbone", "data", "load"])
    parser.add_argument("--rows", type=positive, default=1_000_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        stores = [folder / name for name in ("store.db", "merged.db")]

        def firn(*words):
            return run(options.firn, "--store", stores[0], "--json", "--quiet", *words)

        def tell(name, value, unit):
            figures[name] = value
            print(f"{name:28} {value:14,.1f} {unit}", flush=True)

        # In a process of its own: the memory that this one had at its peak would be counted as that of the commands it starts.
        maker = Process(target=make, args=(folder, options.rows))
        maker.start()
        maker.join()
        raw = options.rows * DIMENSION * 4
        speeds, memory = [], 0
        for backbone in BACKBONES:
            firn("backbone", "declare", backbone, "--dimension", DIMENSION)
            _, seconds, peak = firn(
                "import", folder / "features.npy", "--items", folder / "items.jsonl", "--dataset", "d", "--backbone", backbone)
            speeds.append(raw / 1e6 / seconds)
            memory = max(memory, peak)
        tell("import, first backbone", speeds[0], "MB/s")
        tell("import, others", statistics.median(speeds[1:]), "MB/s")
        tell("import, memory", memory, "MB")
        size = stores[0].stat().st_size
        tell("store", size / 1e6, "MB")
        # Pages that hold vectors, as SQLite counts them, beside the vectors' own bytes.
        tell("space beside vectors", 100 * (size / (len(BACKBONES) * raw) - 1), "%")
        # What a run has given back serves the next, so that only the first waits for the system to clear memory.
        keeps = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(4 * raw)}
        bare = folder / "bare"
        source = Path(__file__).with_name("load") / "bare.c"
        subprocess.run(["cc", "-O2", "-pthread", "-o", bare, source, "-lsqlite3"], check=True)
        loads, limits = [], []
        for _ in range(ROUNDS):
            first, *others = run(options.load, stores[0], "d", "second", RUNS + 1, environment=keeps)[0].split()
            loads += map(float, others)
            limits += map(float, run(bare, stores[0], "second", RUNS + 1)[0].split()[1:])
        tell("load, into new memory", float(first), "vectors/s")
        tell("load, median", statistics.median(loads), "vectors/s")
        tell("load, best", max(loads), "vectors/s")
        # What SQLite's own interface gives, without checksums, in the same minutes.
        tell("bare loop, median", statistics.median(limits), "vectors/s")
        tell("bare loop, best", max(limits), "vectors/s")
        tell("load beside bare loop", 100 * statistics.median(loads) / statistics.median(limits), "%")
        for name, *words in (
            ("verify", "verify"), ("stats", "stats"),
            ("export", "dataset", "export", "d", "--backbone", "third", "--to", folder / "out.npy"),
            ("merge", "merge", stores[0], "--into", stores[1]),
            ("vacuum", "vacuum"),
        ):
            if name == "vacuum":
                firn("dataset", "remove", "d")
            _, seconds, peak = firn(*words)
            tell(f"{name}, time", seconds, "s")
            tell(f"{name}, memory", peak, "MB")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
