"""What the nearest neighbours are, by NumPy over all vectors, and how much of that was found."""

import numpy as np

# How far two programs' scores of one neighbour may lie apart, in single precision.
SLACK = 1e-5
CHUNK = 1 << 16


class Truth:
    """The best scores of each query among the vectors, or among those that are `eligible`."""

    def __init__(self, vectors, queries, count, eligible=None):
        self.vectors, self.queries, self.eligible = vectors, queries, eligible
        self.scores = np.full((len(queries), count), -np.inf, np.float32)
        for start in range(0, len(vectors), CHUNK):
            scores = queries @ vectors[start:start + CHUNK].T
            if eligible is not None:
                scores[:, ~eligible[start:start + CHUNK]] = -np.inf
            best = np.concatenate([self.scores, scores], axis=1)
            self.scores = np.partition(best, -count, axis=1)[:, -count:]
        self.scores = np.sort(self.scores, axis=1)[:, ::-1]

    def recall(self, found):
        """By score, of each query: of equal texts any will do, which a count by id would not allow. `found` are rows of the
        vectors, as many a query as were asked for; a negative one is none."""
        ordered, scores = self.found(found)
        fresh = np.diff(ordered, axis=1, prepend=-1) != 0
        return (fresh & (scores >= self.scores[:, -1:] - SLACK)).mean(axis=1)

    def same(self, found):
        """Whether the scores of what was found are the best there are, each row once."""
        ordered, scores = self.found(found)
        apart = np.abs(np.sort(scores, axis=1)[:, ::-1] - self.scores).max() <= SLACK
        return bool(apart and (np.diff(ordered, axis=1) != 0).all())

    def found(self, found):
        """The rows in ascending order, and the score of each: none of those that may not be found."""
        ordered = np.sort(np.asarray(found, np.int64), axis=1)
        scores = np.einsum("qkd,qd->qk", self.vectors[ordered], self.queries)
        allowed = ordered >= 0
        if self.eligible is not None:
            allowed &= self.eligible[ordered]
        return ordered, np.where(allowed, scores, -np.inf)


def halves(recall):
    """Of all queries, of the first half, which are of the vectors' kind, and of the others."""
    middle = (len(recall) + 1) // 2
    return {
        "recall": float(recall.mean()), "recall_inside": float(recall[:middle].mean()),
        "recall_outside": float(recall[middle:].mean())}
