"""Golden files of the settings of a training, by scikit-learn, SciPy and PyTorch in double precision:
Tests/HeadsTests/Goldens/settings.json: class weights, label smoothing and standardised features.

The problems are those of heads.py, `tall` and `wide`, with the tags of methods.py; run these first. Every objective is the sum of the
rows' losses, as often as they count, and half the penalty times the squares of the weights.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
import torch
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.class_weight import compute_class_weight

SEED = 107
GOLDENS = Path("Tests/HeadsTests/Goldens")
PENALTY = 3.0
SMOOTHING = 0.1
GIVEN = {0: 2.5, 2: 0.25}
SCIKIT_LEARN = {"C": 1 / PENALTY, "solver": "newton-cholesky", "tol": 1e-10, "max_iter": 1000}


def problem(name):
    answers = json.loads((GOLDENS / f"{name}.json").read_text())
    features = np.fromfile(GOLDENS / f"{name}.f32", "<f4").reshape(answers["rows"], answers["width"]).astype(np.float64)
    return features, np.array(answers["labels"]), np.array(json.loads((GOLDENS / "methods.json").read_text())[name]["tags"])


def softmax(scores):
    return torch.softmax(torch.tensor(scores), dim=1).numpy()


def logistic(scores):
    return torch.sigmoid(torch.tensor(scores)).numpy()


def minimum(features, outputs, loss, link):
    """The least loss(scores) + λ/2·‖W‖² of PyTorch's loss, by SciPy, and what the link makes of the scores there."""
    inputs, width = torch.tensor(features), features.shape[1]

    def value(parameters):
        theta = torch.tensor(parameters.reshape(width + 1, outputs), requires_grad=True)
        total = loss(inputs @ theta[:-1] + theta[-1]) + PENALTY / 2 * (theta[:-1] ** 2).sum()
        total.backward()
        return total.item(), theta.grad.numpy().ravel()

    settings = {"maxiter": 20000, "maxfun": 40000, "ftol": 1e-15, "gtol": 1e-9, "maxcor": 50}
    start = np.zeros((width + 1) * outputs)
    found = scipy.optimize.minimize(value, start, jac=True, method="L-BFGS-B", options=settings)
    assert np.abs(found.jac).max() < 1e-4, "this is not the optimum"
    theta = found.x.reshape(width + 1, outputs)
    return {"objective": found.fun, "outputs": link(features @ theta[:-1] + theta[-1]).tolist()}


def class_weights(labels):
    """The row weights that scikit-learn calls balanced, and those that are given."""
    classes = np.arange(labels.max() + 1)
    balanced = compute_class_weight("balanced", classes=classes, y=labels)
    given = np.array([GIVEN.get(label, 1.0) for label in classes])
    return {"balanced": balanced[labels], "given": given[labels]}


def tag_weights(tags):
    balanced = np.column_stack([compute_class_weight("balanced", classes=np.array([0, 1]), y=tag)[tag] for tag in tags.T])
    given = np.array([GIVEN.get(tag, 1.0) for tag in range(tags.shape[1])])
    return {"balanced": balanced, "given": np.where(tags == 1, given, 1.0)}


def scored(model, features, labels, weights):
    """What scikit-learn's logistic regression found, measured by the objective."""
    probabilities = model.predict_proba(features)
    estimator = model.steps[-1][1] if hasattr(model, "steps") else model
    losses = -np.log(probabilities[np.arange(len(labels)), labels])
    return {
        "objective": (weights * losses).sum() + PENALTY / 2 * (estimator.coef_**2).sum(),
        "outputs": probabilities.tolist(),
    }


def scikit_learn_classes(features, labels):
    weights = class_weights(labels)
    given = {label: GIVEN.get(label, 1.0) for label in range(labels.max() + 1)}
    return {
        name: scored(LogisticRegression(class_weight=setting, **SCIKIT_LEARN).fit(features, labels), features, labels, weights[name])
        for name, setting in [("balanced", "balanced"), ("given", given)]}


def weighted_rows(features, labels):
    """Rows that count from 0.25 to 1.75 times, and their classes as often as is given besides."""
    rows = 0.25 + 0.5 * (np.arange(len(labels)) % 4)
    weights = rows * class_weights(labels)["given"]
    model = LogisticRegression(**SCIKIT_LEARN).fit(features, labels, sample_weight=weights)
    truth = 2.0 * (labels[:, None] == np.arange(labels.max() + 1)) - 1
    return {"weights": rows.tolist(), "logistic": scored(model, features, labels, weights), "hinge": hinges(features, truth, rows[:, None])}


def scikit_learn_tags(features, tags):
    model = OneVsRestClassifier(LogisticRegression(class_weight="balanced", **SCIKIT_LEARN)).fit(features, tags)
    probabilities = model.predict_proba(features)
    losses = -np.log(np.where(tags == 1, probabilities, 1 - probabilities))
    squares = sum((estimator.coef_**2).sum() for estimator in model.estimators_)
    return {"objective": (tag_weights(tags)["balanced"] * losses).sum() + PENALTY / 2 * squares, "outputs": probabilities.tolist()}


def pos_weight(features, tags):
    weights = torch.tensor([GIVEN.get(tag, 1.0) for tag in range(tags.shape[1])])
    loss = torch.nn.BCEWithLogitsLoss(reduction="sum", pos_weight=weights)
    return minimum(features, tags.shape[1], lambda scores: loss(scores, torch.tensor(tags, dtype=torch.float64)), logistic)


