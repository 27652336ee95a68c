"""Exact search beside faiss, on the same vectors in memory, with all cores, in interleaved rounds: see `tools/benchmark`.

The queries are half held-out descriptions and half random directions, which lie far from all vectors: there bounds exclude least.
"""

import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import faiss
import numpy as np

from arguments import Parser, positive
from descriptions import read, split
from program import Firn

NEIGHBOURS = 10
# How far two programs' scores of one neighbour may lie apart, in single precision.
SLACK = 1e-5


def parse():
    parser = Parser(
        "search", "[--runs N] [--queries N] [--json FILE]", given=("firn", "backbone", "data", "search"))
    parser.add_argument("--runs", type=positive, default=3)
    parser.add_argument("--queries", type=positive, default=1000)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def extract(options, folder):
    """The vectors of the rows to search, and queries."""
    split(options.data, folder)
    store = folder / "benchmark.db"
    firn = Firn(options.firn, store)
    firn("backbone", "add", options.backbone, "--name", "minilm")
    for dataset in ("train", "test"):
        firn("extract", folder / f"{dataset}.jsonl", "--dataset", dataset, "--backbone", "minilm")
    vectors, held = (read(store, dataset, "minilm")[1] for dataset in ("train", "test"))
    random = np.random.default_rng(85)
    inside = held[random.choice(len(held), (options.queries + 1) // 2, replace=False)]
    outside = random.standard_normal((options.queries // 2, vectors.shape[1]), dtype=np.float32)
    return unit(vectors), unit(np.concatenate([inside, outside]))


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def firn(program, vectors, queries, folder):
    words = [program, folder / "vectors", vectors.shape[1], folder / "queries", NEIGHBOURS, folder / "found"]
    said = json.loads(subprocess.run([*map(str, words)], check=True, capture_output=True, text=True).stdout)
    return said, np.fromfile(folder / "found", "<i4").reshape(len(queries), NEIGHBOURS)


def flat(vectors, queries):
    start = time.perf_counter()
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    build = time.perf_counter() - start
    alone = []
    for query in queries:
        start = time.perf_counter()
        index.search(query[None], NEIGHBOURS)
        alone.append(time.perf_counter() - start)
    start = time.perf_counter()
    _, found = index.search(queries, NEIGHBOURS)
    together = time.perf_counter() - start
    return {
        "build_seconds": build, "alone_median": statistics.median(alone), "alone_worst": float(np.quantile(alone, 0.99)),
        "together_seconds": together}, found


def agree(vectors, queries, one, other):
    """Whether both found neighbours of the same scores."""
    scores = [np.einsum("qkd,qd->qk", vectors[found], queries) for found in (one, other)]
    return bool(np.abs(scores[0] - scores[1]).max() <= SLACK)


def main():
    options = parse()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        vectors, queries = extract(options, folder)
        vectors.astype("<f4").tofile(folder / "vectors")
        queries.astype("<f4").tofile(folder / "queries")
        rounds, same = [], True
        for _ in range(options.runs):
            ours, found = firn(options.search, vectors, queries, folder)
            theirs, other = flat(vectors, queries)
            same = same and agree(vectors, queries, found, other)
            rounds.append({"firn": ours, "faiss flat": theirs})
    figures = {
        "rows": len(vectors), "dimension": vectors.shape[1], "queries": len(queries), "runs": options.runs,
        "faiss": faiss.__version__, "same_scores": same, "engines": {}}
    print(f"{len(vectors):,} × {vectors.shape[1]}, {len(queries):,} queries, {options.runs} rounds\n")
    print(f"{'':12} {'one alone':>12} {'99th':>12} {'together':>14} {'beside':>16}")
    for name in rounds[0]:
        found = {key: statistics.median(each[name][key] for each in rounds) for key in rounds[0][name]}
        found |= {
            f"{key}_ratio": statistics.median(each[name][key] / each["firn"][key] for each in rounds)
            for key in ("alone_median", "together_seconds")}
        figures["engines"][name] = found
        print(
            f"{name:12} {found['alone_median'] * 1000:9.2f} ms {found['alone_worst'] * 1000:9.2f} ms "
            f"{len(queries) / found['together_seconds']:10,.0f} q/s {found['alone_median_ratio']:7.1f} × "
            f"{found['together_seconds_ratio']:6.2f} ×")
    print("\nthe same scores" if same else "\nNOT the same scores")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
