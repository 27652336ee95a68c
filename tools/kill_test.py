"""Kills firn at random moments and looks whether the store holds: see `tools/kill-test`."""

import argparse
import json
import random
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = "snow ice firn glacier moraine crevasse névé serac sun wind cold field peak col ridge".split()
ROWS = 6000
PROJECT = Path(__file__).resolve().parent.parent
PROGRAM = PROJECT / ".build/release/firn"
THE_STORE = object()  # a step's word for the store that it is run on
MODEL = PROJECT / "Tests/BackbonesTests/Goldens/models/three-layers"


def parse():
    parser = argparse.ArgumentParser(prog="tools/kill-test", allow_abbrev=False)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


class Firn:
    def __init__(self, store):
        self.store = store
        self.words = [str(PROGRAM), "--store", str(store), "--quiet", "--json"]

    def start(self, *words):
        words = [self.store if word is THE_STORE else word for word in words]
        return subprocess.Popen([*self.words, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def run(self, *words):
        """Runs a command to its end; how many seconds it took."""
        started = time.monotonic()
        process = self.start(*words)
        complaint = process.communicate()[1].decode()
        if process.returncode != 0:
            raise SystemExit(f"kill-test: firn {' '.join(map(str, words))} ended with {process.returncode}: {complaint}")
        return time.monotonic() - started

    def kill(self, seconds, *words):
        """Starts a command and kills it after so many seconds; whether it still ran."""
        process = self.start(*words)
        try:
            process.wait(seconds)
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return True


class Steps:
    """Rounds of the same commands on ever other items; what a step does depends on its round alone."""

    def __init__(self, folder):
        self.folder = folder

    def rows(self, round, name, make):
        path = self.folder / f"{name}-{round}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in make(random.Random(f"{name} {round}"))))
        return path

    def items(self, round, name, count):
        def make(chance):
            for index in range(count):
                text = " ".join(chance.choices(WORDS, k=chance.randint(2, 12)))
                yield {"id": f"{name}{index}", "text": f"{text} {chance.randrange(10**6)}", "label": chance.choice(WORDS[:3])}
        return self.rows(round, name, make)

    def features(self, round, count):
        """A NumPy file of `count` vectors of four numbers."""
        path = self.folder / f"features-{round}.npy"
        head = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({count}, 4), }}".ljust(117) + "\n"
        chance = random.Random(f"features {round}")
        numbers = struct.pack(f"<{4 * count}f", *(chance.gauss(0, 1) for _ in range(4 * count)))
        path.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + numbers)
        return path

    def other(self, round):
        """Another store: a dataset of its own, and one whose items unite with those of the rounds before."""
        path = self.folder / f"other-{round}.db"
        if not path.exists():
            firn = Firn(path)
            firn.run("backbone", "add", MODEL, "--name", "tiny")
            for dataset in (f"own{round}", "common"):
                rows = self.items(round, f"{dataset}-{round}-", ROWS // 4)
                firn.run("extract", "--backbone", "tiny", "--dataset", dataset, rows)
        return path

    def of(self, round):
        edits = self.rows(round, "edits", lambda chance: (
            {"id": f"main{chance.randrange(ROWS // 2)}", "label": chance.choice(WORDS[:3])} for _ in range(ROWS // 2)))
        aside = f"aside{round}"
        extract = ("extract", "--backbone", "tiny", "--dataset")
        return [
            (*extract, "main", self.items(round, "main", ROWS)),
            ("label", edits, "--dataset", "main"),
            (*extract, "main", "--prune", self.items(round, "main", ROWS // 2)),
            ("train", "head", "--dataset", "main", "--backbone", "tiny", "--task", "label", "--method", "ridge"),
            ("head", "promote", f"head@{round + 1}", "champion", "--override", f"round {round}"),
            ("head", "protect", "head", "champion"),
            ("head", "tag", f"head@{round + 1}", f"round{round}"),
            ("train", "spare", "--dataset", "main", "--backbone", "tiny", "--task", "label", "--method", "ridge"),
            ("head", "prune", "spare", "--keep", 1),
            (*extract, aside, self.items(round, aside, ROWS // 2)),
            ("import", self.features(round, ROWS), "--items", self.items(round, f"made{round}-", ROWS),
             "--dataset", "made", "--backbone", "elsewhere"),
            ("merge", self.other(round), "--into", THE_STORE),
            ("dataset", "remove", aside),
            ("vacuum",),
        ]


def is_done(step, round, store):
    """Whether a step was done though it was killed; those that may be done twice are never said to be."""
    db = sqlite3.connect(store)
    if step[:2] == ("dataset", "remove"):
        return (step[2],) not in db.execute("SELECT name FROM dataset").fetchall()
    if step[0] == "train":
        newest = "SELECT max(version) FROM head_version JOIN head ON head.id = head_version.head WHERE head.name = ?"
        return (db.execute(newest, step[1:2]).fetchone()[0] or 0) > round
    return False


def held(store):
    """What a store holds, whatever its rows are numbered."""
    db = sqlite3.connect(store)
    head = "(SELECT name FROM head WHERE id = head)"
    return {
        "items": db.execute("SELECT dataset, item, text, metadata FROM items ORDER BY 1, 2").fetchall(),
        "labels": db.execute("SELECT dataset, item, task, value FROM labels ORDER BY 1, 2, 3").fetchall(),
        "vectors": db.execute("SELECT backbone, digest, vector FROM embeddings ORDER BY 1, 2").fetchall(),
        "heads": db.execute(f"SELECT {head}, version, weights FROM head_version ORDER BY 1, 2").fetchall(),
        "pruned versions": db.execute(f"SELECT {head}, version, digest FROM pruned_version ORDER BY 1, 2").fetchall(),
        "aliases": db.execute("SELECT head, alias, version FROM aliases").fetchall(),
        "moves": db.execute("SELECT alias, version, reason, note, allowed_by FROM alias_log ORDER BY id").fetchall(),
        "tags": db.execute("SELECT head, version, tag FROM tags ORDER BY 1, 2, 3").fetchall(),
    }


def main():
    options = parse()
    chance = random.Random(options.seed)
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        stores = folder / "killed.db", folder / "whole.db"
        killed, whole = map(Firn, stores)
        for firn in (killed, whole):
            firn.run("backbone", "add", MODEL, "--name", "tiny")
            firn.run("backbone", "declare", "elsewhere", "--dimension", 4)
        steps, kills, counts = Steps(folder), 0, {}
        for round in range(10**9):
            for step in steps.of(round):
                name = " ".join(step[:2]) if step[0] in ("dataset", "head") else step[0]
                name += " --prune" if "--prune" in step else ""
                seconds = whole.run(*step)
                for _ in range(3):
                    if kills == options.kills or is_done(step, round, stores[0]):
                        break
                    if not killed.kill(chance.uniform(0, 1.1 * seconds), *step):
                        break
                    kills += 1
                    counts[name] = counts.get(name, 0) + 1
                    killed.run("verify")
                if not is_done(step, round, stores[0]):
                    killed.run(*step)
            killed.run("verify", "--sample", 50)
            print(f"round {round + 1}: {kills} kills", file=sys.stderr)
            if kills >= options.kills:
                break
        first, second = map(held, stores)
        for part in first:
            if first[part] != second[part]:
                raise SystemExit(f"kill-test: the {part} are not those of a store that was never killed")
    for name, count in sorted(counts.items()):
        print(f"{name:16} {count:5} kills")
    print(f"after each of {kills} kills the store was sound; at last it held what one held that was never killed")


if __name__ == "__main__":
    main()
