"""The whole command, from the start of its process to its end, with the store in the system's cache: without and with an index."""

import statistics
import subprocess

import numpy as np

from searching.rivals import NEIGHBOURS
from searching.rounds import failure
from searching.table import share, table
from searching.truth import Truth

QUESTIONS = 20


def cold(bench):
    sizes = [bench.real] + ([bench.million] if bench.options.million else [])
    figures = [size(bench, stores) for stores in sizes]
    missing = {name: why for each in figures for name, why in each.pop("missing").items()}
    return {"questions": QUESTIONS, "sizes": figures, "missing": missing}


def size(bench, stores):
    questions, missing, engines = bench.questions(QUESTIONS), {}, {}
    asked = {}
    for name in ("plain", "indexed"):
        try:
            asked[name] = getattr(stores, name)
            asked[name].nearest(questions[0])  # The first one finds the store's pages.
        except subprocess.CalledProcessError as error:
            missing[name] = failure(error)
            asked.pop(name, None)
    truth = Truth(stores.vectors, questions, NEIGHBOURS)
    answers = {name: [] for name in asked}
    for number in range(bench.options.runs * QUESTIONS):
        # Either begins every other time.
        for name in sorted(asked, reverse=number % 2 == 0):
            answers[name].append(asked[name].nearest(questions[number % QUESTIONS]))
    for name, found in answers.items():
        rows = np.array([row for row, _ in found[:QUESTIONS]])
        engines[name] = {
            "median": statistics.median(seconds for _, seconds in found), "recall": float(truth.recall(rows).mean()),
            "bytes": asked[name].bytes}
    if "indexed" in engines and "plain" in engines:
        engines["indexed"] |= {
            "build_seconds": stores.indexed.index_seconds,
            "ratio": statistics.median(
                plain / indexed for (_, plain), (_, indexed) in zip(answers["plain"], answers["indexed"]))}
    rows = [
        [name, f"{engine['median'] * 1000:.1f} ms", f"{engine['ratio']:.1f} ×" if "ratio" in engine else "",
         share(engine["recall"]), f"{engine['bytes'] / 1e6:,.0f} MB",
         f"built in {engine['build_seconds']:.1f} s" if "build_seconds" in engine else ""]
        for name, engine in engines.items()]
    print(table(
        f"The whole command, a process a query: {bench.size(stores.vectors)}", ["", "median", "faster", "recall", "store", ""],
        rows, missing), flush=True)
    return {"rows": len(stores.vectors), "engines": engines, "missing": missing}
