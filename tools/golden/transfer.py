"""Golden files of the measures of transfer, by scikit-learn and SciPy in double precision: Tests/TransferTests/Goldens.

Two sets of rows of one kind of features, the second shifted and stretched, with classes; and the answers of a head for another task.
`wide` has fewer rows than features. Tasks of each kind on the same rows, what they tell of each other, and weights of linear heads. And what
the tests of drift find of answers, numbers and distances.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import scipy.linalg
import scipy.optimize
import scipy.special
import scipy.stats
import sklearn
from sklearn.covariance import ledoit_wolf
from sklearn.linear_model import BayesianRidge, Ridge, RidgeCV
from sklearn.metrics import mutual_info_score, r2_score
from sklearn.metrics.pairwise import paired_cosine_distances, rbf_kernel

SEED = 7
GOLDENS = Path("Tests/TransferTests/Goldens")
GAMMA = 0.05
PENALTY = 0.7
PENALTIES = [0.1, 3.0, 90.0]
AXES = 3


def sets(random, rows, width, classes):
    centres = random.standard_normal((classes, width))
    labels = random.integers(classes, size=rows)
    source = (centres[labels] + 1.5 * random.standard_normal((rows, width))).astype("<f4")
    stretch = np.linspace(0.5, 1.5, width)
    target = (centres[random.integers(classes, size=rows - 4)] * stretch + random.standard_normal((rows - 4, width)) + 0.3).astype("<f4")
    return source, labels, target


def log_evidence(features, labels):
    """The maximum evidence of each class's ones and zeros, a mean for one row."""
    values = []
    for label in np.unique(labels):
        model = BayesianRidge(
            fit_intercept=False, alpha_1=0, alpha_2=0, lambda_1=0, lambda_2=0, compute_score=True, tol=1e-14, max_iter=100_000)
        model.fit(features, (labels == label).astype(float))
        values.append(model.scores_[-1] / len(labels))
    return float(np.mean(values))


def h_scores(features, labels):
    centred = features - features.mean(axis=0)
    means = np.stack([centred[labels == label].mean(axis=0) for label in labels])
    within, between = centred.T @ centred / len(centred), means.T @ means / len(centred)
    shrunk, share = ledoit_wolf(centred, assume_centered=True)
    return {
        "plain": float(np.trace(np.linalg.pinv(within, rcond=1e-10, hermitian=True) @ between)),
        "shrinkage": float(share),
        "shrunk": float((1 - share) * np.trace(np.linalg.solve(shrunk, between)))}


def agreement(random, labels, answers):
    scores = random.standard_normal((len(labels), answers)) + np.eye(answers)[labels % answers] * 2
    theta = scipy.special.softmax(scores, axis=1).astype("<f4")
    classes = labels.max() + 1
    exact = theta.astype(float)
    joint = np.stack([exact[labels == label].sum(axis=0) for label in range(classes)]) / len(labels)
    conditional = joint / joint.sum(axis=0)
    hard = exact.argmax(axis=1)
    table = np.array([[np.mean((labels == label) & (hard == answer)) for answer in range(answers)] for label in range(classes)])
    entropy = scipy.stats.entropy(table.ravel()) - scipy.stats.entropy(table.sum(axis=0))
    return {
        "probabilities": theta.tolist(), "leep": float(np.mean(np.log(np.einsum("nz,nz->n", conditional[labels], exact)))),
        "nce": float(-entropy)}


def discrepancy(source, target):
    own, other, mixed = (rbf_kernel(*pair, gamma=GAMMA) for pair in [(source, source), (target, target), (source, target)])
    m, n = len(source), len(target)
    return float(
        (own.sum() - np.trace(own)) / (m * (m - 1)) + (other.sum() - np.trace(other)) / (n * (n - 1)) - 2 * mixed.mean())


def covariance_gap(source, target):
    one, other = np.cov(source.T), np.cov(target.T)
    root = scipy.linalg.sqrtm(one @ other).real
    shift = source.mean(axis=0) - target.mean(axis=0)
    return {
        "coral": float(((one - other) ** 2).sum() / (4 * source.shape[1] ** 2)),
        "frechet": float(shift @ shift + np.trace(one + other - 2 * root))}


