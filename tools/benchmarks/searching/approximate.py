"""Approximate search on one thread, each engine at the least effort that finds 95 % of the ten nearest; built on two threads."""

from searching.asking import Job, alone, timed, together
from searching.rivals import APPROXIMATE, NEIGHBOURS
from searching.rounds import FIRN, here, rounds, summary
from searching.table import milliseconds, rate, ratio, seconds, share, table
from searching.truth import Truth, halves

TARGET = 0.95
# Of Firn and, at the most, of its rivals.
BUILD_THREADS = 2
# At the depth that its index measures to find 97 % of them inside as well as outside.
FIRN_AS_IT_COMES = "Firn as it comes"


class FirnIndex:
    """Firn as a rival: of one effort, how many candidates it scores."""

    ladders = [[{"candidates": count} for count in (30, 50, 75, 100, 125, 150, 200, 250, 300, 400, 600, 800, 1200)]]

    def __init__(self, job):
        self.job, self.effort = job, ()

    def set(self, candidates):
        self.effort = ("--candidates", candidates)

    def ask(self):
        return self.job("approximate", after=("--threads", 1, *self.effort))

    def search(self, queries):
        return self.ask()[1]


def approximate(bench):
    vectors, queries, missing, efforts = bench.train, bench.queries, {}, {}
    job = Job(bench.options.search, bench.folder, vectors, queries)
    truth = Truth(vectors, queries, NEIGHBOURS)

    def firn(effort):
        build, engine = job("approximate", after=("--threads", BUILD_THREADS))[0]["build_seconds"], FirnIndex(job)
        if effort:
            engine.set(**effort)
        said, found = engine.ask()
        return said | {"build_seconds": build, **halves(truth.recall(found)), "effort": effort}

    def least():
        if FIRN not in efforts:
            efforts[FIRN] = least_effort(FirnIndex(job), FirnIndex.ladders, queries, truth)
        return firn(efforts[FIRN])

    def rival(kind):
        build, built, threads = fastest_build(kind, vectors)
        if kind.name not in efforts:
            efforts[kind.name] = least_effort(built, kind.ladders, queries, truth)
        built.set(**efforts[kind.name])
        lonely, _ = alone(built.search, queries)
        joint, found = together(built.search, queries)
        return {
            "build_seconds": build, "build_threads": threads, **lonely, **joint, **halves(truth.recall(found)),
            "effort": efforts[kind.name]}

    rivals = {kind: lambda kind=kind: rival(kind) for kind in APPROXIMATE}
    engines = {FIRN: least, FIRN_AS_IT_COMES: lambda: firn({})} | here(rivals, missing)
    found = summary(rounds(engines, bench.options.runs, missing))
    rows = [
        [name, share(engine["recall"]), share(engine["recall_inside"]), share(engine["recall_outside"]),
         rate(engine, len(queries)), ratio(engine, "together_seconds"), milliseconds(engine, "alone_median"),
         milliseconds(engine, "alone_worst"), ratio(engine, "alone_median"), seconds(engine, "build_seconds"),
         ratio(engine, "build_seconds"), settings(engine)]
        for name, engine in found.items()]
    print(table(
        f"Approximate, one thread, built on {BUILD_THREADS}: {bench.size(vectors)}, {len(queries):,} queries, "
        "half of them from outside",
        ["", "recall", "inside", "outside", "together", "÷ Firn", "one alone", "99th", "÷ Firn", "build", "÷ Firn", ""],
        rows, missing), flush=True)
    return {"rows": len(vectors), "queries": len(queries), "target": TARGET, "engines": found, "missing": missing}


def fastest_build(kind, vectors):
    """The seconds, what was built, and the threads it was built on."""
    return min(
        ((*timed(lambda: kind(vectors, threads)), threads) for threads in kind.build_threads), key=lambda built: built[0])


def least_effort(built, ladders, queries, truth):
    """Each ladder is climbed until enough is found; of those that got there the fastest counts, or else the one that found most."""
    reached, tried = {}, {}
    for number, ladder in enumerate(ladders):
        for step, effort in enumerate(ladder):
            built.set(**effort)
            joint, found = together(built.search, queries)
            tried[number, step] = truth.recall(found).mean()
            if tried[number, step] >= TARGET:
                reached[number, step] = joint["together_seconds"]
                break
    number, step = min(reached, key=reached.get) if reached else max(tried, key=tried.get)
    return ladders[number][step]


def settings(engine):
    words = ", ".join(f"{key} {value}" for key, value in engine["effort"].items())
    return words if engine["recall"] >= TARGET else f"{words} LESS THAN {TARGET}".strip()
