"""Golden files of the other head methods and measures, by scikit-learn, SciPy, PyTorch, torchmetrics and MAPIE in double precision:
Tests/HeadsTests/Goldens/methods.json, conformal.json and measures.json.

The features are those of the problems that heads.py makes, `tall` and `wide`; run that first. Tags and numbers of their rows are drawn here.
"""

import json
from pathlib import Path

import mapie
import numpy as np
import scipy.optimize
import scipy.stats
import sklearn
import torch
import torchmetrics
from mapie.classification import SplitConformalClassifier
from mapie.regression import SplitConformalRegressor
from sklearn import metrics
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.calibration import _sigmoid_calibration
from sklearn.covariance import LedoitWolf, ledoit_wolf
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor, NearestCentroid

SEED = 85
GOLDENS = Path("Tests/HeadsTests/Goldens")
PENALTY = 3.0
TEMPERATURE = 0.07


def problem(name):
    answers = json.loads((GOLDENS / f"{name}.json").read_text())
    features = np.fromfile(GOLDENS / f"{name}.f32", "<f4").reshape(answers["rows"], answers["width"])
    return features, features.astype(np.float64), np.array(answers["labels"])


def tags_and_numbers(random, features):
    """Five tags of very different size, one of them on a single row, and numbers with noise."""
    scores = features @ random.standard_normal((features.shape[1], 4)) + random.standard_normal((len(features), 4))
    thresholds = [np.quantile(scores[:, tag], share) for tag, share in enumerate([0.5, 0.7, 0.85, 0.95])]
    tags = np.column_stack([scores > thresholds, np.arange(len(features)) == 7])
    numbers = 40 + 3 * (features @ random.standard_normal(features.shape[1])) + random.standard_normal(len(features))
    return tags.astype(int), numbers


def softmax(scores):
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def left_out(rows, predict):
    """What `predict` says of each row by all others."""
    return [predict(np.arange(rows) != row, row) for row in range(rows)]


def centroid(features, labels):
    model = NearestCentroid().fit(features, labels)
    common = [row for row in range(len(labels)) if (labels == labels[row]).sum() > 1]
    answers = {row: NearestCentroid().fit(np.delete(features, row, 0), np.delete(labels, row)).predict(features[[row]])[0]
               for row in common}
    return {"answers": model.predict(features).tolist(), "left_out": [int(answers.get(row, -1)) for row in range(len(labels))]}


def lda(features, labels):
    means = np.array([features[labels == label].mean(axis=0) for label in range(labels.max() + 1)])
    covariance, shrinkage = ledoit_wolf(features - means[labels], assume_centered=True)
    density = [scipy.stats.multivariate_normal(mean, covariance, allow_singular=False) for mean in means]
    priors = np.bincount(labels) / len(labels)
    scores = np.column_stack([normal.logpdf(features) for normal in density]) + np.log(priors)
    return {"shrinkage": shrinkage, "probabilities": softmax(scores).tolist()}


def knn(features, labels, tags, numbers, count):
    """scikit-learn's neighbours and votes; the voter for all rows is added here."""
    def weights(distances):
        return np.exp((distances[:, -1:] - distances) / TEMPERATURE)

    settings = {"n_neighbors": count, "metric": "cosine", "algorithm": "brute", "weights": weights}

    def with_prior(model, queries, shares, priors):
        distances, _ = model.kneighbors(queries)
        total = weights(distances).sum(axis=1, keepdims=True)
        return (shares * total + priors) / (total + 1)

    queries = features[:40] + 0.05 * np.roll(features[:40], 1, axis=0)
    classes = KNeighborsClassifier(**settings).fit(features, labels)
    regression = KNeighborsRegressor(**settings).fit(features, np.column_stack([tags, numbers]))
    means = np.column_stack([tags, numbers]).mean(axis=0)
    mixed = with_prior(regression, queries, regression.predict(queries), means)
    return {
        "count": count,
        "queries": queries.astype("<f4").ravel().tolist(),
        "classes": with_prior(classes, queries, classes.predict_proba(queries), np.bincount(labels) / len(labels)).tolist(),
        "tags": mixed[:, :-1].tolist(),
        "numbers": mixed[:, -1].tolist(),
    }


