"""Rounds of engines, and what they come to. A ratio is of one round, where both engines met the same machine."""

import statistics
import subprocess
import time
from importlib import import_module
from pathlib import Path

from searching.asking import REST

FIRN = "Firn"
TIMES = ("build_seconds", "alone_median", "alone_worst", "together_seconds")
# What some engines learn differs from build to build.
SHARES = ("recall", "recall_inside", "recall_outside")


def here(rivals, missing):
    """The measurements of those whose libraries are installed, by name; of the others it is told why they are not."""
    found = {}
    for rival, measure in rivals.items():
        try:
            import_module(rival.package)
            found[rival.name] = measure
        except ImportError as error:
            missing[rival.name] = f"{error}; its package has no wheel for this Python, or was not installed"
    return found


def rounds(engines, count, missing):
    """`engines` are functions of no arguments, by name: each gives its figures. Another begins each round, so that none has the
    best place. One that fails is told of, and left out."""
    found, names = [], list(engines)
    for number in range(count):
        first = number % len(names)
        found.append({})
        for name in names[first:] + names[:first]:
            if name in missing:
                continue
            time.sleep(REST)
            try:
                found[-1][name] = engines[name]()
            except subprocess.CalledProcessError as error:
                missing[name] = failure(error)
    return [{name: each[name] for name in names if name in each and name not in missing} for each in found]


def failure(error):
    """A command that failed, in its own first words."""
    said = (error.stderr or "").strip().splitlines() or ["it said nothing"]
    return f"{Path(error.cmd[0]).name} ended with status {error.returncode}: {said[0]}"


def summary(found):
    """Each engine's medians, and its ratios to Firn's times; what is neither time nor share is the last round's."""
    engines = {}
    for name, last in found[-1].items():
        engines[name] = dict(last)
        for key in TIMES + SHARES:
            if key in last:
                engines[name][key] = statistics.median(each[name][key] for each in found)
                if key in TIMES and key in found[-1].get(FIRN, {}):
                    engines[name][f"{key}_ratio"] = statistics.median(each[name][key] / each[FIRN][key] for each in found)
    return engines
