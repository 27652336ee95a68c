"""Golden files of label care: Tests/HeadsTests/Goldens/label_care.json.

The quality of tags by cleanlab, each tag as a task of two classes. The draws of k-means++ with weights by NumPy in double precision, with
the random numbers of SplitMix64; the script makes sure that no draw is closer to the next row than float32 arithmetic can confuse.
"""

import json
from pathlib import Path

import cleanlab
import numpy as np
from cleanlab.rank import get_label_quality_scores

SEED, DRAWS = 11, 25
GOLDENS = Path("Tests/HeadsTests/Goldens")


def tag_quality(random):
    truth = (random.random((80, 4)) < [0.5, 0.25, 0.1, 0.04]).astype(int)
    truth[0] = 1
    probabilities = 1 / (1 + np.exp(-(3 * truth - 2 + 1.5 * random.standard_normal(truth.shape))))
    probabilities = probabilities.astype("<f4").astype(float)
    scores = [
        get_label_quality_scores(labels, np.stack([1 - p, p], axis=1), method="self_confidence", adjust_pred_probs=True)
        for labels, p in zip(truth.T, probabilities.T)]
    return {"truth": truth.tolist(), "probabilities": probabilities.tolist(), "scores": np.transpose(scores).tolist()}


def split_mix(state):
    mask = (1 << 64) - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        bits = state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & mask
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & mask
        yield (bits ^ (bits >> 31)) >> 11


def draws(random):
    rows = random.standard_normal((60, 6)).astype("<f4")
    rows[40:50] = rows[3] * np.float32(2)
    weights = random.random(60).round(3)
    weights[::7] = 0
    unit = rows.astype(float) / np.linalg.norm(rows.astype(float), axis=1, keepdims=True)
    distances, numbers, drawn = np.ones(60), split_mix(SEED), []
    for _ in range(DRAWS):
        sums = np.cumsum(weights * distances)
        target = next(numbers) * 2.0**-53 * sums[-1]
        assert np.abs(sums - target).min() > 1e-5, "too close to tell apart in float32: take another seed"
        drawn.append(int(np.argmax(sums > target)))
        distance = 1 - unit @ unit[drawn[-1]]
        distances = np.minimum(distances, np.where(distance < 1e-6, 0, distance))
    return {"features": [[float(value) for value in row] for row in rows], "weights": weights.tolist(), "seed": SEED,
            "drawn": drawn}


def main():
    random = np.random.default_rng(SEED)
    golden = {
        "made_with": {"cleanlab": cleanlab.__version__, "numpy": np.__version__},
        "tags": tag_quality(random), "draw": draws(random)}
    (GOLDENS / "label_care.json").write_text(json.dumps(golden) + "\n")
    print(f"label care: {GOLDENS}")


main()
