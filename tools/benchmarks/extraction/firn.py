"""The process of the engine Firn: each measurement is a new process of the command on a new store.

It imports little: the peak that the system reports of a process begins with the size of the one that started it.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from extraction.serving import serve


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--backbone", required=True)
    parser.add_argument("--numeric")
    return parser.parse_args()


class Firn:
    def __init__(self, program, backbone, numeric):
        self.program, self.backbone = program, backbone
        self.numeric = ["--numeric", numeric] if numeric else []

    def measure(self, texts, vectors):
        with tempfile.TemporaryDirectory() as folder:
            store, rows = Path(folder) / "firn.db", Path(folder) / "texts.jsonl"
            words = [self.program, "--store", str(store), "--json", "--quiet"]
            write_rows(json.loads(Path(texts).read_text()), rows)
            subprocess.run(
                [*words, "backbone", "add", self.backbone, "--name", "b", *self.numeric],
                check=True, stdout=subprocess.DEVNULL)
            answer = run([*words, "extract", str(rows), "--dataset", "d", "--backbone", "b"])
            Path(vectors).write_bytes(stored_vectors(store))
        return answer


def write_rows(texts, file):
    with open(file, "w", encoding="utf-8") as rows:
        for index, text in enumerate(texts):
            print(json.dumps({"id": str(index), "text": text}), file=rows)


def run(words):
    """Runs the extraction: what it says of itself, how long its whole process took, and its largest resident set."""
    started = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.PIPE)
    summary = json.load(process.stdout)
    _, status, usage = os.wait4(process.pid, 0)
    whole_seconds = time.perf_counter() - started
    if status != 0:
        raise RuntimeError(f"{words} ended with status {os.waitstatus_to_exitcode(status)}")
    return {
        "seconds": summary["seconds"], "tokens": summary["tokens"], "whole_seconds": whole_seconds,
        "megabytes": usage.ru_maxrss * 1024 / 1e6}


def stored_vectors(store):
    rows = sqlite3.connect(store).execute(
        "SELECT vector FROM item_embeddings WHERE backbone = 'b' AND dataset = 'd' ORDER BY CAST(item AS INTEGER)")
    return b"".join(vector for vector, in rows)


def main():
    options = parse()
    serve(Firn(options.program, options.backbone, options.numeric).measure)


if __name__ == "__main__":
    main()