def hinges(features, truth, weights):
    truth, weights = torch.tensor(truth, dtype=torch.float64), torch.tensor(weights)
    return minimum(features, truth.shape[1], lambda scores: (weights * torch.relu(1 - truth * scores) ** 2).sum(), lambda scores: scores)


def cross_entropy(labels, weights):
    """A row's weight is that of its class, and counts for all of its loss."""
    smoothed = torch.nn.CrossEntropyLoss(reduction="none", label_smoothing=SMOOTHING)
    labels, weights = torch.tensor(labels), torch.tensor(weights)
    return lambda scores, rows=slice(None): (weights[rows] * smoothed(scores, labels[rows])).sum()


def binary_cross_entropy(tags, weights):
    targets, weights = torch.tensor(tags * (1 - SMOOTHING) + SMOOTHING / 2), torch.tensor(weights)
    return lambda scores, rows=slice(None): torch.nn.functional.binary_cross_entropy_with_logits(
        scores, targets[rows], weight=weights[rows], reduction="sum")


def smoothed(features, labels, tags):
    classes, ones = labels.max() + 1, np.ones(len(labels))
    return {
        "classes": minimum(features, classes, cross_entropy(labels, ones), softmax),
        "weighted_classes": minimum(features, classes, cross_entropy(labels, class_weights(labels)["given"]), softmax),
        "tags": minimum(features, tags.shape[1], binary_cross_entropy(tags, np.ones(tags.shape)), logistic),
        "weighted_tags": minimum(features, tags.shape[1], binary_cross_entropy(tags, tag_weights(tags)["balanced"]), logistic),
    }


def standardised(features, labels):
    logistic = make_pipeline(StandardScaler(), LogisticRegression(**SCIKIT_LEARN)).fit(features, labels)
    targets = 2.0 * (labels[:, None] == np.arange(labels.max() + 1)) - 1
    ridge = make_pipeline(StandardScaler(), Ridge(alpha=PENALTY, solver="svd")).fit(features, targets)
    residuals, squares = targets - ridge.predict(features), (ridge.steps[-1][1].coef_ ** 2).sum()
    return {
        "logistic": scored(logistic, features, labels, np.ones(len(labels))),
        "ridge": {"objective": (residuals**2).sum() / 2 + PENALTY / 2 * squares, "outputs": ridge.predict(features).tolist()},
        "centroid": make_pipeline(StandardScaler(), NearestCentroid()).fit(features, labels).predict(features).tolist(),
    }


def perceptron(features, labels, tags):
    """Steps of PyTorch's Adam as in methods.py, of losses that are weighted and smoothed."""
    torch.manual_seed(SEED)
    units, decay, batches = 7, 0.02, [list(range(100)), [0, 3, 5, 8, 13], list(range(50, 250))]
    losses = {"classes": (labels.max() + 1, cross_entropy(labels, class_weights(labels)["balanced"])),
              "tags": (tags.shape[1], binary_cross_entropy(tags, tag_weights(tags)["given"]))}
    inputs, result = torch.tensor(features), {"units": units, "decay": decay, "batches": batches}
    for name, (outputs, loss) in losses.items():
        shapes = [(features.shape[1], units), (units,), (units, outputs), (outputs,)]
        parameters = [(0.3 * torch.randn(shape)).to(torch.float64).requires_grad_() for shape in shapes]
        first = [parameter.detach().ravel().tolist() for parameter in parameters]
        optimiser, means = torch.optim.Adam(parameters, lr=1e-3), []
        for rows in batches:
            optimiser.zero_grad()
            hidden = torch.relu(inputs[rows] @ parameters[0] + parameters[1])
            mean = loss(hidden @ parameters[2] + parameters[3], rows) / len(rows)
            (mean + decay / 2 * ((parameters[0] ** 2).sum() + (parameters[2] ** 2).sum())).backward()
            optimiser.step()
            means.append(mean.item())
        result[name] = {"first": first, "last": [parameter.detach().ravel().tolist() for parameter in parameters], "losses": means}
    return result


def rounded(value):
    """As many digits as a test looks at."""
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return float(f"{value:.10g}") if isinstance(value, float) else value


def main():
    golden = {
        "made_with": {"scikit-learn": sklearn.__version__, "torch": torch.__version__, "scipy": scipy.__version__},
        "penalty": PENALTY, "smoothing": SMOOTHING, "given": {str(name): weight for name, weight in GIVEN.items()}}
    for name in ["tall", "wide"]:
        features, labels, tags = problem(name)
        truth = 2.0 * (labels[:, None] == np.arange(labels.max() + 1)) - 1
        golden[name] = {
            "classes": scikit_learn_classes(features, labels),
            "tags": scikit_learn_tags(features, tags),
            "pos_weight": pos_weight(features, tags),
            "class_hinge": hinges(features, truth, class_weights(labels)["balanced"][:, None]),
            "weighted_rows": weighted_rows(features, labels),
            "tag_hinge": hinges(features, 2.0 * tags - 1, tag_weights(tags)["given"]),
            "smoothed": smoothed(features, labels, tags),
            "standardised": standardised(features, labels),
        }
    golden["perceptron"] = perceptron(*problem("tall"))
    (GOLDENS / "settings.json").write_text(json.dumps(rounded(golden)) + "\n")
    print(f"settings of trainings: {GOLDENS / 'settings.json'}")


main()
