"""Firn's main job beside scikit-learn and NumPy, on the same vectors, in interleaved runs: see `tools/benchmark`."""

import json
import statistics
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression, RidgeCV

from arguments import Parser, positive
from descriptions import read, split
from program import Firn, weights

PENALTY = 1.0
NEIGHBOURS = 10
QUERIES = 200


def timed(job):
    start = time.perf_counter()
    result = job()
    return result, time.perf_counter() - start


def logistic_objective(x, labels, classes, weight, bias, penalty):
    logits = x.astype(float) @ weight.T + bias
    top = logits.max(1)
    right = logits[np.arange(len(x)), np.searchsorted(classes, labels)]
    losses = top + np.log(np.exp(logits - top[:, None]).sum(1)) - right
    return losses.sum() + penalty / 2 * (weight ** 2).sum()


def extraction(firn, backbone, folder):
    firn("backbone", "add", backbone, "--name", "minilm")
    extractions = [
        firn("extract", folder / f"{name}.jsonl", "--dataset", name, "--backbone", "minilm")
        for name in ("train", "test")]
    speed = sum(one["tokens"] for one in extractions) / sum(one["seconds"] for one in extractions)
    print(f"extraction: {speed:,.0f} tokens/s", flush=True)
    return speed


def train(firn, method, *words):
    return firn(
        "train", method, "--dataset", "train", "--backbone", "minilm", "--task", "section", "--method", method,
        "--holdout", 0, *words)


def scikit_learn(x, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return LogisticRegression(C=1 / PENALTY, max_iter=1000).fit(x, y)


def logistic(firn, store, runs, x, y, x_test, y_test):
    classes = np.unique(y)
    ours, theirs = [], []
    for _ in range(runs):
        version, seconds = timed(lambda: train(firn, "logistic", "--penalty", PENALTY))
        ours.append(seconds)
        model, seconds = timed(lambda: scikit_learn(x, y))
        theirs.append(seconds)
    names, weight, bias = weights(store, "logistic", version["version"])
    assert names == list(classes)
    objective = logistic_objective(x, y, classes, weight, bias, PENALTY)
    sklearn_objective = logistic_objective(x, y, classes, model.coef_, model.intercept_, PENALTY)
    evaluation = firn("evaluate", f"logistic@{version['version']}", "--dataset", "test")
    row = {
        "penalty": PENALTY, "objective": objective, "sklearn_objective": sklearn_objective,
        "relative_excess": objective / sklearn_objective - 1,
        "seconds": statistics.median(ours), "sklearn_seconds": statistics.median(theirs),
        "speedup": [their / our for our, their in zip(ours, theirs)],
        "accuracy": evaluation["metrics"]["accuracy"], "sklearn_accuracy": model.score(x_test, y_test)}
    print(
        f"logistic, penalty {PENALTY}: objective {objective:,.2f} "
        f"(scikit-learn {sklearn_objective:,.2f}, excess {row['relative_excess']:+.1e}), "
        f"{row['seconds']:.2f} s ({row['sklearn_seconds']:.2f} s), "
        f"accuracy {row['accuracy']:.4f} ({row['sklearn_accuracy']:.4f})", flush=True)
    return row


def ridge(firn, x, y):
    version, seconds = timed(lambda: train(firn, "ridge"))
    curve = {trial["penalty"]: trial["loss"] for trial in version["metrics"]["penalty_curve"]}
    penalties = sorted(curve)[::4]
    targets = np.where(y[:, None] == np.unique(y), 1.0, -1.0)
    model = RidgeCV(alphas=penalties, store_cv_results=True).fit(x.astype(float), targets)
    errors = model.cv_results_.reshape(-1, len(penalties)).mean(0)
    worst = max(abs(curve[penalty] - error) / error for penalty, error in zip(penalties, errors))
    print(
        f"ridge: {len(curve)} penalties in {seconds:.2f} s; "
        f"leave-one-out errors of {len(penalties)} differ from scikit-learn's by {worst:.1e} at most", flush=True)
    return {"seconds": seconds, "worst_relative_difference": worst, "penalties": penalties}


def nearest(firn, ids, vectors):
    vectors = vectors.astype(float)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    queries = range(0, len(ids), len(ids) // QUERIES)
    same = 0
    for query in queries:
        rows = firn("nearest", "--id", ids[query], "--dataset", "test", "--backbone", "minilm", "-k", NEIGHBOURS)
        scores = unit @ unit[query]
        scores[query] = -np.inf
        # Equal scores come in the order of the ids, which is that of the rows; products round differently by 1e-15.
        expected = [ids[row] for row in np.lexsort((np.arange(len(ids)), -scores.round(12)))[:NEIGHBOURS]]
        same += [row["id"] for row in rows] == expected
    print(f"nearest: {same} of {len(queries)} answers are NumPy's, in its order", flush=True)
    return {"queries": len(queries), "identical": same}


def parse():
    parser = Parser("main-job", "[--runs N] [--json FILE]", given=("firn", "backbone", "data"))
    parser.add_argument("--runs", type=positive, default=3)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def main():
    options = parse()
    figures = {"scikit_learn": sklearn.__version__, "numpy": np.__version__}

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        store = folder / "benchmark.db"
        firn = Firn(options.firn, store)
        split(options.data, folder)
        figures["tokens_per_second"] = extraction(firn, options.backbone, folder)

        _, x, y = read(store, "train", "minilm")
        ids, x_test, y_test = read(store, "test", "minilm")
        figures |= {"rows": len(x), "classes": len(np.unique(y))}
        figures["logistic"] = [logistic(firn, store, options.runs, x, y, x_test, y_test)]
        figures["ridge"] = ridge(firn, x, y)
        figures["nearest"] = nearest(firn, ids, x_test)

    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
