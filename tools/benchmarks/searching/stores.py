"""Stores that are asked by the whole command: each answer is a new process."""

import json
import shutil
from functools import cached_property

import numpy as np

from program import Firn
from searching.asking import timed
from searching.rivals import NEIGHBOURS

DATASET, BACKBONE = "d", "b"
# Items carry a number below this in their field `part`, so many each.
PARTS = 1000


class Asked:
    """One dataset of one store, in a folder of its own. `rows` are the vectors' rows by item."""

    def __init__(self, program, folder, backbone, rows):
        folder.mkdir()
        self.folder, self.program, self.backbone, self.rows = folder, program, backbone, rows
        self.firn, self.index_seconds = Firn(program, folder / "firn.db"), None

    def nearest(self, query, *words):
        """The rows of the items that the command finds, and the seconds that it takes from its start to its end."""
        np.save(self.folder / "query.npy", query[None])
        seconds, lines = timed(lambda: self.firn(
            "nearest", "--vectors", self.folder / "query.npy", *self.names, "-k", NEIGHBOURS, *words))
        return [self.rows[line["id"]] for line in lines], seconds

    def build_index(self):
        self.index_seconds, _ = timed(lambda: self.firn("index", "build", *self.names))

    @property
    def names(self):
        return "--dataset", DATASET, "--backbone", self.backbone

    @property
    def bytes(self):
        """Of the store and of what lies beside it."""
        return sum(file.stat().st_size for file in self.folder.iterdir() if file.name.startswith("firn.db"))

    def copy(self, folder):
        copy = Asked(self.program, folder, self.backbone, self.rows)
        shutil.copy(self.folder / "firn.db", copy.firn.store)
        return copy


class Stores:
    """A store of the features in the folder, and the same with an index."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.vectors = np.load(folder / "features.npy", mmap_mode="r")

    @cached_property
    def part(self):
        """Of each row, at random."""
        return np.random.default_rng(0).permutation(len(self.vectors)) % PARTS

    @cached_property
    def plain(self):
        names = [f"item {row:08}" for row in range(len(self.vectors))]
        items = self.folder / "items.jsonl"
        with open(items, "w") as lines:
            for name, part in zip(names, self.part):
                lines.write(json.dumps({"id": name, "part": int(part)}) + "\n")
        asked = Asked(self.program, self.folder / "plain", BACKBONE, {name: row for row, name in enumerate(names)})
        asked.firn("backbone", "declare", BACKBONE, "--dimension", self.vectors.shape[1])
        asked.firn("import", self.folder / "features.npy", "--items", items, *asked.names)
        return asked

    @cached_property
    def indexed(self):
        copy = self.plain.copy(self.folder / "indexed")
        copy.build_index()
        return copy
