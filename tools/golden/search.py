"""Golden files of exact search, by NumPy in double precision: Tests/SearchTests/Goldens.

500 vectors of 24 numbers, as float32. Some are equal to others, bit for bit, and some are others times a power of two, so that
their cosines are equal too: of equals, the lowest row comes first. Cosines that are not equal differ by more than
float32 arithmetic can confuse; the script makes sure of it.
"""

import json
from pathlib import Path

import numpy as np

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
    print(f"{QUERIES} queries, {K} neighbours of {ROWS} × {WIDTH}: {GOLDENS}")


main()
