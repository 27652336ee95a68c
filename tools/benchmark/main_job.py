"""Firn's main job beside scikit-learn and NumPy, on the same vectors, in interleaved runs: see `tools/benchmark/main-job`."""

import argparse
import hashlib
import json
import sqlite3
import statistics
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression, RidgeCV

TRAIN_ROWS = 50_000
NEIGHBOURS = 10
QUERIES = 200


class Firn:
    def __init__(self, program, store):
        self.words = [program, "--store", str(store), "--json", "--quiet"]

    def __call__(self, *words):
        out = subprocess.run([*self.words, *map(str, words)], check=True, capture_output=True, text=True).stdout
        lines = [json.loads(line) for line in out.splitlines()]
        return lines[0] if len(lines) == 1 else lines


def timed(job):
    start = time.perf_counter()
    result = job()
    return result, time.perf_counter() - start


def split(data, folder):
    """Two files of rows: 50,000 to train on, the rest to test on, by the hash of the id."""
    rows = Path(data).read_text(encoding="utf-8").splitlines()
    rows.sort(key=lambda row: hashlib.sha256(json.loads(row)["id"].encode()).digest())
    for name, part in (("train", rows[:TRAIN_ROWS]), ("test", rows[TRAIN_ROWS:])):
        (folder / f"{name}.jsonl").write_text("\n".join(part) + "\n", encoding="utf-8")


def read(store, dataset):
    """Ids, vectors and sections, in the order of the ids, by the views that other tools read."""
    rows = sqlite3.connect(store).execute(
        "SELECT item, vector, value FROM item_embeddings JOIN labels USING (dataset, item) "
        "WHERE backbone = 'minilm' AND dataset = ? AND task = 'section' ORDER BY item", [dataset]).fetchall()
    return [row[0] for row in rows], np.stack([np.frombuffer(row[1], "<f4") for row in rows]), np.array([row[2] for row in rows])


def weights(store, head, version):
    """A head version's classes, weights and intercepts, from its safetensors."""
    blob, = sqlite3.connect(store).execute(
        "SELECT weights FROM head_version JOIN head ON head.id = head WHERE name = ? AND version = ?", [head, version]).fetchone()
    size = int.from_bytes(blob[:8], "little")
    header = json.loads(blob[8:8 + size])

    def tensor(name):
        start, end = header[name]["data_offsets"]
        return np.frombuffer(blob[8 + size + start:8 + size + end], "<f4").reshape(header[name]["shape"]).astype(float)
    return json.loads(header["__metadata__"]["classes"]), tensor("weight"), tensor("bias")


def logistic_objective(x, labels, classes, weight, bias, penalty):
    logits = x.astype(float) @ weight.T + bias
    top = logits.max(1)
    losses = top + np.log(np.exp(logits - top[:, None]).sum(1)) - logits[np.arange(len(x)), np.searchsorted(classes, labels)]
    return losses.sum() + penalty / 2 * (weight ** 2).sum()


def main():
    parser = argparse.ArgumentParser()
    for option in ("firn", "backbone", "data"):
        parser.add_argument(f"--{option}", required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json")
    options = parser.parse_args()
    figures = {"scikit_learn": sklearn.__version__, "numpy": np.__version__}

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        store = folder / "benchmark.db"
        firn = Firn(options.firn, store)
        split(options.data, folder)
        firn("backbone", "add", options.backbone, "--name", "minilm")
        extractions = [firn("extract", folder / f"{name}.jsonl", "--dataset", name, "--backbone", "minilm") for name in ("train", "test")]
        figures["tokens_per_second"] = sum(e["tokens"] for e in extractions) / sum(e["seconds"] for e in extractions)
        print(f"extraction: {figures['tokens_per_second']:,.0f} tokens/s", flush=True)

        _, x, y = read(store, "train")
        _, x_test, y_test = read(store, "test")
        classes = np.unique(y)
        figures |= {"rows": len(x), "classes": len(classes)}

        for penalty in (1.0,):
            times = {"firn": [], "sklearn": []}
            for _ in range(options.runs):
                version, seconds = timed(lambda: firn(
                    "train", "logistic", "--dataset", "train", "--backbone", "minilm", "--task", "section",
                    "--method", "logistic", "--penalty", penalty, "--holdout", 0))
                times["firn"].append(seconds)
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    model, seconds = timed(lambda: LogisticRegression(C=1 / penalty, max_iter=1000).fit(x, y))
                times["sklearn"].append(seconds)
            names, weight, bias = weights(store, "logistic", version["version"])
            assert names == list(classes)
            ours = logistic_objective(x, y, classes, weight, bias, penalty)
            theirs = logistic_objective(x, y, classes, model.coef_, model.intercept_, penalty)
            evaluation = firn("evaluate", f"logistic@{version['version']}", "--dataset", "test")
            row = {
                "penalty": penalty, "objective": ours, "sklearn_objective": theirs, "relative_excess": ours / theirs - 1,
                "seconds": statistics.median(times["firn"]), "sklearn_seconds": statistics.median(times["sklearn"]),
                "speedup": [s / f for f, s in zip(times["firn"], times["sklearn"])],
                "accuracy": evaluation["metrics"]["accuracy"], "sklearn_accuracy": model.score(x_test, y_test)}
            figures.setdefault("logistic", []).append(row)
            print(f"logistic, penalty {penalty}: objective {ours:,.2f} (scikit-learn {theirs:,.2f}, excess {row['relative_excess']:+.1e}), "
                  f"{row['seconds']:.2f} s ({row['sklearn_seconds']:.2f} s), accuracy {row['accuracy']:.4f} ({row['sklearn_accuracy']:.4f})",
                  flush=True)

        version, seconds = timed(lambda: firn(
            "train", "ridge", "--dataset", "train", "--backbone", "minilm", "--task", "section", "--method", "ridge", "--holdout", 0))
        curve = {trial["penalty"]: trial["loss"] for trial in version["metrics"]["penalty_curve"]}
        penalties = sorted(curve)[::4]
        targets = np.where(y[:, None] == classes, 1.0, -1.0)
        model = RidgeCV(alphas=penalties, store_cv_results=True).fit(x.astype(float), targets)
        errors = model.cv_results_.reshape(-1, len(penalties)).mean(0)
        worst = max(abs(curve[penalty] - error) / error for penalty, error in zip(penalties, errors))
        figures["ridge"] = {"seconds": seconds, "worst_relative_difference": worst, "penalties": penalties}
        print(f"ridge: 13 penalties in {seconds:.2f} s; leave-one-out errors differ from scikit-learn's by {worst:.1e} at most", flush=True)

        ids, all_vectors, _ = read(store, "test")
        unit = all_vectors.astype(float) / np.linalg.norm(all_vectors.astype(float), axis=1, keepdims=True)
        same = 0
        for query in range(0, len(ids), len(ids) // QUERIES):
            found = [row["id"] for row in firn("nearest", "--id", ids[query], "--dataset", "test", "--backbone", "minilm", "-k", NEIGHBOURS)]
            scores = unit @ unit[query]
            scores[query] = -np.inf
            # Equal scores come in the order of the ids, which is that of the rows; products round differently by 1e-15.
            expected = [ids[row] for row in np.lexsort((np.arange(len(ids)), -scores.round(12)))[:NEIGHBOURS]]
            same += found == expected
        count = len(range(0, len(ids), len(ids) // QUERIES))
        figures["nearest"] = {"queries": count, "identical": same}
        print(f"nearest: {same} of {count} answers are NumPy's, in its order", flush=True)

    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")


main()
