"""Golden files of clusters and of groups of similar rows: Tests/SearchTests/Goldens/clustering.json.

k-means by scikit-learn's KMeans from given centres, with tolerance 0: its labels, the largest cluster first, its inertia and the silhouettes
that scikit-learn finds of them. One problem begins with centres that no row is nearest to. Groups by SciPy's connected components of the
pairs of the rows of vectors.f32 whose cosine, by NumPy in double precision, reaches a threshold.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.sparse.csgraph import connected_components
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples, silhouette_score

SEED = 58
GOLDENS = Path("Tests/SearchTests/Goldens")


def largest_first(labels, count):
    order = sorted(range(count), key=lambda c: (-np.sum(labels == c), np.argmax(labels == c)))
    return np.argsort(order)[labels], order


def clusters(random, rows, width, count, spread, lost=0):
    middles = random.standard_normal((count, width)) * 2
    x = (middles[random.integers(0, count, rows)] + spread * random.standard_normal((rows, width))).astype("<f4")
    centres = x[random.choice(rows, count, replace=False)].copy()
    centres[:lost] += 1000 * (1 + np.arange(lost, dtype="f4"))[:, None]
    found = KMeans(count, init=centres, n_init=1, tol=0, max_iter=300, algorithm="lloyd").fit(x.astype(float))
    distances = found.transform(x.astype(float))
    nearest_two = np.sort(distances, axis=1)[:, :2]
    assert np.diff(nearest_two, axis=1).min() > 1e-5, "two centres too close to tell apart in float32: take another seed"
    labels, order = largest_first(found.labels_, count)
    return {
        "vectors": x.astype(float).tolist(), "centres": centres.astype(float).tolist(), "labels": labels.tolist(),
        "means": found.cluster_centers_[order].tolist(), "inertia": found.inertia_,
        "nearest": [int(np.where(labels == c, distances[:, order[c]], np.inf).argmin()) for c in range(count)],
        "silhouettes": silhouette_samples(x.astype(float), labels).tolist(),
        "silhouette": float(silhouette_score(x.astype(float), labels))}


def groups(threshold):
    rows = np.frombuffer((GOLDENS / "vectors.f32").read_bytes(), "<f4").reshape(500, -1).astype(float)
    cosines = (rows @ rows.T) / np.sqrt(np.outer((rows * rows).sum(1), (rows * rows).sum(1)))
    assert np.abs(cosines - threshold).min() > 1e-9, "a cosine too close to the threshold: take another"
    count, labels = connected_components(cosines >= threshold, directed=False)
    found = [np.flatnonzero(labels == c).tolist() for c in range(count)]
    return {"threshold": threshold, "groups": sorted(group for group in found if len(group) > 1)}


def main():
    random = np.random.default_rng(SEED)
    golden = {
        "made_with": {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "scipy": scipy.__version__},
        "clusters": [clusters(random, 300, 5, 4, 1.2), clusters(random, 240, 11, 9, 1.5), clusters(random, 120, 3, 6, 1.0, lost=2)],
        "similar": [groups(threshold) for threshold in (0.55, 0.7, 0.99)]}
    (GOLDENS / "clustering.json").write_text(json.dumps(golden) + "\n")
    print(f"clusters and groups: {GOLDENS / 'clustering.json'}")


main()
