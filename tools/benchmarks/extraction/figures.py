"""What the rounds come to, and the table of it. A ratio is of one round, where both engines met the same machine."""

import statistics

import numpy as np

from extraction.engines import CORES, FIRN, FIRN_INT16, REFERENCE


def spread(values):
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def figures(corpus, engines, rounds, settings, vectors):
    """`rounds` has a dictionary a round: of each engine's answer, by name, and of the machine's `peak`. `settings` and
    `vectors` are by engine's name."""
    return {
        "corpus": corpus.name, "texts": len(corpus.texts), "tokens": corpus.tokens,
        "flop_per_token": corpus.flop_per_token,
        "peak_gigaflops": {cores: spread([one["peak"][cores] for one in rounds]) for cores in rounds[0]["peak"]},
        "engines": [
            engine_figures(engine, corpus, rounds, settings.get(engine.name), cosines(vectors, engine.name))
            for engine in engines],
    }


def engine_figures(engine, corpus, rounds, settings, cosines):
    answers = [one[engine.name] for one in rounds]
    flop = corpus.tokens * corpus.flop_per_token
    found = {
        "engine": engine.name,
        "tokens_per_second": corpus.tokens / statistics.median(answer["seconds"] for answer in answers),
        "seconds": [answer["seconds"] for answer in answers],
        # With the process's start and the loading of the model
        "whole_seconds": [answer["whole_seconds"] for answer in answers],
        "peak_megabytes": max(answer["megabytes"] for answer in answers),
        "cosine_to_reference": {"worst": float(cosines.min()), "mean": float(cosines.mean())},
    }
    for firn in (FIRN, FIRN_INT16):
        found[f"{firn} ÷ it"] = spread([one[engine.name]["seconds"] / one[firn]["seconds"] for one in rounds])
    if engine.in_float:
        found["share_of_peak"] = spread([
            flop / one[engine.name]["seconds"] / 1e9 / one["peak"]["all_cores"] for one in rounds])
    if settings:
        found["settings"] = {
            "workers": settings.workers, "threads_per_worker": settings.threads, "batch": settings.batch,
            "batch_unit": engine.batch_unit}
    return found


def cosines(vectors, name):
    """Of each text's vector with the reference's."""
    found, reference = vectors[name].astype(float), vectors[REFERENCE].astype(float)
    return (found * reference).sum(1) / np.linalg.norm(found, axis=1) / np.linalg.norm(reference, axis=1)


def table(figures):
    peak = figures["peak_gigaflops"]
    title = (
        f"{figures['corpus']}: {figures['texts']:,} texts, {figures['tokens']:,} tokens, "
        f"{figures['tokens'] / figures['texts']:.1f} a text; the processor's peak in float and AVX2: "
        f"{peak['one_core']['median']:.0f} GFLOP/s a core, {peak['all_cores']['median']:.0f} on all {CORES}")
    ratios = [f"{firn} ÷ it" for firn in (FIRN, FIRN_INT16)]
    head = ["engine", "tokens/s", *ratios, "of peak", "MB", "worst cosine", "mean cosine", "settings"]
    rows = [head, *(cells(engine, ratios) for engine in figures["engines"])]
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = ["  ".join(align(row, widths)).rstrip() for row in rows]
    return "\n".join([title, "", *lines, ""])


def cells(engine, ratios):
    cosine = engine["cosine_to_reference"]
    return [
        engine["engine"], f"{engine['tokens_per_second']:,.0f}", *(ratio(engine[name]) for name in ratios),
        f"{engine['share_of_peak']['median']:.0%}" if "share_of_peak" in engine else "", f"{engine['peak_megabytes']:,.0f}",
        f"{cosine['worst']:.7f}", f"{cosine['mean']:.7f}", settings(engine)]


def ratio(spread):
    return f"{spread['median']:.2f} ({spread['min']:.2f}–{spread['max']:.2f})"


def settings(engine):
    if "settings" not in engine:
        return ""
    chosen = engine["settings"]
    batch = f"{chosen['batch']} {chosen['batch_unit']} a batch"
    return f"{chosen['workers']} × {chosen['threads_per_worker']} threads, {batch}"


def align(row, widths):
    """Words to the left, numbers to the right."""
    words = (0, len(row) - 1)
    return [
        cell.ljust(width) if column in words else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths))]
