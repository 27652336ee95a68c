"""Label care on Debian's descriptions: how well wrong labels are found, and what is gained by choosing what to label next. See
`tools/benchmark`."""

import hashlib
import json
import tempfile
import time
from pathlib import Path

import cleanlab
import numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import cross_val_predict
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

from arguments import Parser, positive
from descriptions import read
from program import Firn

ROWS, TEST_ROWS, WRONG, TASK = 10_000, 3_000, 0.05, "section"
FIRST, BATCH, ROUNDS, NEIGHBOURS = 200, 100, 5, 50


def descriptions(data):
    """Ids, texts and sections: a fair sample, by the hash of the ids."""
    rows = [json.loads(line) for line in Path(data).read_text(encoding="utf-8").splitlines()]
    rows = [(row["id"], row["text"], row["labels"][TASK]) for row in rows if TASK in row["labels"]]
    return sorted(rows, key=lambda row: hashlib.sha256(row[0].encode()).digest())[:ROWS + TEST_ROWS]


def write(path, rows):
    """Rows as JSON Lines; a label that is None is left out."""
    path.write_text("".join(
        json.dumps({"id": id, "text": text, "labels": {TASK: label} if label else {}}) + "\n"
        for id, text, label in rows), encoding="utf-8")
    return path


def alone(vectors, texts, labels):
    """What ridge regression, and what the nearest rows of other texts, say alone of each row's label: NumPy's leave-one-out."""
    classes, y = np.unique(labels, return_inverse=True)
    _, content = np.unique(texts, return_inverse=True)
    targets, mean = np.where(np.arange(len(classes)) == y[:, None], 1.0, -1.0), vectors.mean(0)
    variations, axes = np.linalg.eigh((vectors - mean).T @ (vectors - mean))
    z, best = (vectors - mean) @ axes, None
    for penalty in 10.0 ** np.arange(-3, 3.5, 0.5):
        leverage = 1 / len(y) + (z ** 2 / (variations + penalty)).sum(1)
        residuals = targets - targets.mean(0) - z @ ((z.T @ targets) / (variations + penalty)[:, None])
        error = ((residuals / (1 - leverage)[:, None]) ** 2).mean()
        if best is None or error <= best[0]:
            best = error, targets - residuals / (1 - leverage)[:, None]
    rows = np.arange(len(y))
    sharpness = minimize_scalar(lambda b: -log_softmax(np.exp(b) * best[1], axis=1)[rows, y].sum(), bounds=(-6, 6)).x
    ridge = softmax(np.exp(sharpness) * best[1], axis=1)

    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit.T
    cosines[content[:, None] == content] = -np.inf
    nearest = np.argsort(-cosines, axis=1)[:, :NEIGHBOURS]
    scores = np.take_along_axis(cosines, nearest, 1)
    votes = np.tile(np.bincount(y) / len(y), (len(y), 1))
    np.add.at(votes, (rows[:, None], y[nearest]), np.exp((scores - scores[:, -1:]) / 0.07))
    return y, ridge, votes / votes.sum(1, keepdims=True)


def figures(scores, is_wrong):
    """Average precision, and precision at as many rows as are wrong, of a ranking by scores, the lowest first."""
    first = np.argsort(scores, kind="stable")[:is_wrong.sum()]
    return average_precision_score(is_wrong, -scores), is_wrong[first].mean()


