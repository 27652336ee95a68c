"""Whether `firn transfer score` ranks backbones as heads on unseen rows do, and how long the transfer verbs take: see `tools/benchmark`."""

import hashlib
import json
import os
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from scipy.stats import kendalltau

from arguments import Parser, positive
from networks import perturbed, remade, untrained
from program import Firn

# Facets of Debian's tags; a package answers one where it has exactly one tag of it.
FACETS = ["role", "implemented-in", "devel", "uitoolkit", "use", "scope", "interface", "works-with"]
TASKS = ["section", *FACETS]
# Classes of fewer packages are left out.
LEAST = 20
LAYERS = [1, 2, 4]
MEASURES = ["ridge", "neighbours", "h_score", "log_evidence"]
METHODS = ["logistic", "ridge"]
# Of what is timed.
ROWS, DIMENSION, CLASSES = 50_000, 384, 58


def packages(path, count):
    """So many packages that answer a facet besides their role, with their labels; the same ones everywhere."""
    found = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        package = json.loads(line)
        tags = defaultdict(list)
        for tag in package["labels"].get("tags", []):
            facet, _, value = tag.partition("::")
            tags[facet].append(value)
        labels = {facet: tags[facet][0] for facet in FACETS if len(tags[facet]) == 1}
        if labels.keys() - {"role"} and "section" in package["labels"]:
            labels["section"] = package["labels"]["section"]
            found.append({"id": package["id"], "text": package["text"], "labels": labels})
    if not found:
        raise SystemExit("transfer: the data has no facet tags: Ubuntu's package index has none, Debian's has")
    found.sort(key=lambda package: hashlib.sha256(package["id"].encode()).digest())
    # A text stands on one side only.
    found = list({package["text"]: package for package in reversed(found[:count])}.values())[::-1]
    for task in TASKS:
        counts = Counter(package["labels"].get(task) for package in found)
        for package in found:
            if counts[package["labels"].get(task)] < LEAST:
                package["labels"].pop(task, None)
    return found


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def add_backbones(firn, source, folder):
    """One network's layers and poolings, and two networks that are worse."""
    firn("backbone", "add", source, "--name", "last")
    firn("backbone", "add", source, "--name", "cls", "--pool", "cls")
    for layer in LAYERS:
        firn("backbone", "add", source, "--name", f"layer-{layer}", "--layer", layer)
    for remake in (perturbed, untrained):
        firn("backbone", "add", remade(source, folder / remake.__name__, remake), "--name", remake.__name__)
    return ["last", "cls", *(f"layer-{layer}" for layer in LAYERS), "perturbed", "untrained"]


def accuracies(firn, task, backbone, method):
    """Of a head that learnt from all rows that were scored, on each half of the rows that it has not seen."""
    firn("train", "head", "--dataset", "known", "--backbone", backbone, "--task", task, "--method", method, "--holdout", 0)
    told = [firn("evaluate", "head", "--dataset", half)["metrics"]["accuracy"] for half in ("first", "second")]
    firn("head", "remove", "head")
    return told


def tau(one, other):
    return float(kendalltau(one, other).statistic)


def scored(firn, task, backbones):
    """How many texts were scored, and what each measure says of the backbones."""
    found = {score["backbone"]: score for score in firn("transfer", "score", "--dataset", "known", "--task", task)["backbones"]}
    scores = {measure: [found[backbone].get(measure, np.nan) for backbone in backbones] for measure in MEASURES}
    for measure in ("ridge", "neighbours"):
        scores[measure] = [figure["value"] for figure in scores[measure]]
    return found[backbones[0]]["ridge"]["rows"], scores


def ranked(firn, task, backbones, parts):
    """What each measure says of the backbones, what heads make of them, and how far their orders agree."""
    rows, scores = scored(firn, task, backbones)
    weights = [sum(task in row["labels"] for row in parts[half]) for half in ("first", "second")]
    found = {"rows": rows, "scores": {measure: dict(zip(backbones, values)) for measure, values in scores.items()}}
    for method in METHODS:
        halves = [accuracies(firn, task, backbone, method) for backbone in backbones]
        held_out = [float(np.average(each, weights=weights)) for each in halves]
        found[method] = {
            "held_out": dict(zip(backbones, held_out)),
            "tau": {measure: tau(values, held_out) for measure, values in scores.items()} | {"halves": tau(*zip(*halves))}}
    return found