def label_shift(random, labels, classes):
    """Answers that are right four times in five, and others' from classes of other shares."""
    def answers(of):
        return np.where(random.random(len(of)) < 0.8, of, random.integers(classes, size=len(of)))
    shares = np.arange(1, classes + 1) / (classes * (classes + 1) / 2)
    given, others = answers(labels), answers(random.choice(classes, size=300, p=shares))
    confusion = np.array([[np.mean((given == i) & (labels == j)) for j in range(classes)] for i in range(classes)])
    raw = np.linalg.solve(confusion, np.bincount(others, minlength=classes) / len(others))
    weights = np.maximum(0, raw)
    estimated = weights * np.bincount(labels, minlength=classes)
    return {
        "answers": given.tolist(), "unlabelled": others.tolist(), "weights": weights.tolist(),
        "shares": (estimated / estimated.sum()).tolist(), "condition": float(np.linalg.cond(confusion)),
        "accuracy": float(estimated / estimated.sum() @ [np.mean(given[labels == j] == j) for j in range(classes)])}


def reweighted(random, source, labels, classes):
    """Weights of the source's rows by a ratio of densities, and the shares of classes that make probabilities likeliest."""
    coefficients = random.standard_normal(source.shape[1]).astype("<f4")
    ratios = np.exp(source @ coefficients.astype(float) + 0.25)
    weights = np.maximum(ratios, 1e-6 * ratios.max())
    weights /= weights.mean()
    shares = np.bincount(labels, minlength=classes) / len(labels)
    truth = random.choice(classes, size=200, p=np.arange(1, classes + 1) / (classes * (classes + 1) / 2))
    scores = 1.5 * np.eye(classes)[truth] + random.standard_normal((200, classes)) + np.log(shares)
    probabilities = scipy.special.softmax(scores, axis=1).astype("<f4")
    exact = probabilities.astype(float)

    def loss(free):
        return -np.log(exact @ (scipy.special.softmax(np.append(free, 0)) / shares)).mean()
    found = scipy.optimize.minimize(loss, np.zeros(classes - 1), method="BFGS", options={"gtol": 1e-12})
    likeliest = scipy.special.softmax(np.append(found.x, 0))
    return {
        "coefficients": coefficients.tolist(), "intercept": 0.25, "weights": weights.tolist(),
        "effective_rows": float(weights.sum() ** 2 / (weights**2).sum()), "probabilities": probabilities.tolist(),
        "learnt": shares.tolist(), "shares": likeliest.tolist()}


def power(matrix, exponent):
    values, vectors = np.linalg.eigh(matrix)
    return vectors * values**exponent @ vectors.T


def aligned(source, target, penalty, axes):
    """The source's rows where the target's lie."""
    one, other = np.cov(source.T), np.cov(target.T)
    eye = penalty * np.eye(len(one))
    own, others = (scipy.linalg.eigh(each)[1][:, ::-1][:, :axes] for each in (one, other))
    centred = source - source.mean(axis=0)
    return {
        "coral": (source @ power(one + eye, -0.5) @ power(other + eye, 0.5)).tolist(),
        "moments": (centred / source.std(axis=0, ddof=1) * target.std(axis=0, ddof=1) + target.mean(axis=0)).tolist(),
        "subspace": (centred @ own @ own.T @ others @ others.T + target.mean(axis=0)).tolist()}


def stitched(random, source):
    """The source's rows in another space, of as many dimensions and of fewer."""
    width = source.shape[1]
    spaces = {
        "same": source @ scipy.stats.ortho_group.rvs(width, random_state=SEED) + 0.1 * random.standard_normal(source.shape),
        "fewer": (source @ random.standard_normal((width, width - 5)) + 1)}
    found = {}
    for name, space in spaces.items():
        space = space.astype("<f4").astype(float)
        centred, mean = source - source.mean(axis=0), space.mean(axis=0)
        left, _, right = np.linalg.svd(centred.T @ (space - mean), full_matrices=False)
        ridge = Ridge(alpha=PENALTY, solver="cholesky").fit(source, space).predict(source)
        left_out = RidgeCV(alphas=PENALTIES, store_cv_results=True).fit(source, space)
        found[name] = {
            "space": space.tolist(), "procrustes": (centred @ left @ right + mean).tolist(), "ridge": ridge.tolist(),
            "explained": r2_score(space, ridge, multioutput="variance_weighted"),
            "cosine": float(1 - paired_cosine_distances(space, ridge).mean()),
            "left_out": left_out.cv_results_.sum(axis=(0, 1)).tolist()}
    return found


