"""How long an engine takes to answer: Firn's in the program `search`, a rival's here."""

import json
import statistics
import subprocess
import time

import numpy as np

from searching.rivals import NEIGHBOURS

# The threads of some runtimes spin for a while after their work; the next engine shall have the cores to itself.
REST = 0.3


def timed(job):
    start = time.perf_counter()
    result = job()
    return time.perf_counter() - start, result


def alone(search, queries):
    """Each query after the other: the median and the 99th percentile, and what was found."""
    seconds, found = zip(*(timed(lambda: search(queries[row:row + 1])) for row in range(len(queries))))
    return {"alone_median": statistics.median(seconds), "alone_worst": float(np.quantile(seconds, 0.99))}, np.concatenate(found)


def together(search, queries):
    seconds, found = timed(lambda: search(queries))
    return {"together_seconds": seconds}, found


class Job:
    """The jobs of `search` on the same vectors and queries."""

    def __init__(self, program, folder, vectors, queries):
        self.program, self.folder, self.vectors, self.queries = program, folder, vectors, queries
        vectors.astype("<f4").tofile(folder / "vectors")
        queries.astype("<f4").tofile(folder / "queries")

    def __call__(self, *before, after=()):
        """What the program says of itself, and the rows it found."""
        words = [
            self.program, *before, self.folder / "vectors", self.vectors.shape[1], self.folder / "queries", NEIGHBOURS,
            self.folder / "found", *after]
        said = json.loads(subprocess.run([*map(str, words)], check=True, capture_output=True, text=True).stdout)
        return said, np.fromfile(self.folder / "found", "<i4").reshape(len(self.queries), NEIGHBOURS)
