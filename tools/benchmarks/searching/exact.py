"""Exact search with all cores: one query alone, and all together."""

from extraction.processors import usable
from searching.asking import Job, alone, timed, together
from searching.rivals import EXACT, NEIGHBOURS, SQLiteVec
from searching.rounds import FIRN, here, rounds, summary
from searching.table import milliseconds, rate, ratio, table
from searching.truth import Truth

# SQLite's answers take so long that every tenth query must do.
STEP = 10


def exact(bench):
    vectors, queries, missing = bench.train, bench.queries, {}
    job = Job(bench.options.search, bench.folder, vectors, queries)
    truth, few = Truth(vectors, queries, NEIGHBOURS), Truth(vectors, queries[::STEP], NEIGHBOURS)

    def firn():
        said, found = job()
        return said | {"same_scores": truth.same(found)}

    def rival(kind):
        build, built = timed(lambda: kind(vectors, usable()))
        if kind is SQLiteVec:
            figures, found = alone(built.search, few.queries)
            return {"build_seconds": build, **figures, "same_scores": few.same(found)}
        lonely, _ = alone(built.search, queries)
        joint, found = together(built.search, queries)
        return {"build_seconds": build, **lonely, **joint, "same_scores": truth.same(found)}

    engines = {FIRN: firn, **{kind.name: lambda kind=kind: rival(kind) for kind in here(EXACT, missing)}}
    found = summary(rounds(engines, bench.options.runs, missing))
    rows = [
        [name, milliseconds(engine, "alone_median"), milliseconds(engine, "alone_worst"), ratio(engine, "alone_median"),
         rate(engine, len(queries)), ratio(engine, "together_seconds"),
         "the same scores" if engine["same_scores"] else "NOT the same scores"]
        for name, engine in found.items()]
    print(table(
        f"Exact, all cores: {bench.size(vectors)}, {len(queries):,} queries",
        ["", "one alone", "99th", "÷ Firn", "together", "÷ Firn", ""], rows, missing), flush=True)
    return {"rows": len(vectors), "queries": len(queries), "engines": found, "missing": missing}
