"""Firn's heads beside their rivals, on the same features in memory, with all cores, in interleaved rounds: see `tools/benchmark`.

Every objective and gradient norm in the table is computed here, in double precision over all rows, from the head that came out.
"""

import json
import statistics
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
import torch
from sklearn.linear_model import LogisticRegression, RidgeClassifierCV
from sklearn.svm import LinearSVC

from arguments import Parser, positive
from descriptions import read, split
from program import Firn, parts

PENALTIES = [1.0, 0.1, 0.01]
# Of the linear support vector machine, of many ridge heads and of updates.
PENALTY = 1.0
TASKS, EDITS = 1000, 100
RIDGE_PENALTIES = [10.0 ** exponent for exponent in range(-5, 5)]
# How far above a rival's objective one may end, of it.
SLACK = 1e-6


class Problem:
    def __init__(self, features, sections, folder, program):
        self.x, self.wide = features, features.astype(float)
        self.classes, self.y = np.unique(sections, return_inverse=True)
        self.folder, self.program = folder, program
        features.astype("<f4").tofile(folder / "features")
        self.y.astype("<i4").tofile(folder / "labels")

    def firn(self, job):
        """What a job of `heads` says of itself, its weights and intercepts."""
        words = [self.program, self.folder / "features", self.x.shape[1], self.folder / "labels", self.folder, job]
        said = json.loads(subprocess.run([*map(str, words)], check=True, capture_output=True, text=True).stdout)
        if not said["converged"]:
            raise RuntimeError(f"{job} did not converge")
        _, weight, bias = parts((self.folder / "0").read_bytes())
        return said, weight, bias

    def logistic(self, weight, bias, penalty):
        """The objective and the norm of its gradient."""
        logits = self.wide @ weight.T + bias
        logits -= logits.max(1, keepdims=True)
        logarithms = logits - np.log(np.exp(logits).sum(1, keepdims=True))
        rows = np.arange(len(self.y))
        objective = -logarithms[rows, self.y].sum() + penalty / 2 * (weight ** 2).sum()
        residuals = np.exp(logarithms)
        residuals[rows, self.y] -= 1
        return objective, np.hypot(
            np.linalg.norm(residuals.T @ self.wide + penalty * weight), np.linalg.norm(residuals.sum(0)))

    def squared_hinge(self, weight, bias, penalty):
        """The same of the support vector machine."""
        signs = np.full((len(self.y), len(self.classes)), -1.0)
        signs[np.arange(len(self.y)), self.y] = 1
        margins = np.maximum(0, 1 - signs * (self.wide @ weight.T + bias))
        slopes = -2 * signs * margins
        return (margins ** 2).sum() + penalty / 2 * (weight ** 2).sum(), np.hypot(
            np.linalg.norm(slopes.T @ self.wide + penalty * weight), np.linalg.norm(slopes.sum(0)))


def timed(job):
    start = time.perf_counter()
    result = job()
    return time.perf_counter() - start, result


def scikit_learn_logistic(problem, penalty):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seconds, model = timed(lambda: LogisticRegression(C=1 / penalty, max_iter=1000).fit(problem.x, problem.y))
    return seconds, model.coef_, model.intercept_


