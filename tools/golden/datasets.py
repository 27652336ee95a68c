"""Makes the golden files of JSON and of datasets with Python's own json and csv modules (written with Python 3.11).

Tests/JSONTests/Goldens:
canonical.tsv  a JSON text as json.dumps writes it by default, a tab, the same with sorted keys, no spaces, unescaped

Tests/DatasetsTests/Goldens:
table.csv      rows of difficult cells by csv.writer; table.tsv the same, tab-separated
table.jsonl    the same rows as JSON Lines
"""

import csv
import json
import pathlib
import random

TESTS = pathlib.Path("Tests")
PIECES = ["a", "B", "\"", "\\", "/", "\t", "\n", "\r\n", "\b", "\f", "\x1f", "\x7f", ",", ";", "é", "e\u0301", "ß",
          "漢字", "😀", "👩\u200d👩\u200d👧", "\ufeff", "\u2028", "\uffff", "𐀀", "null", "0", " ", "'", "{", "]"]


def text(rng, most=6):
    return "".join(rng.choice(PIECES) for _ in range(rng.randint(0, most)))


def value(rng, depth):
    kind = rng.randrange(8 if depth else 6)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind == 1:
        return rng.choice([0, -1, rng.getrandbits(80), -rng.getrandbits(60), 9007199254740993])
    if kind == 2:
        return rng.choice([0.5, 1e-7, 1e22, -2.25e300, rng.random()])
    if kind < 6:
        return text(rng)
    if kind == 6:
        return [value(rng, depth - 1) for _ in range(rng.randint(0, 4))]
    return {text(rng): value(rng, depth - 1) for _ in range(rng.randint(0, 5))}


def main():
    rng = random.Random(20)
    with open(TESTS / "JSONTests/Goldens/canonical.tsv", "w", encoding="utf-8", newline="\n") as out:
        for _ in range(200):
            row = {text(rng): value(rng, 3) for _ in range(rng.randint(0, 6))}
            canonical = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            out.write(json.dumps(row) + "\t" + canonical + "\n")

    names = ["id", "note, with comma", "text", "label", "quote \" and\nnewline"]
    rows = [[str(number), text(rng), "text " + text(rng), rng.choice(["", "a", "7", "b c", "\"q\""]), text(rng)]
            for number in range(150)]
    for name, delimiter, quoting in [("table.csv", ",", csv.QUOTE_MINIMAL), ("table.tsv", "\t", csv.QUOTE_ALL)]:
        with open(TESTS / "DatasetsTests/Goldens" / name, "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
            writer.writerow(names)
            writer.writerows(rows)
    with open(TESTS / "DatasetsTests/Goldens" / "table.jsonl", "w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            fields = dict(zip(names, row))
            fields["label"] = fields["label"] or None
            out.write(json.dumps(fields) + "\n")


main()
