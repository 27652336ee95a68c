"""Networks that are made of a published one: worse on purpose, by a fixed seed."""

import json
import shutil

import numpy as np

# Of each matrix's own spread.
NOISE = 0.5


def remade(source, folder, remake):
    """A model directory like another, whose matrices are what `remake` makes of them; vectors, such as biases, stay."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    content = bytearray((source / "model.safetensors").read_bytes())
    start = 8 + int.from_bytes(content[:8], "little")
    header, random = json.loads(content[8:start]), np.random.default_rng(0)
    for name, tensor in sorted(header.items()):
        if name == "__metadata__" or tensor["dtype"] != "F32" or len(tensor["shape"]) != 2:
            continue
        first, end = (start + offset for offset in tensor["data_offsets"])
        matrix = np.frombuffer(content[first:end], "<f4")
        content[first:end] = remake(matrix, random).astype("<f4").tobytes()
    (folder / "model.safetensors").write_bytes(content)
    return folder


def perturbed(matrix, random):
    return matrix + NOISE * matrix.std() * random.standard_normal(matrix.shape)


def untrained(matrix, random):
    return matrix.std() * random.standard_normal(matrix.shape)
