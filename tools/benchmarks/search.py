"""Search beside its rivals, on the same vectors: see `tools/benchmark`.

Half of the queries are random directions, which lie far from all vectors: there bounds exclude least, and graphs lose their way.
Recall is counted by score.
"""

import json
import subprocess
import sys
import tempfile
from argparse import ArgumentTypeError
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from arguments import Parser, positive
from searching.approximate import approximate
from searching.bench import Bench
from searching.churn import churn
from searching.cold import cold
from searching.exact import exact
from searching.filters import filters
from searching.rounds import failure

PARTS = {"exact": exact, "approximate": approximate, "cold": cold, "filters": filters, "churn": churn}
# As everywhere in Firn: a needed thing is not there.
MISSING = 69
PACKAGES = ("faiss-cpu", "scann", "hnswlib", "usearch", "sqlite-vec", "numpy")


def parse():
    parser = Parser(
        "search", "[--runs N] [--queries N] [--parts NAME[,NAME…]] [--million] [--json FILE]",
        given=("firn", "backbone", "data", "search"))
    parser.add_argument("--runs", type=positive, default=3)
    parser.add_argument("--queries", type=positive, default=1000)
    parser.add_argument("--parts", type=part_names, default=list(PARTS))
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def part_names(word):
    names = word.split(",")
    if not set(names) <= set(PARTS):
        raise ArgumentTypeError(f"{word!r}: the parts are {', '.join(PARTS)}")
    return names


def versions():
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def main():
    options = parse()
    figures = {"versions": versions(), "runs": options.runs}
    print(f"{', '.join(map(' '.join, figures['versions'].items()))}; {options.runs} rounds\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, Path(folder))
        for part in options.parts:
            try:
                figures[part] = PARTS[part](bench)
            except subprocess.CalledProcessError as error:
                figures[part] = {"missing": {part: failure(error)}}
                print(f"{part}: not measured: {failure(error)}\n", flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    if any(figures[part].get("missing") for part in options.parts):
        sys.exit(MISSING)


if __name__ == "__main__":
    main()