def torch_logistic(problem, penalty):
    """Full-batch L-BFGS, 400 iterations at most."""
    x, y = torch.from_numpy(problem.x), torch.from_numpy(problem.y)
    weight = torch.zeros(len(problem.classes), x.shape[1], requires_grad=True)
    bias = torch.zeros(len(problem.classes), requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [weight, bias], max_iter=400, history_size=20, tolerance_grad=1e-7, tolerance_change=1e-10,
        line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(torch.nn.functional.linear(x, weight, bias), y)
        loss = loss + penalty / 2 / len(y) * weight.square().sum()
        loss.backward()
        return loss
    seconds, _ = timed(lambda: optimizer.step(closure))
    return seconds, weight.detach().numpy().astype(float), bias.detach().numpy().astype(float)


def scikit_learn_svm(problem, penalty):
    """The intercept is penalised as a weight of a feature that is so large that it hardly is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seconds, model = timed(
            lambda: LinearSVC(C=1 / penalty, dual=False, intercept_scaling=100).fit(problem.x, problem.y))
    return seconds, model.coef_, model.intercept_


def logistic(problem, penalty):
    """One round: the figures of each engine, by name."""
    said, *head = problem.firn(f"logistic:{penalty}")
    return {
        "firn": solved(said["seconds"], problem.logistic(*head, penalty)),
        **{name: solved(seconds, problem.logistic(*head, penalty)) for name, (seconds, *head) in (
            ("scikit-learn", scikit_learn_logistic(problem, penalty)), ("PyTorch", torch_logistic(problem, penalty)))}}


def logistic_path(problem, so_far):
    """All penalties, by Firn from one to the next; its rivals did them one by one."""
    said, *head = problem.firn("logistic:" + ",".join(map(str, PENALTIES)))
    rivals = [so_far[name(penalty)] for penalty in PENALTIES]
    return {
        "firn": solved(said["seconds"], problem.logistic(*head, PENALTIES[-1])),
        **{engine: rivals[-1][engine] | {"seconds": sum(rival[engine]["seconds"] for rival in rivals)}
           for engine in ("scikit-learn", "PyTorch")}}


def svm(problem, _):
    said, *head = problem.firn(f"svm:{PENALTY}")
    seconds, *rival = scikit_learn_svm(problem, PENALTY)
    return {
        "firn": solved(said["seconds"], problem.squared_hinge(*head, PENALTY)),
        "scikit-learn": solved(seconds, problem.squared_hinge(*rival, PENALTY))}


def solved(seconds, value):
    objective, gradient_norm = value
    return {"seconds": seconds, "objective": objective, "gradient_norm": gradient_norm}


def ridge(problem, _):
    seconds, model = timed(lambda: RidgeClassifierCV(alphas=RIDGE_PENALTIES).fit(problem.x, problem.y))
    said, *_ = problem.firn("ridge:" + ",".join(map(str, RIDGE_PENALTIES)))
    return {"firn": {"seconds": said["seconds"], "penalty": said["penalty"]},
            "scikit-learn": {"seconds": seconds, "penalty": float(model.alpha_)}}


def ridge_tasks(problem, _):
    return {"firn": {"seconds": problem.firn(f"tasks:{TASKS},{PENALTY}")[0]["seconds"]}}


def ridge_update(problem, _):
    said, *_ = problem.firn(f"update:{EDITS},{PENALTY}")
    return {"firn": {"seconds": said["seconds"], "same_bytes": said["same"]}}


def name(penalty):
    return f"logistic, C = {1 / penalty:g}"


JOBS = {
    **{name(penalty): lambda problem, _, penalty=penalty: logistic(problem, penalty)
       for penalty in PENALTIES},
    "logistic, all in turn": logistic_path,
    "linear SVM, C = 1": svm,
    f"ridge, {len(RIDGE_PENALTIES)} penalties": ridge,
    f"ridge, {TASKS:,} tasks": ridge_tasks,
    f"ridge, {EDITS} labels edited": ridge_update}


def summary(job, rounds):
    """An engine's medians over the rounds; a rival's ratio is the median of the rounds'."""
    engines = []
    for name in rounds[0]:
        found = {"engine": name, "seconds": statistics.median(each[name]["seconds"] for each in rounds)}
        found |= {key: value for key, value in rounds[-1][name].items() if key != "seconds"}
        found["ratio"] = statistics.median(each[name]["seconds"] / each["firn"]["seconds"] for each in rounds)
        engines.append(found)
    objectives = [engine["objective"] for engine in engines if "objective" in engine]
    not_above = all(objectives[0] <= other * (1 + SLACK) for other in objectives[1:]) if objectives else None
    return {"job": job, "engines": engines, "objective_not_above_rivals": not_above}


def table(found):
    lines = []
    for index, engine in enumerate(found["engines"]):
        line = f"{'' if index else found['job']:24} {engine['engine']:14} {engine['seconds']:9.3f} s"
        line += f" {engine['ratio']:7.1f} ×"
        if "objective" in engine:
            line += f" {engine['objective']:14,.2f} {engine['gradient_norm']:10.3f}"
        if "penalty" in engine:
            line += f"  chose λ = {engine['penalty']:g}"
        if "same_bytes" in engine:
            line += "  the bytes of training anew" if engine["same_bytes"] else "  NOT the bytes of training anew"
        lines.append(line)
    if found["objective_not_above_rivals"] is False:
        lines.append("Firn's objective is above a rival's")
    return "\n".join(lines)


def features(options, folder):
    split(options.data, folder)
    store = folder / "benchmark.db"
    firn = Firn(options.firn, store)
    firn("backbone", "add", options.backbone, "--name", "minilm")
    firn("extract", folder / "train.jsonl", "--dataset", "train", "--backbone", "minilm")
    _, vectors, sections = read(store, "train", "minilm")
    return vectors, sections


def parse():
    parser = Parser("heads", "[--runs N] [--json FILE]", given=("firn", "backbone", "data", "heads"))
    parser.add_argument("--runs", type=positive, default=3)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def main():
    options = parse()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        problem = Problem(*features(options, folder), folder, options.heads)
        figures = {
            "scikit_learn": sklearn.__version__, "torch": torch.__version__, "rows": len(problem.x),
            "features": problem.x.shape[1], "classes": len(problem.classes), "runs": options.runs, "jobs": []}
        print("{rows:,} rows, {features} features, {classes} classes; {runs} rounds\n".format(**figures))
        print(f"{'':24} {'':14} {'median':>11} {'beside':>9} {'objective':>14} {'gradient':>10}", flush=True)
        rounds = {job: [] for job in JOBS}
        for _ in range(options.runs):
            so_far = {}
            for job, run in JOBS.items():
                so_far[job] = run(problem, so_far)
                rounds[job].append(so_far[job])
        for job in JOBS:
            figures["jobs"].append(summary(job, rounds[job]))
            print(table(figures["jobs"][-1]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
