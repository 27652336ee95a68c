"""What CTranslate2 and ONNX Runtime leave to their users: tokenising, batches of texts of like length, pooling."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from extraction.corpora import MAXIMUM_LENGTH


class Batches:
    """Embeds with a network that `hidden` is: a batch of token ids in, its last layer's vectors out, padded."""

    def __init__(self, backbone, workers, hidden):
        self.tokenizer = tokenizer(backbone)
        self.tokenizer.enable_truncation(MAXIMUM_LENGTH)
        self.workers, self.hidden = ThreadPoolExecutor(workers), hidden

    def embed(self, texts, batch):
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch_fast(texts)]
        batches = list(of_like_length(ids, batch))
        vectors = list(self.workers.map(lambda rows: self.pooled([ids[row] for row in rows]), batches))
        ordered = np.empty((len(ids), vectors[0].shape[1]), np.float32)
        ordered[np.concatenate(batches)] = np.concatenate(vectors)
        return ordered

    def pooled(self, ids):
        lengths = np.array([len(text) for text in ids])
        hidden = self.hidden(ids)
        own = (np.arange(hidden.shape[1]) < lengths[:, None]).astype(np.float32)
        means = np.einsum("btd,bt->bd", hidden, own) / lengths[:, None]
        return means / np.linalg.norm(means, axis=1, keepdims=True)


def tokenizer(backbone):
    """The backbone's own, without padding, cutting nothing."""
    found = Tokenizer.from_file(str(Path(backbone) / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def of_like_length(ids, tokens):
    """Rows of texts, the longest first, as many a batch as make up `tokens` when padded."""
    batch = []
    for row in sorted(range(len(ids)), key=lambda row: -len(ids[row])):
        if batch and (len(batch) + 1) * len(ids[batch[0]]) > tokens:
            yield batch
            batch = []
        batch.append(row)
    yield batch