def exact(first, second, statistic):
    """The p-value over all permutations."""
    found = scipy.stats.permutation_test(
        (first, second), statistic, permutation_type="independent", alternative="greater", n_resamples=np.inf, vectorized=False)
    return float(found.pvalue)


def answer_shift(first, second, classes):
    """Pearson's test of two samples of classes."""
    def statistic(one, other):
        table = np.array([np.bincount(side.astype(int), minlength=classes) for side in (one, other)])
        return scipy.stats.chi2_contingency(table[:, table.sum(axis=0) > 0], correction=False).statistic
    found = {"reference": first.tolist(), "new": second.tolist(), "classes": classes, "statistic": float(statistic(first, second))}
    return found | ({"p_value": exact(first, second, statistic)} if len(first) + len(second) < 20 else {})


def number_shift(first, second):
    """Kolmogorov and Smirnov's test of two samples."""
    def statistic(one, other):
        return scipy.stats.ks_2samp(one, other).statistic
    found = {"reference": first.tolist(), "new": second.tolist(), "distance": float(statistic(first, second))}
    return found | ({"p_value": exact(first, second, statistic)} if len(first) + len(second) < 20 else {})


def exceedance(first, second, place):
    """How many of the second come before the first's `place`-th greatest."""
    threshold = np.sort(first)[-place]
    beyond = int((second > threshold).sum())
    found = scipy.stats.nhypergeom(len(first) + len(second), len(second), place)
    return {
        "reference": first.tolist(), "new": second.tolist(), "threshold": float(threshold),
        "p_value": float(found.pmf(np.arange(beyond, len(second) + 1)).sum())}


def calibration(random):
    """Confidences of answers, and whether they are right; others' confidences."""
    known, right, others = random.random(60), random.random(60) < 0.6, random.random(25)
    return {
        "is_right": right.tolist(), "confidences": known.tolist(), "new": others.tolist(),
        "accuracy": float(others.mean() - known.mean() + right.mean())}


def drift(random):
    holm = random.random(6) ** 3
    order = np.argsort(holm)
    adjusted = np.maximum.accumulate(np.minimum(1, (6 - np.arange(6)) * holm[order]))
    return {
        "answers": [
            answer_shift(random.integers(3, size=7), random.choice(3, size=6, p=[0.1, 0.1, 0.8]), 3),
            answer_shift(random.integers(6, size=300), random.choice(6, size=200, p=[0.3, 0.2, 0.2, 0.2, 0.1, 0]), 7)],
        "numbers": [
            number_shift(random.integers(8, size=7).astype(float), random.integers(8, size=6) + 3.0),
            number_shift(random.standard_normal(150), random.standard_normal(90) + 0.2)],
        "exceedances": [
            exceedance(random.standard_normal(100), random.standard_normal(80), 5),
            exceedance(random.standard_normal(400), random.standard_normal(900) * 1.2, 20),
            exceedance(random.standard_normal(9), random.standard_normal(5) + 2, 1)],
        "calibration": calibration(random),
        "holm": {"p_values": holm.tolist(), "adjusted": adjusted[np.argsort(order)].tolist()}}


def leep(theta, labels):
    """The mean logarithm of what the answers are expected to give each row's label."""
    joint = np.stack([theta[labels == label].sum(axis=0) for label in range(labels.max() + 1)])
    return float(np.mean(np.log(np.einsum("nz,nz->n", (joint / joint.sum(axis=0))[labels], theta))))


