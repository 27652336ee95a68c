"""Exact search with all cores: one query alone, and all together."""

from extraction.processors import usable
from searching.asking import Job, alone, timed, together
from searching.rivals import NEIGHBOURS, FaissFlat, SQLiteVec
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

    def faiss_flat():
        build, built = timed(lambda: FaissFlat(vectors, usable()))
        # One query is often answered faster by one thread than by more, which wait for each other: the faster counts.
        built.use(1)
        single, _ = alone(built.search, queries)
        built.use(usable())
        several, _ = alone(built.search, queries)
        joint, found = together(built.search, queries)
        lonely = min(single, several, key=lambda figures: figures["alone_median"])
        return {
            "build_seconds": build, **lonely, **joint, "alone_threads": 1 if lonely is single else usable(),
            "same_scores": truth.same(found)}

    def sqlite_vec():
        build, built = timed(lambda: SQLiteVec(vectors))
        figures, found = alone(built.search, few.queries)
        return {"build_seconds": build, **figures, "same_scores": few.same(found)}

    engines = {FIRN: firn} | here({FaissFlat: faiss_flat, SQLiteVec: sqlite_vec}, missing)
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
