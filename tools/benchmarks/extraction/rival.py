"""The process of a rival: it loads one model, then embeds texts with it. Each rival imports its own library only, so
that its memory is its own.

The measured span is that of a library's user: texts in, finished vectors out, tokenising included and loading not.
"""

import argparse
import json
import re
import time
from pathlib import Path

import numpy as np

from extraction.batches import Batches
from extraction.corpora import MAXIMUM_LENGTH
from extraction.serving import serve


class CTranslate2:
    """`batch` counts tokens."""

    def __init__(self, options):
        import ctranslate2

        # The folder is named after the type that its weights are kept in.
        self.encoder = ctranslate2.Encoder(
            options.model, device="cpu", compute_type=Path(options.model).name, inter_threads=options.workers,
            intra_threads=options.threads)
        self.embed = Batches(options.backbone, options.workers, self.hidden).embed

    def hidden(self, ids):
        return np.asarray(self.encoder.forward_batch(ids).last_hidden_state)


class OnnxRuntime:
    """`batch` counts tokens, padding included."""

    def __init__(self, options):
        import onnxruntime

        session = onnxruntime.SessionOptions()
        session.intra_op_num_threads = options.threads
        self.session = onnxruntime.InferenceSession(options.model, session, providers=["CPUExecutionProvider"])
        self.embed = Batches(options.backbone, options.workers, self.hidden).embed

    def hidden(self, ids):
        padded = np.zeros((len(ids), max(map(len, ids))), np.int64)
        mask = np.zeros_like(padded)
        for row, text in enumerate(ids):
            padded[row, :len(text)] = text
            mask[row, :len(text)] = 1
        return self.session.run(["hidden"], {"input_ids": padded, "attention_mask": mask})[0]


class SentenceTransformers:
    """`batch` counts texts."""

    def __init__(self, options):
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(options.threads)
        self.model = SentenceTransformer(options.backbone, device="cpu")
        self.model.max_seq_length = MAXIMUM_LENGTH

    def embed(self, texts, batch):
        return self.model.encode(texts, batch_size=batch, show_progress_bar=False)


RIVALS = {rival.__name__: rival for rival in (CTranslate2, OnnxRuntime, SentenceTransformers)}


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("rival", choices=RIVALS)
    parser.add_argument("--backbone", required=True)
    parser.add_argument("--model", help="the backbone in the rival's own form, where it has one")
    parser.add_argument("--workers", type=int, required=True, help="how many batches are computed at a time")
    parser.add_argument("--threads", type=int, required=True, help="on how many threads each")
    return parser.parse_args()


def peak_megabytes():
    """Of this program: what `getrusage` says would begin with the size of the process that started it."""
    kilobytes = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text()).group(1)
    return int(kilobytes) * 1024 / 1e6


def main():
    started = time.perf_counter()
    options = parse()
    rival = RIVALS[options.rival](options)
    loading_seconds = time.perf_counter() - started

    def measure(texts, vectors, batch):
        texts = json.loads(Path(texts).read_text())
        started = time.perf_counter()
        embedded = rival.embed(texts, batch)
        seconds = time.perf_counter() - started
        embedded.tofile(vectors)
        return {"seconds": seconds, "whole_seconds": loading_seconds + seconds, "megabytes": peak_megabytes()}

    serve(measure)


if __name__ == "__main__":
    main()
