"""Golden files of exact search, by NumPy in double precision: Tests/SearchTests/Goldens.

500 vectors of 24 numbers, as float32. Some are equal to others, bit for bit, and some are others times a power of two, so that
their cosines are equal too: of equals, the lowest row comes first. Cosines that are not equal differ by more than
float32 arithmetic can confuse; the script makes sure of it.

metrics.json holds the same queries' answers by each metric, from SciPy and scikit-learn in double precision, and what lies within a
radius; diverse.json what maximal marginal relevance chooses among fifty, by the formula of Carbonell and Goldstein (SIGIR 1998)
written down over whole matrices of likenesses.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.spatial.distance import cdist
from sklearn.metrics.pairwise import linear_kernel
from sklearn.neighbors import NearestNeighbors

SEED, ROWS, WIDTH, QUERIES, K = 500, 500, 24, 20, 10
GOLDENS = Path("Tests/SearchTests/Goldens")


def vectors(random):
    rows = random.standard_normal((ROWS, WIDTH)).astype("<f4")
    rows[100:115] = rows[7]  # more equals than neighbours are asked for
    rows[[200, 300, 400]] = rows[50]
    rows[450:460] = rows[20:30] * np.float32(4)
    rows[460:470] = rows[20:30] * np.float32(0.125)
    return rows


def queries(rows, random):
    found = random.standard_normal((QUERIES, WIDTH)).astype("<f4")
    found[0] = rows[7]
    found[1] = rows[50]
    found[2] = rows[20] * np.float32(-2)  # its own row comes last
    found[3:8] = rows[21:26] + np.float32(0.1) * found[3:8]
    return found


def cosines(rows, query):
    rows, query = rows.astype(np.float64), query.astype(np.float64)
    # Summed row by row in one order, so that equal rows give equal bits; a matrix product does not promise that.
    dots = (rows * query).sum(axis=1)
    return dots / np.sqrt((rows * rows).sum(axis=1) * (query * query).sum())


def euclidean(rows, others):
    return -cdist(rows, others, "euclidean")


def cosine(rows, others):
    return np.array([cosines(others, row) for row in rows])


METRICS = {"cosine": cosine, "inner-product": linear_kernel, "euclidean": euclidean}


def ranked(scores, count):
    """The best by score, of equals the first; scores that are not equal are farther apart than the rounding of doubles."""
    order = np.lexsort((np.arange(len(scores)), -scores))
    gaps = -np.diff(scores[order[: count + 1]])
    assert np.all((gaps == 0) | (gaps > 1e-9)), "two scores too close to tell apart: take another seed"
    return order[:count]


def by_metric(rows, asked):
    rows, asked = rows.astype(np.float64), asked.astype(np.float64)
    answers = {}
    for metric, score in METRICS.items():
        scores = score(asked, rows)
        # A product of matrices may sum equal rows in different orders.
        scores = np.round(scores, 12) if metric == "inner-product" else scores
        orders = [ranked(line, K) for line in scores]
        answers[metric] = [
            {"ids": order.tolist(), "scores": line[order].tolist()} for order, line in zip(orders, scores)
        ]
    radius = 5.5
    found = NearestNeighbors(radius=radius, algorithm="brute").fit(rows).radius_neighbors(asked, return_distance=False)
    within = {"radius": radius, "ids": [sorted(ids.tolist()) for ids in found]}
    return {"made_with": {"scipy": scipy.__version__, "scikit-learn": sklearn.__version__}, "answers": answers, "within": within}


def marginal_relevance(near, alike, weight, count):
    chosen = []
    while len(chosen) < count:
        rest = [i for i in range(len(near)) if i not in chosen]
        worth = np.array([weight * near[i] - (1 - weight) * max((alike[i, j] for j in chosen), default=0.0) for i in rest])
        others = np.sort(worth)[::-1]
        gap = others[0] - others[1]
        assert gap == 0 or gap > 1e-9, "two candidates too close to tell apart: take another seed"
        chosen.append(rest[int(np.argmax(worth))])
    return chosen


def diverse(rows, asked):
    rows, asked = rows.astype(np.float64), asked.astype(np.float64)
    answers = []
    for metric, score in METRICS.items():
        for query in (0, 3, 9, 15):
            scores = score(asked[query : query + 1], rows)[0]
            pool = ranked(scores, 50)
            for weight in (0, 0.3, 0.5, 0.8, 1):
                near, alike = np.round(scores[pool], 12), np.round(score(rows[pool], rows[pool]), 12)
                chosen = marginal_relevance(near, alike, weight, K)
                answers.append({"metric": metric, "query": query, "relevance": weight, "ids": pool[chosen].tolist()})
    return {"made_with": {"scipy": scipy.__version__, "scikit-learn": sklearn.__version__}, "k": K, "answers": answers}


def main():
    random = np.random.default_rng(SEED)
    rows = vectors(random)
    asked = queries(rows, random)
    answers = []
    for query in asked:
        scores = cosines(rows, query)
        order = np.lexsort((np.arange(ROWS), -scores))
        gaps = -np.diff(scores[order[: K + 1]])
        assert np.all((gaps == 0) | (gaps > 2e-6)), "two cosines too close to tell apart in float32: take another seed"
        answers.append({"ids": order[:K].tolist(), "scores": scores[order[:K]].tolist()})

    GOLDENS.mkdir(parents=True, exist_ok=True)
    (GOLDENS / "vectors.f32").write_bytes(rows.tobytes())
    (GOLDENS / "queries.f32").write_bytes(asked.tobytes())
    index = {"made_with": {"numpy": np.__version__}, "seed": SEED, "rows": ROWS, "dimension": WIDTH, "k": K, "answers": answers}
    (GOLDENS / "nearest.json").write_text(json.dumps(index, indent=1) + "\n")
    (GOLDENS / "metrics.json").write_text(json.dumps(by_metric(rows, asked), indent=1) + "\n")
    (GOLDENS / "diverse.json").write_text(json.dumps(diverse(rows, asked), indent=1) + "\n")
    print(f"{QUERIES} queries, {K} neighbours of {ROWS} × {WIDTH}: {GOLDENS}")


main()