def ridge_left_out(features, targets):
    def predict(others, row):
        return Ridge(alpha=PENALTY, solver="svd").fit(features[others], targets[others]).predict(features[[row]])[0]

    return np.array(left_out(len(features), predict))


def ridge(features, tags, numbers):
    scores = ridge_left_out(features, 2.0 * tags - 1)
    scaled = [_sigmoid_calibration(scores[:, tag], tags[:, tag]) for tag in range(tags.shape[1])]
    model = Ridge(alpha=PENALTY, solver="svd").fit(features, 2.0 * tags - 1)
    regression = Ridge(alpha=PENALTY, solver="svd").fit(features, numbers)
    left = ridge_left_out(features, numbers)
    # 1 / (1 + exp(a·score + b)); a slope that tells the wrong way is ours to set to zero.
    logits = np.column_stack([-(a * model.predict(features)[:, tag] + b) for tag, (a, b) in enumerate(scaled)])
    return {
        "penalty": PENALTY,
        "slopes": [-a for a, _ in scaled],
        "tag_probabilities": (1 / (1 + np.exp(-logits))).tolist(),
        "tag_error": ((scores - (2.0 * tags - 1)) ** 2).mean(),
        "numbers": regression.predict(features).tolist(),
        "number_error": ((left - numbers) ** 2).mean(),
    }


def perceptron(features, labels, tags, numbers):
    """Four steps of PyTorch's Adam on the mean loss, with the penalty as part of the loss, from weights that are drawn here."""
    torch.manual_seed(SEED)
    units, decay, batches = 7, 0.02, [[0, 3, 5, 8, 13], list(range(100)), list(range(50, 250)), [1, 2]]
    losses = {
        "classes": (labels.max() + 1, lambda scores, rows: torch.nn.functional.cross_entropy(scores, torch.tensor(labels[rows]))),
        "tags": (tags.shape[1], lambda scores, rows: torch.nn.functional.binary_cross_entropy_with_logits(
            scores, torch.tensor(tags[rows], dtype=torch.float64), reduction="sum") / len(rows)),
        "numbers": (1, lambda scores, rows: ((scores[:, 0] - torch.tensor(numbers[rows] / 100)) ** 2).mean() / 2),
    }
    inputs, result = torch.tensor(features), {"units": units, "decay": decay, "batches": batches}
    for name, (outputs, loss) in losses.items():
        shapes = [(features.shape[1], units), (units,), (units, outputs), (outputs,)]
        parameters = [(0.3 * torch.randn(shape)).to(torch.float64).requires_grad_() for shape in shapes]
        first = [parameter.detach().ravel().tolist() for parameter in parameters]
        optimiser, objectives = torch.optim.Adam(parameters, lr=1e-3), []
        for rows in batches:
            optimiser.zero_grad()
            hidden = torch.relu(inputs[rows] @ parameters[0] + parameters[1])
            mean = loss(hidden @ parameters[2] + parameters[3], rows)
            (mean + decay / 2 * ((parameters[0] ** 2).sum() + (parameters[2] ** 2).sum())).backward()
            optimiser.step()
            objectives.append(mean.item())
        result[name] = {"first": first, "last": [parameter.detach().ravel().tolist() for parameter in parameters],
                        "losses": objectives}
    return result