def ranking(options, folder):
    firn = Firn(options.firn, folder / "ranking.db")
    backbones = add_backbones(firn, Path(options.backbone), folder)
    rows = packages(options.data, options.rows)
    # Half is known; the rest is in two halves, to see how far they agree with each other.
    parts = {"known": rows[0::2], "first": rows[1::4], "second": rows[3::4]}
    for name, part in parts.items():
        words = [word for backbone in backbones for word in ("--backbone", backbone)]
        firn("extract", write(folder / f"{name}.jsonl", part), "--dataset", name, *words)
    print(f"Kendall's tau of {len(backbones)} backbones' scores on known texts, and of heads' accuracy on as many others")
    print(f"{'head':9} {'task':15} {'texts':>6}", *(f"{name:>12}" for name in [*MEASURES, "two halves"]), " best backbone")
    found = {}
    for task in TASKS:
        # Few rows may leave one class, of which nothing is to be told.
        if len({row["labels"].get(task) for row in parts["known"]} - {None}) < 2:
            print(f"{'':9} {task:15} has one class at the most", flush=True)
            continue
        found[task] = ranked(firn, task, backbones, parts)
        for method in METHODS:
            told = found[task][method]
            best = max(backbones, key=lambda backbone: told["held_out"][backbone])
            line(method, task, f"{found[task]['rows']:,}", told["tau"], best)
    means = {}
    for method in METHODS:
        taus = [task[method]["tau"] for task in found.values()]
        means[method] = {name: float(np.nanmean([each[name] for each in taus])) for name in taus[0]}
        line(method, "mean", "", means[method])
    return {"backbones": backbones, "tasks": found, "mean": means}


def line(method, task, rows, taus, best=""):
    print(f"{method:9} {task:15} {rows:>6}", *(f"{value:12.2f}" for value in taus.values()), f" {best}", flush=True)


def make_features(folder):
    """Vectors of length 1 around the means of their classes, and labels of four tasks that have to do with these."""
    random = np.random.default_rng(0)
    classes = random.choice(CLASSES, ROWS, p=random.dirichlet(np.ones(CLASSES)))
    vectors = random.standard_normal((CLASSES, DIMENSION))[classes] + 2 * random.standard_normal((ROWS, DIMENSION))
    np.save(folder / "features.npy", (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype("<f4"))
    tags = random.random((ROWS, 20)) < 0.05 + 0.4 * (classes[:, None] % 20 == np.arange(20))
    return write(folder / "items.jsonl", (
        {"id": f"item {row:06}", "text": f"text {row}", "side": int(row % 2), "labels": {
            "section": f"s{label}", "role": f"r{(label + row % 3) % 8}", "tags": [f"t{tag}" for tag in np.flatnonzero(tags[row])],
            "size": float(label + row % 7)}}
        for row, label in enumerate(classes)))


def timing(options, folder):
    firn = Firn(options.firn, folder / "timing.db")
    firn("backbone", "declare", "made", "--dimension", DIMENSION)
    firn("import", folder / "features.npy", "--items", make_features(folder), "--dataset", "d", "--backbone", "made")
    print(f"\nseconds on {ROWS:,} × {DIMENSION} features of {CLASSES} classes, {os.cpu_count()} processors; the median of {options.runs}")
    found = {}
    for name, words in {
        "score": ["score", "--dataset", "d", "--task", "section"],
        "gap": ["gap", "d", "d", "--backbone", "made", "--source-where", "side = 0", "--target-where", "side = 1"],
        "tasks": ["tasks", "--dataset", "d", "--backbone", "made"],
    }.items():
        seconds = []
        for _ in range(options.runs):
            start = time.perf_counter()
            firn("transfer", *words)
            seconds.append(time.perf_counter() - start)
        found[name] = float(np.median(seconds))
        print(f"transfer {name:8} {found[name]:6.2f}", flush=True)
    return found


def main():
    parser = Parser("transfer", "[--rows N] [--runs N] [--json FILE]", given=("firn", "backbone", "data"))
    parser.add_argument("--rows", type=positive, default=12_000)
    parser.add_argument("--runs", type=positive, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = {"ranking": ranking(options, Path(folder)), "seconds": timing(options, Path(folder))}
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
