"""An index while items come and go by the command: what it finds, how fast, and what the store takes."""

import statistics

import numpy as np

from searching.bench import SEED
from searching.rivals import NEIGHBOURS
from searching.stores import Asked
from searching.table import share, table
from searching.truth import Truth

QUESTIONS = 20
# Of all items: those that are there at first, and those that come. Of these together: those that go. The rest comes last.
FIRST, MORE, GONE = 0.7, 0.1, 0.3


def churn(bench):
    lines, vectors = bench.lines, bench.vectors
    order = np.random.default_rng(SEED).permutation(len(lines))
    first, second = round(FIRST * len(lines)), round((FIRST + MORE) * len(lines))
    gone = round(GONE * second)
    store = Asked(bench.options.firn, bench.folder / "churn", "minilm", {name: row for row, name in enumerate(bench.ids)})
    store.firn("backbone", "add", bench.options.backbone, "--name", "minilm")
    states, questions = [], bench.questions(QUESTIONS)

    def extract(rows, *words):
        file = store.folder / "rows.jsonl"
        file.write_text("".join(lines[row] + "\n" for row in rows), encoding="utf-8")
        return store.firn("extract", file, *store.names, *words)["revision"]

    def measure(state, rows):
        there = np.zeros(len(lines), bool)
        there[rows] = True
        store.nearest(questions[0])
        found, seconds = zip(*(store.nearest(question) for _ in range(bench.options.runs) for question in questions))
        recall = Truth(vectors, questions, NEIGHBOURS, there).recall(found[:QUESTIONS])
        states.append({
            "state": state, "items": len(rows), "recall": float(recall.mean()), "median": statistics.median(seconds),
            "bytes": store.bytes})

    extract(order[:first])
    store.build_index()
    measure("before", order[:first])
    extract(order[first:second])
    extract(order[gone:second], "--prune")
    revision = extract(order[second:])
    measure("after", order[gone:])
    store.build_index()
    measure("index built again", order[gone:])
    store.firn("dataset", "forget", "d", "--before", revision)
    store.firn("vacuum")
    measure("past forgotten", order[gone:])
    print(table(
        f"Churn: {len(order[first:second]):,} items in, {gone:,} out, {len(order[second:]):,} in",
        ["", "items", "recall", "median", "store", ""],
        [[state["state"], f"{state['items']:,}", share(state["recall"]), f"{state['median'] * 1000:.1f} ms",
          f"{state['bytes'] / 1e6:,.0f} MB", ""] for state in states], {}), flush=True)
    return {"states": states}