def squared_hinge(features, truth):
    """The minimum of Σ max(0, 1 − y·s)² + λ/2·‖w‖², intercept free, for one column of ±1; LinearSVC penalises its intercept."""
    def value(parameters):
        slack = np.maximum(0, 1 - truth * (features @ parameters[:-1] + parameters[-1]))
        slopes = -2 * slack * truth
        gradient = np.append(features.T @ slopes + PENALTY * parameters[:-1], slopes.sum())
        return (slack**2).sum() + PENALTY / 2 * (parameters[:-1] ** 2).sum(), gradient

    settings = {"maxiter": 20000, "maxfun": 40000, "ftol": 1e-15, "gtol": 1e-9}
    found = scipy.optimize.minimize(value, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B", options=settings)
    assert np.abs(found.jac).max() < 1e-4, "this is not the optimum"
    return found.fun, features @ found.x[:-1] + found.x[-1]


def tag_logistic(features, there):
    model = LogisticRegression(C=1 / PENALTY, solver="newton-cholesky", tol=1e-10, max_iter=1000).fit(features, there)
    probabilities = model.predict_proba(features)[:, 1]
    losses = -np.log(np.where(there == 1, probabilities, 1 - probabilities)).sum()
    return losses + PENALTY / 2 * (model.coef_**2).sum(), probabilities


def convex(features, labels, tags):
    classes = [squared_hinge(features, 2.0 * (labels == label) - 1) for label in range(labels.max() + 1)]
    hinges = [squared_hinge(features, 2.0 * column - 1) for column in tags.T]
    logistics = [tag_logistic(features, column) for column in tags.T]
    return {
        "penalty": PENALTY,
        "class_hinge": sum(value for value, _ in classes),
        "class_scores": np.column_stack([scores for _, scores in classes]).tolist(),
        "tag_hinge": sum(value for value, _ in hinges),
        "tag_logistic": sum(value for value, _ in logistics),
        "tag_probabilities": np.column_stack([probabilities for _, probabilities in logistics]).tolist(),
    }


def rounded(values):
    return [[float(str(value)) for value in row] for row in values.astype("<f4")]


def tag_measures(random):
    truth = (random.random((120, 4)) < [0.5, 0.2, 0.05, 0]).astype(int)
    probabilities = 1 / (1 + np.exp(-(2.5 * truth - 1.5 + random.standard_normal((120, 4)))))
    probabilities = (probabilities * 200).round() / 200  # ties
    probabilities = probabilities.clip(0.005, 0.995).astype("<f4").astype(np.float64)
    given = (probabilities > 0.5).astype(int)
    there = [0, 1, 2]
    return {
        "tags": ["a", "b", "c", "d"],
        "truth": truth.tolist(),
        "probabilities": rounded(probabilities),
        "micro_f1": metrics.f1_score(truth, given, average="micro"),
        "macro_f1": metrics.f1_score(truth, given, average="macro", zero_division=0) * 4 / (4 if given[:, 3].any() else 3),
        "exact_matches": metrics.accuracy_score(truth, given),
        "average_precision": metrics.average_precision_score(truth[:, there], probabilities[:, there], average="macro"),
        "roc_auc": metrics.roc_auc_score(truth[:, there], probabilities[:, there], average="macro"),
        "log_loss": metrics.log_loss(truth.ravel(), probabilities.ravel()),
        "brier": metrics.brier_score_loss(truth.ravel(), probabilities.ravel()),
        "calibration_error": ece_of_positive(truth, probabilities),
        "per_tag": [
            {"average_precision": metrics.average_precision_score(truth[:, tag], probabilities[:, tag]),
             "roc_auc": metrics.roc_auc_score(truth[:, tag], probabilities[:, tag]),
             "precision": metrics.precision_score(truth[:, tag], given[:, tag], zero_division=0),
             "recall": metrics.recall_score(truth[:, tag], given[:, tag], zero_division=0)}
            for tag in there],
    }


def ece_of_positive(truth, probabilities):
    """torchmetrics' binary error is that of the probability of the positive answer."""
    measure = torchmetrics.classification.BinaryCalibrationError(n_bins=15, norm="l1")
    return measure(torch.tensor(probabilities.ravel()), torch.tensor(truth.ravel())).item()


def class_measures(random):
    truth = random.choice(4, 150)
    probabilities = softmax(1.5 * random.standard_normal((150, 4)) + 1.5 * np.eye(4)[truth]).astype("<f4").astype(np.float64)
    measure = torchmetrics.classification.MulticlassCalibrationError(num_classes=4, n_bins=15, norm="l1")
    accuracy = (probabilities.argmax(axis=1) == truth).mean()
    return {
        "truth": truth.tolist(),
        "probabilities": rounded(probabilities),
        # What resampling with replacement makes of an accuracy is binomial.
        "accuracy_interval": (scipy.stats.binom.ppf([0.025, 0.975], 150, accuracy) / 150).tolist(),
        "brier": metrics.brier_score_loss(truth, probabilities, scale_by_half=False),
        "calibration_error": measure(torch.tensor(probabilities), torch.tensor(truth)).item(),
    }


def number_measures(random):
    truth = 50 + 10 * random.standard_normal(90)
    given = (truth + 4 * random.standard_normal(90)).astype("<f4").astype(np.float64)
    return {
        "truth": truth.tolist(),
        "given": [float(str(value)) for value in given.astype("<f4")],
        "r2": metrics.r2_score(truth, given),
        "mae": metrics.mean_absolute_error(truth, given),
        "rmse": metrics.root_mean_squared_error(truth, given),
    }


class Said(ClassifierMixin, RegressorMixin, BaseEstimator):
    """A fitted model that says what stands in its features."""

    def __init__(self, classes=2):
        self.classes = classes
        self.classes_ = np.arange(classes)
        self.is_fitted_ = True

    def fit(self, features, labels):
        return self

    def predict_proba(self, features):
        return features

    def predict(self, features):
        return features[:, 0]


class Chosen(Said):
    def predict(self, features):
        return features.argmax(axis=1)


def conformal(random):
    truth = random.choice(4, 140)
    probabilities = softmax(2 * random.standard_normal((140, 4)) + 1.5 * np.eye(4)[truth]).astype("<f4").astype(np.float64)
    numbers = 10 * random.standard_normal(140)
    given = (numbers + random.standard_normal(140)).astype("<f4").astype(np.float64)
    known, new = slice(0, 97), slice(97, 140)
    result = {"known": 97, "truth": truth.tolist(), "probabilities": rounded(probabilities), "numbers": numbers.tolist(),
              "given": [float(str(value)) for value in given.astype("<f4")], "coverages": []}
    for coverage in [0.5, 0.8, 0.9, 0.97]:
        classes = SplitConformalClassifier(Chosen(4), confidence_level=coverage, conformity_score="lac", prefit=True)
        sets = classes.conformalize(probabilities[known], truth[known]).predict_set(probabilities[new])[1][:, :, 0]
        interval = SplitConformalRegressor(Said(), confidence_level=coverage, prefit=True)
        bounds = interval.conformalize(given[known, None], numbers[known]).predict_interval(given[new, None])[1][:, :, 0]
        result["coverages"].append({
            "coverage": coverage,
            "sets": [sorted(np.flatnonzero(row).tolist()) for row in sets],
            "half_width": (bounds[:, 1] - bounds[:, 0]).mean() / 2})
    return result


def novelty(features, labels):
    """Squared distances of rows moved a little to the nearest class's mean."""
    means = np.array([features[labels == label].mean(axis=0) for label in range(labels.max() + 1)])
    model = LedoitWolf(assume_centered=True).fit(features - means[labels])
    queries = (features[:30] * 1.5 + 0.2).astype("<f4").astype(np.float64)
    distances = np.column_stack([model.mahalanobis(queries - mean) for mean in means]).min(axis=1)
    return {"queries": queries.astype("<f4").ravel().tolist(), "distances": distances.tolist()}


def main():
    random = np.random.default_rng(SEED)
    golden = {"made_with": {"scikit-learn": sklearn.__version__, "torch": torch.__version__, "scipy": scipy.__version__}}
    for name in ["tall", "wide"]:
        _, features, labels = problem(name)
        tags, numbers = tags_and_numbers(random, features)
        golden[name] = {
            "tags": tags.tolist(),
            "numbers": numbers.tolist(),
            "centroid": centroid(features, labels),
            "lda": lda(features, labels),
            "knn": knn(features, labels, tags, numbers, 5),
            "ridge": ridge(features, tags, numbers),
            "novelty": novelty(features, labels),
            "convex": convex(features, labels, tags),
        }
    _, features, labels = problem("tall")
    tags, numbers = np.array(golden["tall"]["tags"]), np.array(golden["tall"]["numbers"])
    golden["perceptron"] = perceptron(features, labels, tags, numbers)
    (GOLDENS / "methods.json").write_text(json.dumps(golden) + "\n")
    golden = {"made_with": {"mapie": mapie.__version__}} | conformal(random)
    (GOLDENS / "conformal.json").write_text(json.dumps(golden) + "\n")
    measures = {
        "made_with": {"scikit-learn": sklearn.__version__, "torchmetrics": torchmetrics.__version__},
        "classes": class_measures(random),
        "tags": tag_measures(random),
        "numbers": number_measures(random),
        "mcnemar": [{"first": first, "second": second, "p": scipy.stats.binomtest(first, first + second).pvalue}
                    for first, second in [(1, 0), (3, 9), (12, 12), (40, 61), (1500, 1320), (0, 900)]],
    }
    (GOLDENS / "measures.json").write_text(json.dumps(measures) + "\n")
    print(f"head methods and measures: {GOLDENS}")


main()
