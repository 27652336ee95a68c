"""The texts that the engines embed: three corpora, each with texts of its own length, the same ones on every run.

- short: what Debian says of its packages in a line;
- medium: paragraphs of git's documentation;
- long: runs of its paragraphs, so long that many are cut at the longest that the network reads.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

NAMES = ("short", "medium", "long")
MAXIMUM_LENGTH = 256
MEDIUM_LENGTHS = range(28, 61)
LONG_LENGTH = 200


@dataclass(frozen=True)
class Corpus:
    name: str
    texts: list[str]
    lengths: list[int]

    @property
    def tokens(self):
        return sum(self.lengths)

    @property
    def flop_per_token(self):
        """Of MiniLM's six layers: what each token costs, and what it costs to attend to each token of its text."""
        return sum(length * (21.23e6 + 9216 * length) for length in self.lengths) / self.tokens

    def sample(self, tokens):
        """Its first texts that make up so many tokens."""
        count, found = 0, 0
        while found < tokens and count < len(self.texts):
            found += self.lengths[count]
            count += 1
        return Corpus(self.name, self.texts[:count], self.lengths[:count])


class Corpora:
    """`descriptions` is a file of tools/fetch-data; `documentation` a folder of AsciiDoc."""

    def __init__(self, descriptions, documentation, tokenizer):
        self.descriptions, self.documentation, self.tokenizer = Path(descriptions), Path(documentation), tokenizer

    def corpus(self, name):
        """All texts of the corpus, each once, shuffled by their hashes."""
        texts = {"short": self.short, "medium": self.medium, "long": self.long}[name]()
        texts = sorted(set(texts), key=lambda text: hashlib.sha256(text.encode()).digest())
        return Corpus(name, texts, [min(length, MAXIMUM_LENGTH) for length in self.lengths(texts)])

    def short(self):
        return [json.loads(row)["text"] for row in self.descriptions.read_text(encoding="utf-8").splitlines()]

    def medium(self):
        texts = [text for file in self.files() for text in paragraphs(file)]
        return [text for text, length in zip(texts, self.lengths(texts)) if length in MEDIUM_LENGTHS]

    def long(self):
        return [text for file in self.files() for text in self.runs(paragraphs(file))]

    def runs(self, texts):
        """Each run goes on until it is long; a shorter one at the end is left out."""
        run, total = [], 0
        for text, length in zip(texts, self.lengths(texts)):
            run.append(text)
            total += length
            if total >= LONG_LENGTH:
                yield " ".join(run)
                run, total = [], 0

    def files(self):
        # Later releases of git call the same files .adoc.
        return sorted(file for file in self.documentation.rglob("*") if file.suffix in (".txt", ".adoc"))

    def lengths(self, texts):
        return [len(encoding.ids) for encoding in self.tokenizer.encode_batch(texts)]


def paragraphs(file):
    """The file's paragraphs of prose, each on one line."""
    blocks = re.split(r"\n(?:\s*\n|\+\n|--+\n)+", file.read_text(encoding="utf-8", errors="replace"))
    lines = (" ".join(block.split()).removeprefix("* ") for block in blocks)
    return [line for line in lines if is_prose(line)]


def is_prose(line):
    """Neither a heading nor a list's label, and nearly all letters: no listing and no diagram."""
    letters = sum(character.isalpha() or character == " " for character in line)
    return line[:1].isupper() and line.endswith(".") and "::" not in line and letters >= 0.9 * len(line)
