"""Goldens of the module Tokenization, made by the original software.

Versions: tokenizers 0.23.3, transformers 5.23.0 (see requirements.txt beside this script).
Usage:    python tools/golden/tokenization.py --backbone DIR
          DIR is a published sentence-transformers/all-MiniLM-L6-v2.
Writes Tests/TokenizationTests/Goldens:

  model.json        the `model` section of a small tokenizer.json, trained here on the texts; kept when it is
                    there, for training breaks ties differently in every run
  variants.json     by name: the other sections, and the answers of the tokenizer they make with model.json
  vocabulary-*/     directories with vocab.txt and perhaps tokenizer_config.json, and answers.json
  reference.json    the answers of the tokenizer of the backbone
  unicode.json      digests of what each stage does to every Unicode scalar, 4,096 scalars a digest
  texts.json        the texts, the pools and seed of the random texts
"""

import argparse
import json
import pathlib
import shutil

import tokenizers
import transformers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

from tokenization_texts import ADDED, MULTILINGUAL, TEXTS, UNICODE

assert tokenizers.__version__ == "0.23.3" and transformers.__version__ == "5.23.0"
GOLDENS = pathlib.Path(__file__).parents[2] / "Tests" / "TokenizationTests" / "Goldens"
LENGTHS = [16, 256]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
MASK64 = (1 << 64) - 1


def digest(data: bytes) -> str:
    """FNV-1a, 64 bits."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & MASK64
    return f"{value:016x}"


def write(name: str, value) -> None:
    path = GOLDENS / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n")


# Random texts: a generator (SplitMix64) that the tests repeat, over pools of scalar ranges.

SEED = 20240229
RANDOM_TEXTS = 4000
TEXTS_PER_DIGEST = 20
TEXTS_PER_LONG_TEXT = 500
POOLS = [
    [[0x61, 0x7A]], [[0x61, 0x7A]], [[0x41, 0x5A]], [[0x30, 0x39]], [[0x20, 0x20]], [[0x20, 0x20]], [[0x21, 0x7E]],
    [[0x00, 0x20], [0x7F, 0xA0], [0x2000, 0x200F], [0x2028, 0x202F], [0x205F, 0x206F], [0x3000, 0x3000], [0xFEFF, 0xFEFF]],
    [[0xA1, 0x24F]], [[0x300, 0x36F]], [[0x370, 0x52F]], [[0x591, 0x6FF]], [[0x900, 0xDFF]], [[0xE00, 0x109F]],
    [[0x1100, 0x11FF], [0xA960, 0xA97C], [0xD7B0, 0xD7FB]], [[0xAC00, 0xD7A3]], [[0x1AB0, 0x1FFF]], [[0x2010, 0x2BFF]],
    [[0x3001, 0x30FF]], [[0x4E00, 0x9FFF]], [[0xF900, 0xFAFF], [0x2F800, 0x2FA1F]], [[0xFE00, 0xFFFD]],
    [[0x1F1E6, 0x1F64F], [0x200D, 0x200D], [0xFE0F, 0xFE0F]], [[0x10000, 0x11FFF]], [[0x16000, 0x1EFFF]],
    [[0x302A, 0x302F], [0x3099, 0x309C], [0x1D165, 0x1D172], [0x16FF0, 0x16FF1], [0x334, 0x338]],
    [[0xE000, 0xE0FF], [0xE0000, 0xE01EF], [0xF0000, 0xF00FF]], [[0x0, 0xD7FF], [0xE000, 0x10FFFF]],
]
PIECES = SPECIAL + ["ing", "the ", "e\u0301", "un", "##", "born", "equal", "s ", "man ", "\u1100\u1161\u11a8", "word", "new york", "<left>", "abcd"]


class SplitMix64:
    def __init__(self, seed: int):
        self.state = seed

    def below(self, bound: int) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK64
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK64
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK64
        return ((z ^ (z >> 31)) >> 11) % bound


def random_texts() -> list[str]:
    random = SplitMix64(SEED)
    texts = []
    for _ in range(RANDOM_TEXTS):
        parts = []
        pool = POOLS[0]
        for _ in range(random.below(40)):
            if random.below(12) == 0:
                parts.append(PIECES[random.below(len(PIECES))])
                continue
            if random.below(3) == 0:
                pool = POOLS[random.below(len(POOLS))]
            low, high = pool[random.below(len(pool))]
            parts.append(chr(low + random.below(high - low + 1)))
        texts.append("".join(parts))
    return texts


# Answers.


def encodings(encode, texts: list[str], length: int) -> list[list[int]]:
    """Ids cut to `length`; the last entry is 1 where the text was cut and 0 where it was not."""
    answers = []
    for text in texts:
        ids = encode(text)
        cut = len(ids) > length
        answers.append((ids[: length - 1] + ids[-1:] if cut else ids) + [int(cut)])
    return answers


def answer_digest(answers: list[list[int]]) -> str:
    return digest(b"".join(number.to_bytes(4, "little") for answer in answers for number in answer))


def answers(encode, texts: list[str], full: bool) -> dict:
    """Answers to the fixed texts (ids, or a digest a text) and digests of those to the random texts, cut to each
    length; and uncut, to long texts that are many random ones end to end."""
    random = random_texts()
    cut = {}
    for length in LENGTHS:
        fixed = encodings(encode, texts, length)
        wild = encodings(encode, random, length)
        groups = range(0, len(wild), TEXTS_PER_DIGEST)
        cut[str(length)] = {
            "fixed": fixed if full else [answer_digest([answer]) for answer in fixed],
            "random": [answer_digest(wild[start : start + TEXTS_PER_DIGEST]) for start in groups],
        }
    long = ["".join(random[start : start + TEXTS_PER_LONG_TEXT]) for start in range(0, len(random), TEXTS_PER_LONG_TEXT)]
    return {"cut": cut, "long": [answer_digest(encodings(encode, [text], 1 << 31)) for text in long]}


def encoder(tokenizer: Tokenizer):
    """The original's own truncation must agree with cutting the full answer, so use it for both."""
    tokenizer.no_padding()

    def encode(text: str) -> list[int]:
        tokenizer.no_truncation()
        ids = tokenizer.encode(text).ids
        for length in LENGTHS:
            tokenizer.enable_truncation(length)
            cut = tokenizer.encode(text).ids
            assert cut == (ids[: length - 1] + ids[-1:] if len(ids) > length else ids), text
        return ids

    return encode


