"""What `--numeric int16` loses beside float32: see `tools/benchmark`."""

import json
import tempfile
from pathlib import Path

import numpy as np

from arguments import Parser, positive
from descriptions import read, split
from program import Firn, weights

EXACT, FAST = "float32", "int16"
NEIGHBOURS = 10
METHODS = {"logistic": ["--penalty", 1], "ridge": []}


def parse():
    parser = Parser("numeric", "[--queries N] [--json FILE]", given=("firn", "backbone", "data"))
    parser.add_argument("--queries", type=positive, default=2000)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def extract(firn, backbone, folder):
    """Both backbones' vectors of both datasets."""
    for numeric in (EXACT, FAST):
        firn("backbone", "add", backbone, "--name", numeric, "--numeric", numeric)
    for dataset in ("train", "test"):
        firn(
            "extract", folder / f"{dataset}.jsonl", "--dataset", dataset, "--backbone", EXACT, "--backbone", FAST)


def cosines(vectors):
    found = (unit(vectors[EXACT]) * unit(vectors[FAST])).sum(1)
    return {"worst": found.min(), "mean": found.mean()}


def unit(vectors):
    vectors = vectors.astype(float)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def overlap(vectors, queries):
    """How many of the exact ten nearest are among the ten nearest by vectors of the fast mode, a query of its own arithmetic."""
    # Of texts that stand there twice, which one counts as near would be chance.
    _, distinct = np.unique(vectors[EXACT], axis=0, return_index=True)
    chosen = distinct[:: max(1, len(distinct) // queries)]
    nearest = {}
    for numeric, found in vectors.items():
        scores = unit(found[chosen]) @ unit(found[distinct]).T
        scores[scores > 1 - 1e-9] = -np.inf  # the query itself
        nearest[numeric] = np.argpartition(-scores, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    shared = [len(set(a) & set(b)) / NEIGHBOURS for a, b in zip(nearest[EXACT], nearest[FAST])]
    return {"queries": len(chosen), "mean": np.mean(shared), "worst": min(shared)}


def accuracies(firn, store, method, words, vectors, sections):
    """Of heads trained on one arithmetic's vectors and asked about its own."""
    right = {}
    for numeric in (EXACT, FAST):
        head = f"{method}-{numeric}"
        trained = firn(
            "train", head, "--dataset", "train", "--backbone", numeric, "--task", "section", "--method", method,
            "--holdout", 0, *words)
        classes, weight, bias = weights(store, head, trained["version"])
        right[numeric] = np.array(classes)[(vectors[numeric] @ weight.T + bias).argmax(1)] == sections
    change = right[FAST].astype(float) - right[EXACT]
    return {
        "method": method, "exact": right[EXACT].mean(), "fast": right[FAST].mean(),
        "points": 100 * change.mean(), "standard_error": 100 * change.std() / np.sqrt(len(change))}


def main():
    options = parse()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        store = folder / "benchmark.db"
        firn = Firn(options.firn, store)
        split(options.data, folder)
        extract(firn, options.backbone, folder)

        test = {numeric: read(store, "test", numeric) for numeric in (EXACT, FAST)}
        vectors = {numeric: found for numeric, (_, found, _) in test.items()}
        sections = test[EXACT][2]
        figures = {"cosine": cosines(vectors)}
        print("cosine: worst {worst:.7f}, mean {mean:.7f}".format(**figures["cosine"]), flush=True)
        figures["nearest"] = overlap(vectors, options.queries)
        print(
            "ten nearest: {mean:.2%} are the same, {worst:.0%} at worst, of {queries:,} queries".format(
                **figures["nearest"]), flush=True)
        figures["heads"] = []
        for method, words in METHODS.items():
            found = accuracies(firn, store, method, words, vectors, sections)
            figures["heads"].append(found)
            print(
                "{method}: accuracy {fast:.4f}, float32 {exact:.4f}: {points:+.2f} ± {standard_error:.2f} points".format(
                    **found), flush=True)

    if options.json:
        options.json.write_text(json.dumps(figures, indent=2, default=float) + "\n")


if __name__ == "__main__":
    main()
