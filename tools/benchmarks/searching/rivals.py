"""The rivals, each behind the same few words: built of vectors on so many threads, and asked for the neighbours of queries.

Those that search approximately do so on one thread. `ladders` are what they can be set to, each from little effort to much;
`build_threads` is on how many they may be built, of which the fastest counts: not all gain by a second one. All graphs have the same
size. Each library is imported when it is needed: one that is not there is missing from the table only.
"""

import os
from contextlib import contextmanager

import numpy as np

NEIGHBOURS = 10
DEGREE, BUILD_EFFORT = 32, 200
EFFORTS = (16, 32, 48, 64, 96, 128, 192, 256, 320, 384, 448, 512, 768, 1024, 2048)


class FaissFlat:
    name, package = "faiss flat", "faiss"

    def __init__(self, vectors, threads):
        import faiss

        self.use = faiss.omp_set_num_threads
        self.use(threads)
        self.index = faiss.IndexFlatIP(vectors.shape[1])
        self.index.add(vectors)

    def search(self, queries):
        return self.index.search(queries, NEIGHBOURS)[1]


class SQLiteVec:
    """Answers one query after the other. By distance, which orders vectors of length 1 as their products do."""

    name, package = "sqlite-vec", "sqlite_vec"

    def __init__(self, vectors):
        import apsw  # Python's own interface is often built without extensions.
        import sqlite_vec

        self.connection = apsw.Connection(":memory:")
        self.connection.enable_load_extension(True)
        self.connection.load_extension(sqlite_vec.loadable_path())
        self.connection.execute(f"CREATE VIRTUAL TABLE vectors USING vec0(vector float[{vectors.shape[1]}])")
        with self.connection:
            self.connection.executemany(
                "INSERT INTO vectors(rowid, vector) VALUES (?, ?)",
                ((row, vector.tobytes()) for row, vector in enumerate(vectors)))

    def search(self, queries):
        words = f"SELECT rowid FROM vectors WHERE vector MATCH ? AND k = {NEIGHBOURS}"
        return np.array([[row for row, in self.connection.execute(words, [query.tobytes()])] for query in queries])


class FaissPQ4:
    """Scans all vectors in four bits for each two numbers, and scores the best `k_factor` times as many as are asked for again."""

    name, package = "faiss PQ4", "faiss"
    build_threads = (1, 2)
    ladders = [[{"k_factor": factor} for factor in (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24, 32)]]

    def __init__(self, vectors, threads):
        import faiss

        self.use = faiss.omp_set_num_threads
        self.use(threads)
        width = vectors.shape[1]
        self.index = faiss.index_factory(width, f"PQ{width // 2}x4fs,RFlat", faiss.METRIC_INNER_PRODUCT)
        self.index.train(vectors)
        self.index.add(vectors)

    def set(self, k_factor):
        self.use(1)
        self.index.k_factor = k_factor

    search = FaissFlat.search


class FaissHNSW:
    name, package = "faiss HNSW", "faiss"
    build_threads = (2,)
    ladders = [[{"efSearch": effort} for effort in EFFORTS]]

    def __init__(self, vectors, threads):
        import faiss

        self.use = faiss.omp_set_num_threads
        self.use(threads)
        self.index = faiss.IndexHNSWFlat(vectors.shape[1], DEGREE, faiss.METRIC_INNER_PRODUCT)
        self.index.hnsw.efConstruction = BUILD_EFFORT
        self.index.add(vectors)

    def set(self, efSearch):
        self.use(1)
        self.index.hnsw.efSearch = efSearch

    search = FaissFlat.search


class ScaNN:
    """A tree of √n leaves, scores by four bits for each two numbers, and the best scored again."""

    name, package = "ScaNN", "scann"
    build_threads = (2,)
    LEAVES = 224
    ladders = [
        [{"leaves_to_search": leaves, "pre_reorder_num_neighbors": again} for again in (30, 50, 100, 200, 300)]
        for leaves in (50, 75, 100, 150, LEAVES)]

    def __init__(self, vectors, threads):
        import scann

        with silence():
            self.index = (
                scann.scann_ops_pybind.builder(vectors, NEIGHBOURS, "dot_product").set_n_training_threads(threads)
                .tree(num_leaves=self.LEAVES, num_leaves_to_search=self.LEAVES, training_sample_size=len(vectors))
                .score_ah(2, anisotropic_quantization_threshold=0.2).reorder(100).build())

    def set(self, **effort):
        self.effort = effort

    def search(self, queries):
        if len(queries) == 1:
            return self.index.search(queries[0], **self.effort)[0][None]
        return self.index.search_batched(queries, **self.effort)[0]


class Hnswlib:
    name, package = "hnswlib", "hnswlib"
    build_threads = (2,)
    ladders = [[{"ef": effort} for effort in EFFORTS]]

    def __init__(self, vectors, threads):
        import hnswlib

        self.index = hnswlib.Index("ip", vectors.shape[1])
        self.index.init_index(len(vectors), M=DEGREE, ef_construction=BUILD_EFFORT)
        self.index.add_items(vectors, num_threads=threads)

    def set(self, ef):
        self.index.set_ef(ef)

    def search(self, queries):
        return self.index.knn_query(queries, NEIGHBOURS, num_threads=1)[0]


class USearch:
    """Keeps the vectors in the type that it prefers: bfloat16, which is faster than float32 and hardly loses recall."""

    name, package = "usearch", "usearch"
    build_threads = (2,)
    ladders = [[{"expansion": effort} for effort in EFFORTS]]

    def __init__(self, vectors, threads):
        from usearch.index import Index

        self.index = Index(
            ndim=vectors.shape[1], metric="ip", connectivity=DEGREE, expansion_add=BUILD_EFFORT)
        self.index.add(np.arange(len(vectors)), vectors, threads=threads)

    def set(self, expansion):
        self.index.expansion_search = expansion

    def search(self, queries):
        return self.index.search(queries, NEIGHBOURS, threads=1).keys.reshape(len(queries), -1)


APPROXIMATE = (FaissPQ4, FaissHNSW, ScaNN, Hnswlib, USearch)


@contextmanager
def silence():
    """ScaNN reports its progress where people read errors."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