# The small tokenizer and its variants.


def train() -> dict:
    """The model section of a tokenizer trained on the texts as they are, lowercased, and without accents."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    clean = normalizers.BertNormalizer(lowercase=False, strip_accents=False)
    bare = normalizers.BertNormalizer()
    texts = [normalizer.normalize_str(text) for text in MULTILINGUAL + UNICODE for normalizer in (clean, bare)]
    trainer = trainers.WordPieceTrainer(
        vocab_size=2600, min_frequency=1, limit_alphabet=900, special_tokens=SPECIAL, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    # Tokens that a dictionary keyed by canonical equivalence would merge, and what the added tokens need.
    vocabulary = model["vocab"]
    for token in ["e\u0301", "é", "##e\u0301", "##é", "Å", "\u212b", "가", "\u1100\u1161", "a", "##a", "b", "##b", "##ing", "run", "##n"]:
        vocabulary.setdefault(token, len(vocabulary))
    return model


def added(id: int, content: str, special: bool = False, normalized: bool = False, **flags: bool) -> dict:
    token = {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False}
    return token | {"normalized": normalized, "special": special} | flags


def sections(model: dict, more: list[dict] = [], **normalizer) -> dict:
    vocabulary = model["vocab"]
    cls, sep = vocabulary["[CLS]"], vocabulary["[SEP]"]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [added(vocabulary[token], token, special=True) for token in SPECIAL] + more,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True} | normalizer,
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [cls], "tokens": ["[CLS]"]},
                               "[SEP]": {"id": "[SEP]", "ids": [sep], "tokens": ["[SEP]"]}},
        },
        "decoder": None,
    }


def variants(model: dict) -> dict:
    first = len(model["vocab"])
    contents = [
        ("<left>", {"lstrip": True}), ("<right>", {"rstrip": True}), ("<both>", {"lstrip": True, "rstrip": True}),
        ("word", {"single_word": True}), ("New York", {"normalized": True}), ("Café", {"normalized": True, "single_word": True}),
        ("abcd", {}), ("abc", {}), ("abcdef", {"normalized": True}), ("[NEW1]", {"normalized": True, "special": True, "rstrip": True}),
    ]
    more = [added(first + index, content, **flags) for index, (content, flags) in enumerate(contents)]
    bert = sections(model, strip_accents=False)
    bert["post_processor"] = {"type": "BertProcessing", "sep": ["[SEP]", model["vocab"]["[SEP]"]],
                              "cls": ["[CLS]", model["vocab"]["[CLS]"]]}
    return {
        "uncased": sections(model),
        "cased": sections(model, lowercase=False),
        "uncased with accents": bert,
        "cased without accents": sections(model, lowercase=False, strip_accents=True),
        "ideographs joined": sections(model, handle_chinese_chars=False),
        "not cleaned": sections(model, clean_text=False),
        "bare": sections(model, clean_text=False, handle_chinese_chars=False, lowercase=False),
        "added tokens": sections(model, more),
        "added tokens, cased": sections(model, more, lowercase=False),
    }


def write_variants() -> None:
    path = GOLDENS / "model.json"
    if not path.exists():
        path.write_text(json.dumps(train(), ensure_ascii=False, separators=(",", ":")))
    model_text = path.read_text()
    model = json.loads(model_text)
    result = {}
    for name, rest in variants(model).items():
        # The tests join the two parts in the same way.
        text = json.dumps(rest, separators=(",", ":"))
        tokenizer = Tokenizer.from_str(text[:-1] + ',"model":' + model_text + "}")
        result[name] = {"sections": text, "answers": answers(encoder(tokenizer), TEXTS + ADDED, full=name == "uncased")}
    write("variants.json", result)


# vocab.txt, read by transformers.


def write_vocabularies() -> None:
    tokens = [token for token in json.loads((GOLDENS / "model.json").read_text())["vocab"] if token not in SPECIAL]
    lines = "\n".join(SPECIAL + tokens[:1200] + ["the", "##the", "word"])
    odd = "[PAD]\r\n[UNK] \n[CLS]\t\n[SEP]\u3000\n[MASK]\nborn \r\na\u00a0\n\nb\x0cc\nthe\na\n" + "\n".join(tokens[:300]) + "\n\n"
    configurations = {
        "vocabulary-plain": (lines + "\n", None),
        "vocabulary-cased": (lines, {"tokenizer_class": "BertTokenizer", "do_lower_case": False, "tokenize_chinese_chars": False,
                                     "strip_accents": None, "model_max_length": 512}),
        "vocabulary-odd": (odd, {
            "tokenizer_class": "BertTokenizer", "do_lower_case": True, "strip_accents": False, "cls_token": "born",
            "mask_token": {"__type": "AddedToken", "content": "[MASK]", "lstrip": True, "normalized": False,
                           "rstrip": False, "single_word": False},
            "additional_special_tokens": ["<left>"]}),
    }
    for name, (vocabulary, configuration) in configurations.items():
        directory = GOLDENS / name
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        (directory / "vocab.txt").write_bytes(vocabulary.encode())
        if configuration is not None:
            (directory / "tokenizer_config.json").write_text(json.dumps(configuration))
        tokenizer = transformers.BertTokenizerFast.from_pretrained(directory)
        write(f"{name}/answers.json", answers(encoder(tokenizer.backend_tokenizer), TEXTS + ADDED, full=False))


# Every scalar through every stage.


def write_unicode() -> None:
    off = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
    stages = {
        "clean_text": normalizers.BertNormalizer(**off | {"clean_text": True}),
        "handle_chinese_chars": normalizers.BertNormalizer(**off | {"handle_chinese_chars": True}),
        "strip_accents": normalizers.BertNormalizer(**off | {"strip_accents": True}),
        "lowercase": normalizers.BertNormalizer(**off | {"lowercase": True}),
        "uncased": normalizers.BertNormalizer(),
    }
    words = pre_tokenizers.BertPreTokenizer()
    # The token is found where no word character adjoins it.
    single_word = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))
    single_word.add_tokens([tokenizers.AddedToken("|", single_word=True, normalized=False)])
    result = {name: [] for name in [*stages, "ordering", "pre_tokenizer", "single_word"]}
    for start in range(0, 0x110000, 4096):
        scalars = [chr(value) for value in range(start, start + 4096) if not 0xD800 <= value <= 0xDFFF]
        for name, normalizer in stages.items():
            result[name].append(digest(normalizer.normalize_str("|".join(scalars)).encode()))
        # Spacing marks of classes 226, 216 and 224: how they are ordered shows the combining class of the scalar.
        ordered = "|".join("\U0001d16d" + scalar + "\U0001d165\u302e" for scalar in scalars)
        result["ordering"].append(digest(stages["strip_accents"].normalize_str(ordered).encode()))
        split = words.pre_tokenize_str(" ".join("a" + scalar + "b" for scalar in scalars))
        result["pre_tokenizer"].append(digest("\n".join(word for word, _ in split).encode()))
        found = bytes("|" in single_word.encode(scalar + "|").tokens for scalar in scalars)
        result["single_word"].append(digest(found))
    write("unicode.json", result)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backbone", type=pathlib.Path, required=True)
    backbone = parser.parse_args().backbone
    GOLDENS.mkdir(exist_ok=True)
    write("texts.json", {
        "texts": TEXTS, "added": ADDED, "seed": SEED, "randomTexts": RANDOM_TEXTS, "textsPerDigest": TEXTS_PER_DIGEST,
        "textsPerLongText": TEXTS_PER_LONG_TEXT, "pools": POOLS, "pieces": PIECES})
    write_variants()
    write_vocabularies()
    reference = Tokenizer.from_file(str(backbone / "tokenizer.json"))
    write("reference.json", answers(encoder(reference), TEXTS, full=True))
    write_unicode()


if __name__ == "__main__":
    main()