def tasks(random):
    """Classes, tags and numbers that have to do with each other, what a head says of them, and what each tells of another."""
    rows = 90
    classes = random.integers(4, size=rows)
    tags = (random.random((rows, 5)) < np.array([0.1, 0.3, 0.5, 0.2, 0.4]) + 0.1 * (classes[:, None] == np.arange(5))).astype(int)
    tags[:3] = 0
    numbers = np.round(classes + random.standard_normal(rows), 1)
    theta = scipy.special.softmax(random.standard_normal((rows, 4)) + 2 * np.eye(4)[classes], axis=1).astype("<f4")
    chances = np.clip(tags * 0.6 + 0.3 * random.random((rows, 5)), 0, 1).astype("<f4")
    cuts = np.sort(numbers)[np.arange(1, 5) * rows // 5]
    fifths = np.searchsorted(cuts, numbers, side="right")

    def shared(chances):
        """Each tag's part of a row, and the part of there being none."""
        none, total = np.prod(1 - chances, axis=1), chances.sum(axis=1)
        parts = chances * np.divide(1 - none, total, out=np.zeros(rows), where=total > 0)[:, None]
        return np.column_stack([parts, none])

    def entropy(labels):
        return float(scipy.stats.entropy(np.bincount(labels)))

    def told(labels):
        """By the labels of each other task, by the head for classes and the head for tags."""
        return {
            "entropy": entropy(labels), "by_classes": float(mutual_info_score(classes, labels) - entropy(labels)),
            "by_fifths": float(mutual_info_score(fifths, labels) - entropy(labels)),
            "by_tags": leep(shared(tags.astype(float)), labels), "by_class_head": leep(theta.astype(float), labels),
            "by_tag_head": leep(shared(chances.astype(float)), labels)}

    each = [told(column) for column in tags.T]
    return {
        "classes": classes.tolist(), "tags": [np.flatnonzero(row).tolist() for row in tags], "numbers": numbers.tolist(),
        "fifths": fifths.tolist(), "class_head": theta.tolist(), "tag_head": chances.tolist(), "told_classes": told(classes),
        "told_fifths": told(fifths), "told_tags": {key: sum(tag[key] for tag in each) for key in each[0]}}


def subspaces(random):
    """Weights of linear heads of classes, which are compared, and of tags, one of which is the sum of two others."""
    classes, tags = random.standard_normal((4, 9)), random.standard_normal((5, 9))
    tags[4], tags[0] = tags[1] + tags[2], classes[0] - classes[1]
    spaces = [scipy.linalg.orth((classes - classes.mean(axis=0)).T), scipy.linalg.orth(tags.T)]
    cosines = np.cos(scipy.linalg.subspace_angles(*spaces))
    return {
        "classes": classes.tolist(), "tags": tags.tolist(), "ranks": [space.shape[1] for space in spaces],
        "similarity": float(np.mean(cosines ** 2))}


def main():
    GOLDENS.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(SEED)
    problems = {}
    for name, rows, width, classes in [("tall", 120, 12, 4), ("wide", 24, 30, 3)]:
        source, labels, target = sets(random, rows, width, classes)
        (GOLDENS / f"{name}-source.f32").write_bytes(source.tobytes())
        (GOLDENS / f"{name}-target.f32").write_bytes(target.tobytes())
        exact, other = source.astype(float), target.astype(float)
        problems[name] = {
            "rows": rows, "target_rows": len(target), "width": width, "classes": classes, "labels": labels.tolist(),
            "log_evidence": log_evidence(exact, labels), "h_score": h_scores(exact, labels),
            "agreement": agreement(random, labels, 3), "gamma": GAMMA, "mmd": discrepancy(exact, other),
            "covariance_gap": covariance_gap(exact, other), "label_shift": label_shift(random, labels, classes)}
        problems[name]["reweighted"] = reweighted(np.random.default_rng(SEED + 1), exact, labels, classes)
        if name == "tall":
            few = exact[:30]
            maps = {"penalty": PENALTY, "penalties": PENALTIES, "axes": AXES, "aligned": aligned(few, other, PENALTY, AXES), "stitched": stitched(random, few)}
    made = {"made_with": {"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__}, "seed": SEED}
    (GOLDENS / "drift.json").write_text(json.dumps(made | drift(np.random.default_rng(SEED))) + "\n")
    (GOLDENS / "maps.json").write_text(json.dumps(made | maps) + "\n")
    (GOLDENS / "measures.json").write_text(json.dumps(made | {"problems": problems}, indent=1) + "\n")
    related = {"tasks": tasks(random), "subspaces": subspaces(random)}
    (GOLDENS / "tasks.json").write_text(json.dumps(made | related) + "\n")
    print(f"{len(problems)} problems: {GOLDENS}")


if __name__ == "__main__":
    main()
