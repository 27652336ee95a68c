"""Firn's extraction beside its rivals, on the same texts, with all cores, in interleaved rounds: see `tools/benchmark`.

A rival's span is from the texts in memory to the vectors in memory. Firn's is that of `firn extract`, which also reads
the texts from a file and writes the vectors to its store: it is measured more strictly. Each rival has the fastest of
its settings, found on a quarter of the texts before the rounds.
"""

import json
import sys
import tempfile
from argparse import ArgumentTypeError
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

import numpy as np

from arguments import Parser, positive
from extraction.batches import tokenizer
from extraction.corpora import NAMES, Corpora
from extraction.engines import CORES, FIRN, FIRN_INT16, Process, best_settings, engines, said
from extraction.figures import figures, table
from extraction.peak import Peak

PACKAGES = ("ctranslate2", "onnxruntime", "sentence-transformers", "transformers", "torch", "tokenizers", "numpy")


def parse():
    parser = Parser(
        "extract", "[--runs N] [--tokens N] [--corpus NAME[,NAME…]] [--json FILE]",
        given=("firn", "backbone", "data", "documentation", "models"))
    parser.add_argument("--runs", type=positive, default=5)
    parser.add_argument("--tokens", type=positive, default=40_000)
    parser.add_argument("--corpus", type=corpus_names, default=NAMES)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def corpus_names(word):
    names = word.split(",")
    if not set(names) <= set(NAMES):
        raise ArgumentTypeError(f"{word!r}: the corpora are {', '.join(NAMES)}")
    return names


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown"


def versions(firn):
    own = said(firn, "--version").split()[-1]
    return {"firn": own} | {package: version(package) for package in PACKAGES}


def write_texts(corpus, path):
    path.write_text(json.dumps(corpus.texts))
    return path


class Rounds:
    """Of all engines on one corpus. Each engine's process stays from the first round to the last."""

    def __init__(self, corpus, engines, peak, folder):
        self.corpus, self.engines, self.peak, self.folder = corpus, engines, peak, folder
        self.texts = write_texts(corpus, folder / "texts.json")
        self.sample = write_texts(corpus.sample(corpus.tokens // 4), folder / "sample.json")
        self.settings = {
            engine.name: best_settings(engine, self.sample, folder / "unused") for engine in engines if engine.batches}

    def run(self, count):
        with ExitStack() as stack:
            processes = {engine: stack.enter_context(self.start(engine)) for engine in self.engines}
            # The first work of a runtime is slow: its threads start, its kernels are made.
            for engine, process in processes.items():
                self.measure(engine, process, self.sample)
            return [self.round(processes, number) for number in range(count)]

    def start(self, engine):
        chosen = self.settings.get(engine.name)
        return Process(engine, (chosen.workers, chosen.threads) if chosen else None)

    def measure(self, engine, process, texts):
        chosen = self.settings.get(engine.name)
        return process.measure(texts, self.folder / engine.name, chosen.batch if chosen else None)

    def round(self, processes, number):
        """Another engine begins each round, so that none has the best place."""
        answers = {"peak": self.peak.measure()}
        first = number % len(self.engines)
        for engine in self.engines[first:] + self.engines[:first]:
            answers[engine.name] = self.measure(engine, processes[engine], self.texts)
        for name in (FIRN, FIRN_INT16):
            assert answers[name]["tokens"] == self.corpus.tokens, f"{name} read other tokens than its rivals"
        return answers

    def vectors(self):
        return {
            engine.name: np.fromfile(self.folder / engine.name, "<f4").reshape(len(self.corpus.texts), -1)
            for engine in self.engines}


def measure(corpus, engines, peak, runs):
    with tempfile.TemporaryDirectory() as folder:
        rounds = Rounds(corpus, engines, peak, Path(folder))
        answers = rounds.run(runs)
        return figures(corpus, engines, answers, rounds.settings, rounds.vectors())


def main():
    options = parse()
    found = {"processor": processor(), "cores": CORES, "versions": versions(options.firn), "runs": options.runs}
    programs = ", ".join(map(" ".join, found["versions"].items()))
    print(f"{found['processor']}, {CORES} cores; {programs}\n", flush=True)

    corpora = Corpora(options.data, options.documentation, tokenizer(options.backbone))
    competing = engines(options.firn, options.backbone, options.models)
    found["corpora"] = []
    with tempfile.TemporaryDirectory() as folder:
        peak = Peak(folder)
        for name in options.corpus:
            corpus = corpora.corpus(name).sample(options.tokens)
            if corpus.tokens < options.tokens:
                print(f"benchmark: all of {name} is only {corpus.tokens:,} tokens", file=sys.stderr)
            measured = measure(corpus, competing, peak, options.runs)
            found["corpora"].append(measured)
            print(table(measured), flush=True)

    if options.json:
        options.json.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
