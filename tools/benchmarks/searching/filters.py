"""Filters that keep few items: whether the answers are the best of those, and how long they take beside a search of all."""

import statistics

import numpy as np

from searching.rivals import NEIGHBOURS
from searching.stores import PARTS
from searching.table import table
from searching.truth import Truth

KEPT = (0.001, 0.01, 0.1)
QUESTIONS = 20


def filters(bench):
    stores, questions = bench.real, bench.questions(QUESTIONS)
    asked, parts = stores.plain, {1.0: PARTS} | {share: round(share * PARTS) for share in KEPT}
    found, seconds = {share: [] for share in parts}, {share: [] for share in parts}
    for number in range(bench.options.runs * QUESTIONS):
        for share, part in parts.items():
            words = ("--where", f"part < {part}") if share < 1 else ()
            rows, taken = asked.nearest(questions[number % QUESTIONS], *words)
            found[share].append(rows)
            seconds[share].append(taken)
    engines = []
    for share, part in parts.items():
        eligible = stores.part < part
        truth = Truth(stores.vectors, questions, NEIGHBOURS, eligible)
        engines.append({
            "kept": share, "items": int(eligible.sum()), "median": statistics.median(seconds[share]),
            "ratio": statistics.median(np.divide(seconds[share], seconds[1.0])),
            "same_scores": truth.same(found[share][:QUESTIONS])})
    print(table(
        f"Filters, the whole command, no index: {bench.size(stores.vectors)}", ["kept", "items", "median", "÷ all", ""],
        [[f"{engine['kept']:.1%}", f"{engine['items']:,}", f"{engine['median'] * 1000:.1f} ms", f"{engine['ratio']:.2f} ×",
          "the same scores as NumPy's" if engine["same_scores"] else "NOT the same scores as NumPy's"]
         for engine in engines], {}), flush=True)
    return {"rows": len(stores.vectors), "questions": QUESTIONS, "filters": engines}
