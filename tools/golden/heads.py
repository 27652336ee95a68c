"""Golden files of heads, by scikit-learn in double precision on float32 features: Tests/HeadsTests/Goldens.

Two problems: `tall`, 300 rows of 20 features and 5 classes of very different size, and `wide`, 30 rows of 50 features and 3
classes. For each: multinomial logistic regression at three penalties, ridge's leave-one-out errors and predictions, and
the ridge penalty that scikit-learn chooses. For `tall` besides: metrics of probabilities, with a class that the head
has never seen. And a head as a safetensors file, once as the safetensors library writes it and once as Firn does, which the library
must read.
"""

import json
import struct
import warnings
from pathlib import Path

import numpy as np
import safetensors
import safetensors.numpy
import scipy.optimize
import sklearn
from sklearn import metrics
from sklearn.linear_model import LogisticRegression, Ridge, RidgeClassifierCV, RidgeCV

SEED = 58
GOLDENS = Path("Tests/HeadsTests/Goldens")
LOGISTIC_PENALTIES = [10.0, 1.0, 0.01]
RIDGE_PENALTIES = [0.01, 1.0, 100.0]
RIDGE_GRID = [10 ** (exponent / 2) for exponent in range(-6, 7)]


def problem(random, rows, width, shares, spread):
    """Overlapping classes on correlated features whose means are not zero."""
    labels = np.repeat(np.arange(len(shares)), shares)
    random.shuffle(labels)
    centres = random.standard_normal((len(shares), width)) * spread
    mixing = random.standard_normal((width, width)) * (np.arange(1, width + 1) ** -0.7)
    features = (centres[labels] + random.standard_normal((rows, width))) @ mixing + random.standard_normal(width)
    return features.astype("<f4"), labels


def log_softmax(scores):
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def logistic(features, labels, penalty):
    with warnings.catch_warnings():  # at the last bits its line search may give up; the assertion below knows better
        warnings.simplefilter("ignore")
        solver = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-12, max_iter=1000)
        model = solver.fit(features, labels)
    logarithms = log_softmax(features @ model.coef_.T + model.intercept_)
    residuals = np.exp(logarithms) - (labels[:, None] == np.arange(labels.max() + 1))
    gradient = residuals.T @ features + penalty * model.coef_
    assert (gradient**2).sum() / (2 * penalty) < 1e-10, "this is not the optimum"
    losses = -logarithms[np.arange(len(labels)), labels].sum()
    return {
        "penalty": penalty,
        "objective": losses + penalty / 2 * (model.coef_**2).sum(),
        "probabilities": np.exp(logarithms).round(9).tolist(),
    }


def left_out_scores(features, targets, penalty):
    """Each row's scores by a model of all other rows, trained for it: no formula."""
    scores = np.empty_like(targets)
    for row in range(len(targets)):
        others = np.arange(len(targets)) != row
        model = Ridge(alpha=penalty, solver="svd").fit(features[others], targets[others])
        scores[row] = model.predict(features[[row]])[0]
    return scores


def ridge(features, labels, penalty):
    targets = 2.0 * (labels[:, None] == np.arange(labels.max() + 1)) - 1
    scores = left_out_scores(features, targets, penalty)
    stored = RidgeCV(alphas=[penalty], store_cv_results=True).fit(features, targets).cv_results_[:, :, 0]
    assert np.allclose(stored, (scores - targets) ** 2, rtol=1e-6, atol=1e-9)
    model = Ridge(alpha=penalty, solver="svd").fit(features, targets)

    def loss(logarithm):
        return -log_softmax(np.exp(logarithm) * scores)[np.arange(len(labels)), labels].sum()

    best = scipy.optimize.minimize_scalar(loss, bounds=(-7, 7), method="bounded", options={"xatol": 1e-10})
    residuals = targets - model.predict(features)
    return {
        "penalty": penalty,
        "error": stored.mean(),
        "accuracy": (scores.argmax(axis=1) == labels).mean(),
        "objective": (residuals**2).sum() / 2 + penalty / 2 * (model.coef_**2).sum(),
        "weights": model.coef_.tolist(),
        "bias": model.intercept_.tolist(),
        "sharpness": np.exp(best.x),
    }


