"""The engines, each in a process of its own that loads once, waits idle, and measures when asked."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from extraction.processors import physical, usable

BENCHMARKS = Path(__file__).resolve().parent.parent
CORES = usable()
# The threads of some runtimes spin for a while after their work; the next engine shall have the cores to itself.
REST = 0.5

FIRN, FIRN_INT16, REFERENCE = "Firn", "Firn int16", "sentence-transformers"


@dataclass(frozen=True)
class Engine:
    """`arrangements`, each of so many workers with so many threads, and `batches` are what a rival can be set to; Firn
    leaves nothing to choose."""

    name: str
    words: tuple[str, ...]
    arrangements: tuple[tuple[int, int], ...] = ()
    batches: tuple[int, ...] = ()
    batch_unit: str = ""
    in_float: bool = True


def engines(firn, backbone, models):
    words = ("extraction.firn", "--program", firn, "--backbone", backbone)
    return [Engine(FIRN, words), Engine(FIRN_INT16, (*words, "--numeric", "int16"), in_float=False), *rivals(backbone, Path(models))]


def said(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def rivals(backbone, models):
    def rival(kind, model=None):
        words = ("extraction.rival", kind, "--backbone", backbone)
        return (*words, "--model", str(converted(backbone, model))) if model else words

    # A batch for each core, or one batch on all of them; where two processors share a core, one of them may do better.
    counts = sorted({CORES, physical()})
    one_at_a_time = tuple((1, count) for count in counts)
    arrangements = tuple(dict.fromkeys([*one_at_a_time, *((count, 1) for count in counts)]))
    tokens = (256, 512, 1024, 2048, 4096)
    # What another release converted may be another model.
    ctranslate2 = models / f"ctranslate2-{version('ctranslate2')}"
    onnx = models / f"onnxruntime-{version('onnxruntime')}" / "float32.onnx"
    return [
        Engine("CTranslate2 float32", rival("CTranslate2", ctranslate2 / "float32"), arrangements, tokens, "tokens"),
        Engine("CTranslate2 int8", rival("CTranslate2", ctranslate2 / "int8"), arrangements, tokens, "tokens", False),
        Engine("ONNX Runtime float32", rival("OnnxRuntime", onnx), arrangements, tokens, "tokens"),
        Engine(REFERENCE, rival("SentenceTransformers"), one_at_a_time, (8, 16, 32, 64, 128), "texts"),
    ]


def converted(backbone, model):
    if not model.exists():
        print(f"Converting the backbone into {model}", file=sys.stderr)
        words = [sys.executable, "-m", "extraction.convert", "--backbone", backbone, str(model)]
        subprocess.run(words, check=True, cwd=BENCHMARKS, env=environment(), stdout=sys.stderr)
    return model


def environment():
    """Without the processor type that some machines set for OpenBLAS: it may be an older one, which slows NumPy."""
    kept = {name: value for name, value in os.environ.items() if name != "OPENBLAS_CORETYPE"}
    return kept | {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}


@dataclass(frozen=True)
class Settings:
    """Of a rival: how many batches at a time, on how many threads each, and how large."""

    workers: int
    threads: int
    batch: int


class Process:
    """An engine's process, from its start to the end of the `with`. The arrangement is a rival's setting."""

    def __init__(self, engine, arrangement=None):
        words = [sys.executable, "-m", *engine.words]
        if arrangement:
            workers, threads = arrangement
            words += ["--workers", str(workers), "--threads", str(threads)]
        # Firn is measured as the user's environment runs it.
        self.process = subprocess.Popen(
            words, cwd=BENCHMARKS, env=environment() if engine.batches else None, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE)
        self.receive()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def measure(self, texts, vectors, batch=None):
        """Embeds the texts of one file and leaves their vectors in another, float32, little-endian."""
        request = {"texts": str(texts), "vectors": str(vectors)} | ({"batch": batch} if batch else {})
        time.sleep(REST)
        print(json.dumps(request), file=self.process.stdin, flush=True)
        return self.receive()

    def receive(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"benchmark: {' '.join(self.process.args)} ended; see above")
        return json.loads(line)


def best_settings(engine, texts, vectors):
    """The rival's fastest settings on the texts, each tried twice. In processes of their own: what is tried here shall
    not count in the peak memory."""
    times = {}
    for arrangement in engine.arrangements:
        with Process(engine, arrangement) as process:
            process.measure(texts, vectors, engine.batches[0])
            for batch in engine.batches * 2:
                seconds = process.measure(texts, vectors, batch)["seconds"]
                settings = Settings(*arrangement, batch)
                times[settings] = min(seconds, times.get(settings, seconds))
    return min(times, key=times.get)
