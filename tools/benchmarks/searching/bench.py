"""What the parts share: the vectors of the Debian descriptions, queries, and stores."""

import json
from functools import cached_property

import numpy as np

from descriptions import read, split
from program import Firn
from searching.stores import Stores

SEED = 85
# Of the length of a vector: how far a mixture is moved at random.
NOISE = 0.1
MILLION, CHUNK = 1_000_000, 1 << 16


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder

    @cached_property
    def extracted(self):
        """The ids and vectors of 50,000 descriptions, and of those that are held out."""
        split(self.options.data, self.folder)
        store = self.folder / "benchmark.db"
        firn = Firn(self.options.firn, store)
        firn("backbone", "add", self.options.backbone, "--name", "minilm")
        for dataset in ("train", "test"):
            firn("extract", self.folder / f"{dataset}.jsonl", "--dataset", dataset, "--backbone", "minilm")
        return [read(store, dataset, "minilm")[:2] for dataset in ("train", "test")]

    @cached_property
    def train(self):
        return unit(self.extracted[0][1])

    @cached_property
    def held(self):
        return unit(self.extracted[1][1])

    @cached_property
    def ids(self):
        return self.extracted[0][0] + self.extracted[1][0]

    @cached_property
    def vectors(self):
        """Of all descriptions, in the order of the ids."""
        return np.concatenate([self.train, self.held])

    @cached_property
    def lines(self):
        """The descriptions themselves, in the same order."""
        by_id = {}
        for name in ("train", "test"):
            for line in (self.folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
                by_id[json.loads(line)["id"]] = line
        return [by_id[name] for name in self.ids]

    @cached_property
    def queries(self):
        """Half held-out descriptions and half random directions, which lie far from all vectors: there bounds exclude least."""
        random = np.random.default_rng(SEED)
        count = self.options.queries
        inside = self.held[random.choice(len(self.held), (count + 1) // 2, replace=False)]
        return np.concatenate([inside, outside(random, count // 2, self.held.shape[1])])

    @cached_property
    def real(self):
        """Stores of all descriptions' vectors, without and with an index."""
        folder = self.folder / "real"
        folder.mkdir()
        np.save(folder / "features.npy", self.vectors)
        return Stores(self.options.firn, folder)

    @cached_property
    def million(self):
        """Stores of as many vectors between those of two descriptions each."""
        folder = self.folder / "million"
        folder.mkdir()
        random, pool = np.random.default_rng(SEED + 1), self.vectors
        features = np.lib.format.open_memmap(
            folder / "features.npy", mode="w+", dtype="<f4", shape=(MILLION, pool.shape[1]))
        for start in range(0, len(features), CHUNK):
            chunk = features[start:start + CHUNK]
            chunk[:] = mixed(pool, len(chunk), random)
        features.flush()
        return Stores(self.options.firn, folder)

    def questions(self, count):
        """Half of them between two held-out descriptions, for those are themselves in the stores, and half random directions."""
        random = np.random.default_rng(SEED + 2)
        return np.concatenate([
            mixed(self.held, (count + 1) // 2, random), outside(random, count // 2, self.held.shape[1])])

    @staticmethod
    def size(vectors):
        return f"{len(vectors):,} × {vectors.shape[1]}"


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def outside(random, count, width):
    return unit(random.standard_normal((count, width), dtype=np.float32))


def mixed(pool, count, random):
    """Convex mixtures of two vectors each, moved a little, of length 1."""
    pairs, share = random.integers(len(pool), size=(2, count)), random.random((count, 1), dtype=np.float32)
    noise = random.standard_normal((count, pool.shape[1]), dtype=np.float32) * np.float32(NOISE / pool.shape[1] ** 0.5)
    return unit(share * pool[pairs[0]] + (1 - share) * pool[pairs[1]] + noise)
