"""The command `firn`, and the heads that it keeps."""

import json
import sqlite3
import subprocess

import numpy as np


class Firn:
    def __init__(self, program, store):
        self.store = store
        self.words = [program, "--store", str(store), "--json", "--quiet"]

    def __call__(self, *words):
        out = subprocess.run([*self.words, *map(str, words)], check=True, capture_output=True, text=True).stdout
        lines = [json.loads(line) for line in out.splitlines()]
        return lines[0] if len(lines) == 1 else lines


def weights(store, head, version):
    """A head version's classes, weights and intercepts, from its safetensors."""
    blob, = sqlite3.connect(store).execute(
        "SELECT weights FROM head_version JOIN head ON head.id = head WHERE name = ? AND version = ?",
        [head, version]).fetchone()
    return parts(blob)


def parts(blob):
    """The classes, weights and intercepts of a head's safetensors."""
    size = int.from_bytes(blob[:8], "little")
    header = json.loads(blob[8:8 + size])

    def tensor(name):
        start, end = header[name]["data_offsets"]
        return np.frombuffer(blob[8 + size + start:8 + size + end], "<f4").reshape(header[name]["shape"]).astype(float)
    return json.loads(header["__metadata__"]["classes"]), tensor("weight"), tensor("bias")