def suspects(firn, rows, folder, seed):
    random = np.random.default_rng(seed)
    labels = np.array([label for _, _, label in rows])
    classes = np.unique(labels)
    is_wrong = np.zeros(len(rows), bool)
    is_wrong[random.choice(len(rows), int(WRONG * len(rows)), replace=False)] = True
    for row in np.flatnonzero(is_wrong):
        labels[row] = random.choice(classes[classes != labels[row]])
    dataset = f"wrong-{seed}"
    path = write(folder / "wrong.jsonl", [(id, text, str(label)) for (id, text, _), label in zip(rows, labels)])
    firn("extract", path, "--dataset", dataset, "--backbone", "minilm")
    start = time.perf_counter()
    review = firn(
        "labels", "suspects", "--dataset", dataset, "--backbone", "minilm", "--task", TASK, "-k", len(rows))
    seconds = time.perf_counter() - start
    wrong_ids = {id for (id, _, _), wrong in zip(rows, is_wrong) if wrong}
    ids, vectors, given = read(firn.store, dataset, "minilm")
    is_wrong = np.array([id in wrong_ids for id in ids])
    scores = {suspect["id"]: suspect["score"] for suspect in review["suspects"]}
    texts = dict((id, text) for id, text, _ in rows)
    y, ridge, votes = alone(vectors.astype(float), [texts[id] for id in ids], given)
    places = np.arange(len(y))
    out_of_fold = cross_val_predict(
        LogisticRegression(max_iter=1000), vectors, y, cv=5, method="predict_proba")
    issues = find_label_issues(y, out_of_fold, return_indices_ranked_by="self_confidence", n_jobs=1)
    return seconds, {
        "firn": figures(np.array([scores.get(id, 1.0) for id in ids]), is_wrong),
        "ridge alone": figures(ridge[places, y], is_wrong),
        "neighbours alone": figures(votes[places, y], is_wrong),
        "cleanlab, 5-fold logistic": figures(get_label_quality_scores(y, out_of_fold), is_wrong),
        "cleanlab, adjusted": figures(get_label_quality_scores(y, out_of_fold, adjust_pred_probs=True), is_wrong),
        "cleanlab, find_label_issues": (None, is_wrong[issues[:is_wrong.sum()]].mean()),
    }


def next_labels(firn, pool, folder, arm, seed):
    """The accuracy on the test rows after each round."""
    random = np.random.default_rng(seed)
    order = random.permutation(len(pool))
    labels = {id: label for id, _, label in pool}
    dataset = f"{arm}-{seed}"
    known = [pool[place] for place in order[:FIRST]]
    path = write(folder / "pool.jsonl", known + [(*pool[place][:2], None) for place in order[FIRST:]])
    firn("extract", path, "--dataset", dataset, "--backbone", "minilm")
    rest, accuracies = [pool[place][0] for place in order[FIRST:]], []
    for round in range(ROUNDS + 1):
        firn("train", dataset, "--dataset", dataset, "--backbone", "minilm", "--task", TASK, "--method", "ridge",
             "--holdout", 0)
        accuracies.append(firn("evaluate", dataset, "--dataset", "test")["metrics"]["accuracy"])
        if arm == "next":
            chosen = [item["id"] for item in firn(
                "labels", "next", "--dataset", dataset, "--backbone", "minilm", "--task", TASK, "-k", BATCH)]
        else:
            chosen = rest[round * BATCH:(round + 1) * BATCH]
        (folder / "labels.jsonl").write_text("".join(
            json.dumps({"id": id, "labels": {TASK: labels[id]}}) + "\n" for id in chosen), encoding="utf-8")
        firn("label", folder / "labels.jsonl", "--dataset", dataset)
    return accuracies


def main():
    parser = Parser("labels", "[--runs N] [--json FILE]", given=("firn", "backbone", "data"))
    parser.add_argument("--runs", type=positive, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    result = {"cleanlab": cleanlab.__version__, "numpy": np.__version__}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        firn = Firn(options.firn, folder / "benchmark.db")
        rows = descriptions(options.data)
        pool = rows[:ROWS]
        firn("backbone", "add", options.backbone, "--name", "minilm")
        firn("extract", write(folder / "test.jsonl", rows[ROWS:]), "--dataset", "test", "--backbone", "minilm")

        runs = [suspects(firn, pool, folder, seed) for seed in range(options.runs)]
        result["suspects_seconds"] = float(np.median([seconds for seconds, _ in runs]))
        print(f"{WRONG:.0%} of {ROWS:,} labels wrong, {result['suspects_seconds']:.1f} s")
        print(f"{'':28} average precision  precision at the number wrong")
        result["suspects"] = {}
        for name in runs[0][1]:
            values = [[value for value in part if value is not None] for part in zip(*(run[name] for _, run in runs))]
            precision, at = (float(np.mean(part)) if part else None for part in values)
            result["suspects"][name] = {"average_precision": precision, "precision": at}
            print(f"{name:28} {'' if precision is None else format(precision, '.3f'):>17}  {at:.3f}", flush=True)

        print(f"\naccuracy with {FIRST} labels, and after each {BATCH} more")
        result["next"] = {}
        for arm in ("next", "random"):
            mean = np.mean([next_labels(firn, pool, folder, arm, seed) for seed in range(options.runs)], axis=0)
            result["next"][arm] = mean.tolist()
            print(f"{arm:8}", "  ".join(f"{value:.1%}" for value in mean), flush=True)
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