def measured(random):
    """Metrics of float32 probabilities of classes a, b, c, e on rows of which some are of class d, and none of class e."""
    classes, head = np.array(list("abcd") + ["e"]), [0, 1, 2, 4]
    truth = random.choice(5, 200, p=[0.5, 0.3, 0.1, 0.1, 0])
    scores = random.standard_normal((200, 4)) * 2
    for column, class_ in enumerate(head):
        scores[truth == class_, column] += 2
    scores[0, 0] = 300  # a row whose own class gets a probability of 0
    truth[0] = 1
    probabilities = np.exp(log_softmax(scores)).astype("<f4")
    padded = np.zeros((200, 5), "<f4")
    padded[:, head] = probabilities
    given = padded.argmax(axis=1)
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, given, labels=range(5), zero_division=0)
    return {
        "classes": classes[head].tolist(),
        "labels": classes[truth].tolist(),
        "probabilities": [[float(str(value)) for value in row] for row in probabilities],
        "accuracy": metrics.accuracy_score(truth, given),
        "balanced_accuracy": metrics.balanced_accuracy_score(truth, given),
        "macro_f1": metrics.f1_score(truth, given, average="macro", zero_division=0),
        "log_loss": metrics.log_loss(truth, padded, labels=range(5)),
        "confusion": metrics.confusion_matrix(truth, given, labels=range(5)).tolist(),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "support": support.tolist(),
    }


def archive():
    """One head in two files of the same meaning."""
    classes = ["Zebra", "a\"b\\c\n", "café", "雪"]
    tensors = {
        "weight": np.arange(12, dtype="<f4").reshape(4, 3) / 8 - 1,
        "bias": np.array([0.5, -0.25, 0, 1e-30], "<f4"),
        "sharpness": np.array([2.5], "<f4"),
    }
    compact = {"separators": (",", ":"), "ensure_ascii": False}
    metadata = {
        "format": "firn-head", "format_version": "1", "method": "ridge", "classes": json.dumps(classes, **compact)}
    safetensors.numpy.save_file(tensors, GOLDENS / "head-by-library.safetensors", metadata)
    (GOLDENS / "head-by-library.safetensors").chmod(0o644)

    header, payload = {"__metadata__": metadata}, b""
    for name, values in sorted(tensors.items()):
        places = [len(payload), len(payload) + values.nbytes]
        header[name] = {"data_offsets": places, "dtype": "F32", "shape": list(values.shape)}
        payload += values.tobytes()
    text = json.dumps(header, sort_keys=True, **compact).encode()
    text += b" " * (-len(text) % 8)
    ours = GOLDENS / "head-by-firn.safetensors"
    ours.write_bytes(struct.pack("<Q", len(text)) + text + payload)
    with safetensors.safe_open(ours, "numpy") as file:
        assert file.metadata() == metadata
        assert sorted(file.keys()) == sorted(tensors)
        assert all(np.array_equal(file.get_tensor(name), values) for name, values in tensors.items())


def main():
    random = np.random.default_rng(SEED)
    GOLDENS.mkdir(parents=True, exist_ok=True)
    problems = {
        "tall": problem(random, 300, 20, [160, 80, 40, 15, 5], 0.7),
        "wide": problem(random, 30, 50, [14, 10, 6], 0.5),
    }
    for name, (features, labels) in problems.items():
        (GOLDENS / f"{name}.f32").write_bytes(features.tobytes())
        wide = features.astype(np.float64)
        golden = {
            "made_with": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
            "rows": len(labels),
            "width": features.shape[1],
            "labels": labels.tolist(),
            "logistic": [logistic(wide, labels, penalty) for penalty in LOGISTIC_PENALTIES],
            "ridge": [ridge(wide, labels, penalty) for penalty in RIDGE_PENALTIES],
            "chosen_ridge_penalty": RidgeClassifierCV(alphas=RIDGE_GRID).fit(wide, labels).alpha_,
        }
        (GOLDENS / f"{name}.json").write_text(json.dumps(golden) + "\n")
    golden = {"made_with": {"scikit-learn": sklearn.__version__}} | measured(random)
    (GOLDENS / "metrics.json").write_text(json.dumps(golden) + "\n")
    archive()
    print(f"heads of {len(problems)} problems: {GOLDENS}")


main()
