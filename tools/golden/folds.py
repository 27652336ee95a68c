"""Golden files of grouped folds by scikit-learn: Tests/HeadsTests/Goldens/folds.json.

What is compared is not which rows are in which fold, but what its StratifiedGroupKFold promises: groups stay whole, and classes and
sizes are as even as its greedy search makes them.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.model_selection import StratifiedGroupKFold

SEED = 85
GOLDENS = Path("Tests/HeadsTests/Goldens")


def problem(random, rows, classes, groups, folds, skew, purity):
    """Groups of very different size, whose rows are of the group's favourite class as often as `purity` says."""
    group = random.choice(groups, rows, p=(weights := (np.arange(groups) + 1.0) ** -skew) / weights.sum())
    shares = (np.arange(classes) + 1.0) ** -1.0
    favourite = random.choice(classes, groups, p=shares / shares.sum())
    own = random.choice(classes, rows, p=shares / shares.sum())
    label = np.where(random.random(rows) < purity, favourite[group], own)
    tests = [test for _, test in StratifiedGroupKFold(folds).split(np.zeros(rows), label, group)]
    present = np.unique(label)
    counts = np.array([[np.sum(label[test] == c) for c in present] for test in tests])
    unevenness = (((counts - counts.sum(axis=0) / folds) ** 2) / counts.sum(axis=0)).sum()
    return {"folds": folds, "labels": label.tolist(), "groups": group.tolist(), "unevenness": float(unevenness),
            "sizes": sorted(len(test) for test in tests)}


def main():
    random = np.random.default_rng(SEED)
    problems = [problem(random, *settings) for settings in
                [(400, 3, 60, 5, 0.5, 0.5), (400, 3, 60, 3, 1.0, 0.9), (800, 8, 200, 5, 0.7, 0.3), (300, 2, 25, 4, 0.3, 1.0)]]
    (GOLDENS / "folds.json").write_text(
        json.dumps({"made_with": {"scikit-learn": sklearn.__version__}, "problems": problems}) + "\n")
    print(f"grouped folds: {GOLDENS / 'folds.json'}")


main()
