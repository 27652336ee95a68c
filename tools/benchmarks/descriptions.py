"""What Debian says of its packages, split into rows to train on and rows to test on."""

import hashlib
import json
import sqlite3
from pathlib import Path

import numpy as np

TRAIN_ROWS = 50_000


def split(data, folder):
    """Two files of rows: 50,000 to train on, the rest to test on, by the hash of the id."""
    rows = Path(data).read_text(encoding="utf-8").splitlines()
    rows.sort(key=lambda row: hashlib.sha256(json.loads(row)["id"].encode()).digest())
    for name, part in (("train", rows[:TRAIN_ROWS]), ("test", rows[TRAIN_ROWS:])):
        (folder / f"{name}.jsonl").write_text("\n".join(part) + "\n", encoding="utf-8")


def read(store, dataset, backbone):
    """Ids, vectors and sections, in the order of the ids, by the views that other tools read."""
    rows = sqlite3.connect(store).execute(
        "SELECT item, vector, value FROM item_embeddings JOIN labels USING (dataset, item) "
        "WHERE backbone = ? AND dataset = ? AND task = 'section' ORDER BY item", [backbone, dataset]).fetchall()
    ids, vectors, sections = zip(*rows)
    return list(ids), np.stack([np.frombuffer(vector, "<f4") for vector in vectors]), np.array(sections)
