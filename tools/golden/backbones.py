"""Golden files of backbones, by sentence-transformers: Tests/BackbonesTests/Goldens.

`models/`: small model directories with random weights, saved as sentence-transformers publishes them.
`variants/`: what a variant of such a model has instead. A test lays a variant's files over its model's and takes away
the files that `backbones.json` lists as `without`.
`vectors/`: what sentence-transformers answers, one text at a time, as little-endian float32, a row a text: `NAME.f32` from
float32 arithmetic, `NAME.exact.f32` from float64 arithmetic, rounded at the end. The second tells how far off the first is.
`features/`: vectors of hidden states of transformers behind each layer, pooled by sentence-transformers in several ways.
`windows/`: vectors of texts longer than a variant reads, cut into windows by tokenizers and averaged by NumPy. Both are
from float64 arithmetic, rounded at the end.
`backbones.json`: the texts, the models and variants with their dimension, and the same for the rest.
"""

import argparse
import contextlib
import json
import logging
import shutil
import tempfile
from pathlib import Path

import numpy as np
import safetensors
import safetensors.torch
import sentence_transformers
import tokenizers
import torch
import transformers
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from transformers import BertConfig, BertModel, BertTokenizer

SEED = 6
GOLDENS = Path("Tests/BackbonesTests/Goldens")

TEXTS = json.loads(Path("tools/golden/texts.json").read_text(encoding="utf-8"))
VOCABULARY, SMALL_TEXTS = TEXTS["vocabulary"], TEXTS["small"]
# Longer and longer ones, up to and over what the reference backbone reads, are made of the short ones.
REFERENCE_TEXTS = TEXTS["reference"] + [" ".join(TEXTS["reference"][-n:]) for n in (2, 3, 4, 6, 8, 10, 13, 16, 17, 24, 40)]

# The hidden states behind these layers (0: the embeddings), pooled in these ways
FEATURES = [(0, "mean"), (1, "cls"), (1, "mean+max"), (2, "max"), (2, "lasttoken+mean_sqrt_len_tokens"), (3, "cls+weightedmean")]
FEATURE_TEXTS = [SMALL_TEXTS[index] for index in (0, 2, 3, 7, 14)]

# Of so many tokens each: as many as fit a window of one of the variants, one more, as many as fit two, and one more
WINDOWED = ["three-layers", "prompt", "prompt-not-pooled", "dense-identity", "length-given"]
WORDS = [word for word in VOCABULARY if word.isascii() and word.isalpha() and len(word) > 1]
WINDOW_TEXTS = [
    " ".join(WORDS[i * i % len(WORDS)] for i in range(count)) for count in (7, 8, 13, 14, 25, 26, 30, 31, 44, 45, 53, 54, 100)]


def write_json(path, value):
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


# Models


def random_bert(**config):
    """Weights wide enough that every activation, norm and head matters: a trained initialisation is nearly linear."""
    torch.manual_seed(SEED)
    config = BertConfig(
        vocab_size=len(VOCABULARY), hidden_dropout_prob=0, attention_probs_dropout_prob=0, initializer_range=0.3, **config)
    model = BertModel(config).eval()
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            if "LayerNorm.weight" in name:
                parameter.normal_(1, 0.2)
            elif name.endswith("bias"):
                parameter.normal_(0, 0.1)
            elif "embeddings" in name:
                parameter.normal_(0, 0.5)
            else:
                parameter.normal_(0, 1.5 / parameter.shape[1] ** 0.5)
    return model


def save_model(name, *, pooling="mean", max_length=None, **config):
    bert = random_bert(**config)
    with tempfile.TemporaryDirectory() as folder:
        bert.save_pretrained(folder)
        BertTokenizer(vocab={token: id for id, token in enumerate(VOCABULARY)}).save_pretrained(folder)
        modules = [
            Transformer(folder, max_seq_length=max_length),
            Pooling(bert.config.hidden_size, pooling),
            Normalize(),
        ]
        saved = GOLDENS / "models" / name
        SentenceTransformer(modules=modules, device="cpu").save(str(saved), create_model_card=False)
    (saved / "vocab.txt").write_text("".join(token + "\n" for token in VOCABULARY), encoding="utf-8")


def save_models():
    # all-MiniLM-L6-v2's arrangement
    save_model(
        "three-layers", hidden_size=48, num_attention_heads=4, num_hidden_layers=3, intermediate_size=96,
        max_position_embeddings=64, max_length=32)
    # Nothing a multiple of 16
    save_model(
        "odd-sizes", hidden_size=40, num_attention_heads=5, num_hidden_layers=2, intermediate_size=72,
        max_position_embeddings=40, layer_norm_eps=1e-5, pooling="cls", max_length=40)
    # Small enough to be kept in many forms
    save_model(
        "one-layer", hidden_size=8, num_attention_heads=2, num_hidden_layers=1, intermediate_size=12,
        max_position_embeddings=32, max_length=32)


# Edits that make a variant of a model: each changes the files of the directory that it is given.


def replace(path, value):
    return lambda model: write_json(model / path, value)


def change(path, **values):
    return lambda model: write_json(model / path, json.loads((model / path).read_text(encoding="utf-8")) | values)


def remove(path):
    return lambda model: (model / path).unlink()


def modules(*names, package="sentence_transformers.models"):
    """modules.json as it was written before release 6: one package for all the classes."""
    return replace("modules.json", [
        {"idx": i, "name": str(i), "path": f"{i}_{name}" if i else "", "type": f"{package}.{name}"}
        for i, name in enumerate(names)])


def pooling(*modes):
    """The modes by name: a string, or a list whose order is the order of concatenation."""
    return change("1_Pooling/config.json", pooling_mode=modes[0] if len(modes) == 1 else list(modes))


def pooling_booleans(dimension, *modes):
    """The modes as booleans, as before release 6; concatenated in this fixed order, whatever order they are written in."""
    keys = {
        "cls": "cls_token", "max": "max_tokens", "mean": "mean_tokens", "mean_sqrt_len_tokens": "mean_sqrt_len_tokens",
        "weightedmean": "weightedmean_tokens", "lasttoken": "lasttoken",
    }
    # Written in another order, so that nothing can lean on it
    value = {"word_embedding_dimension": dimension}
    value |= {f"pooling_mode_{key}": mode in modes for mode, key in sorted(keys.items(), reverse=True)}
    return replace("1_Pooling/config.json", value)


not_normalized = modules("Transformer", "Pooling")


def tensors(transform, **config):
    """model.safetensors with other names or number types. `transform` maps a name and its tensor to what is written."""

    def edit(model):
        file = model / "model.safetensors"
        loaded = safetensors.torch.load_file(file)
        written = dict(transform(name, tensor) for name, tensor in loaded.items())
        if any(name.startswith("bert.") for name in written):
            # What checkpoints of the pretraining task also hold, and nobody needs
            written["bert.embeddings.position_ids"] = torch.arange(32).unsqueeze(0)
            written["cls.predictions.bias"] = torch.zeros(len(VOCABULARY))
        safetensors.torch.save_file(written, file, metadata={"format": "pt"})
        if config:
            change("config.json", **config)(model)

    return edit


def as_tf(name, tensor):
    return "bert." + name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"), tensor


def unaligned_tensors(model):
    """A header without the padding that puts tensors at multiples of 8."""
    file = model / "model.safetensors"
    content = file.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = content[8:8 + length].rstrip()
    header += b" " * ((3 - len(header)) % 4)
    file.write_bytes(len(header).to_bytes(8, "little") + header + content[8 + length:])


def dense(inputs, outputs, activation, bias):
    def edit(model):
        torch.manual_seed(SEED)
        module = Dense(inputs, outputs, bias=bias, activation_function=activation)
        (model / "2_Dense").mkdir()
        module.save(str(model / "2_Dense"))

    return edit


# Read as written; what `do_lower_case` of sentence_bert_config.json adds to that keeps the accents.
cased = [
    change("tokenizer_config.json", do_lower_case=False),
    change("tokenizer.json", normalizer={
        "type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": False}),
]

prompted = change(
    "config_sentence_transformers.json", prompts={"query": "find: ", "document": ""}, default_prompt_name="query")


def variants():
    """name: (model, edits)"""
    three, odd, one = "three-layers", "odd-sizes", "one-layer"
    found = {name: (name, []) for name in (three, odd, one)}

    for mode in Pooling.POOLING_MODES:
        found[f"pooling-{mode}"] = three, [pooling(mode), not_normalized]
        found[f"pooling-{mode}-boolean"] = one, [pooling_booleans(8, mode), not_normalized]
    for mode in ("cls", "max", "weightedmean", "lasttoken"):  # the other two, normalized, are the model as it is
        found[f"pooling-{mode}-normalized"] = three, [pooling(mode)]
    found["pooling-listed"] = one, [pooling("mean", "cls"), not_normalized]
    found["pooling-listed-normalized"] = one, [pooling("lasttoken", "weightedmean", "max")]
    found["pooling-booleans"] = one, [pooling_booleans(8, "mean", "cls"), not_normalized]
    found["pooling-booleans-all-normalized"] = one, [pooling_booleans(8, *Pooling.POOLING_MODES)]
    found["pooling-booleans-none"] = one, [pooling_booleans(8), not_normalized]  # none chosen means mean

    found["modules-before-release-6"] = three, [modules("Transformer", "Pooling", "Normalize")]
    found["modules-missing"] = three, [remove("modules.json")]  # mean pooling, not normalized
    found["dense-tanh"] = three, [
        dense(48, 20, torch.nn.Tanh(), bias=True), modules("Transformer", "Pooling", "Dense", "Normalize")]
    found["dense-identity"] = three, [
        dense(48, 52, torch.nn.Identity(), bias=False), modules("Transformer", "Pooling", "Dense")]

    for activation in ("gelu_new", "gelu_pytorch_tanh", "relu", "silu"):
        found[f"activation-{activation}"] = three, [change("config.json", hidden_act=activation)]
    found["layer-norm-eps"] = three, [change("config.json", layer_norm_eps=0.05)]

    found["length-given"] = three, [
        change("sentence_bert_config.json", max_seq_length=9), change("tokenizer_config.json", model_max_length=24)]
    found["length-of-tokenizer"] = three, [remove("sentence_bert_config.json"), change("tokenizer_config.json", model_max_length=24)]
    found["length-of-positions"] = three, [
        remove("sentence_bert_config.json"), change("tokenizer_config.json", model_max_length=int(1e30))]

    found["cased"] = three, cased
    found["cased-lowercased"] = three, cased + [change("sentence_bert_config.json", do_lower_case=True)]

    found["prompt"] = three, [prompted]
    found["prompt-not-pooled"] = three, [prompted, change("1_Pooling/config.json", include_prompt=False)]

    found["tensors-prefixed"] = one, [tensors(lambda name, tensor: ("bert." + name, tensor))]
    found["tensors-gamma-beta"] = one, [tensors(as_tf)]
    found["tensors-float16"] = one, [tensors(lambda name, tensor: (name, tensor.to(torch.float16)), dtype="float16")]
    found["tensors-bfloat16"] = one, [tensors(lambda name, tensor: (name, tensor.to(torch.bfloat16)), dtype="bfloat16")]
    found["tensors-unaligned"] = one, [unaligned_tensors]
    return found


# Answers


def load(directory, dtype):
    # Whatever type the weights are kept in, they are computed with in this one.
    return SentenceTransformer(str(directory), device="cpu", model_kwargs={"dtype": torch.float32}).to(dtype)


def encode(directory, texts, dtype):
    model = load(directory, dtype)
    return np.stack([model.encode(text, batch_size=1, show_progress_bar=False) for text in texts])


def save_vectors(name, directory, texts):
    plain, exact = encode(directory, texts, torch.float32), encode(directory, texts, torch.float64)
    assert plain.dtype == np.float32 and exact.dtype == np.float64
    (GOLDENS / "vectors").mkdir(exist_ok=True)
    for suffix, vectors in (".f32", plain), (".exact.f32", exact):
        (GOLDENS / "vectors" / (name + suffix)).write_bytes(vectors.astype("<f4").tobytes())
    print(f"{name:36} {plain.shape[0]:3} × {plain.shape[1]:3}  float32 is within {np.abs(plain - exact).max():.1e}")
    return exact


def files_of(directory):
    return {str(file.relative_to(directory)): file for file in directory.rglob("*") if file.is_file()}


@contextlib.contextmanager
def variant(name, model, edits):
    """The directory of a variant."""
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / name
        shutil.copytree(GOLDENS / "models" / model, directory)
        for edit in edits:
            edit(directory)
        yield directory


def save_variant(name, model, edits):
    """Keeps of a variant only what its model has not, and its vectors."""
    base = GOLDENS / "models" / model
    with variant(name, model, edits) as directory:
        exact = save_vectors(name, directory, SMALL_TEXTS)

        original, edited = files_of(base), files_of(directory)
        for path, file in edited.items():
            if path not in original or file.read_bytes() != original[path].read_bytes():
                kept = GOLDENS / "variants" / name / path
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, kept)
    entry = {"name": name, "model": model, "dimension": exact.shape[1], "without": sorted(original.keys() - edited.keys())}
    return entry, exact


def check_variants(entries, vectors):
    """Another form of the same model must answer the same. Any other variant must not: it could not tell whether anyone
    read what it changed."""
    same = {"modules-before-release-6", "tensors-prefixed", "tensors-gamma-beta", "tensors-unaligned"}
    for entry in entries:
        found, base = vectors[entry["name"]], vectors[entry["model"]]
        if entry["name"] in same | {entry["model"]}:
            assert np.array_equal(found, base), entry["name"]
        else:
            assert found.shape != base.shape or np.abs(found - base).max() > 1e-4, entry["name"]


def save_rounded(path, vectors):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(vectors.astype("<f4").tobytes())
    print(f"{path.parent.name}/{path.stem:36} {vectors.shape[0]:3} × {vectors.shape[1]:3}")


def save_features(layer, modes):
    """Vectors of the model `three-layers`, normalised as it says, behind another layer than the last."""
    model = load(GOLDENS / "models" / "three-layers", torch.float64)
    pool = Pooling(48, modes.split("+"))
    vectors = []
    for text in FEATURE_TEXTS:
        tokens = model.tokenizer(text, truncation=True, max_length=model.max_seq_length, return_tensors="pt")
        states = model[0].auto_model(**tokens, output_hidden_states=True).hidden_states
        pooled = pool({"token_embeddings": states[layer], "attention_mask": tokens["attention_mask"]})
        vectors.append(Normalize()(pooled)["sentence_embedding"][0].detach().numpy())
    save_rounded(GOLDENS / "features" / f"{layer}-{modes}.f32", np.stack(vectors))
    return {"layer": layer, "pooling": modes, "dimension": len(vectors[0])}


def read_in_windows(model, text):
    """The vector of a text that may be longer than the model reads, and how many tokens were read."""
    prompt = model.tokenizer(model.prompts.get(model.default_prompt_name) or "", add_special_tokens=False)["input_ids"]
    most = model.max_seq_length - len(prompt)
    windows = model.tokenizer(
        text, truncation=True, max_length=most, stride=(most - 2) // 4, return_overflowing_tokens=True)["input_ids"]
    read = [[window[0], *prompt, *window[1:]] for window in windows]
    vectors = [
        model({
            "input_ids": torch.tensor([ids]), "attention_mask": torch.ones(1, len(ids), dtype=torch.int64),
            "prompt_length": 1 + len(prompt)})["sentence_embedding"][0].detach().numpy()
        for ids in read]
    if len(vectors) == 1:
        assert np.allclose(vectors[0], model.encode(text), atol=1e-12), text
        return vectors[0], len(read[0])
    mean = np.average(vectors, axis=0, weights=[len(window) - 2 for window in windows])
    if isinstance(model[-1], Normalize):
        mean /= np.linalg.norm(mean)
    return mean, sum(map(len, read))


def save_windows(name, model, edits):
    with variant(name, model, edits) as directory:
        transformer = load(directory, torch.float64)
        vectors, tokens = zip(*(read_in_windows(transformer, text) for text in WINDOW_TEXTS))
    save_rounded(GOLDENS / "windows" / f"{name}.f32", np.stack(vectors))
    return {"variant": name, "tokens": tokens}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--backbone", type=Path, required=True, help="the reference backbone's directory")
    backbone = parser.parse_args().backbone

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    logging.disable(logging.WARNING)
    transformers.logging.disable_progress_bar()
    shutil.rmtree(GOLDENS, ignore_errors=True)
    GOLDENS.mkdir(parents=True)

    save_models()
    entries, vectors = [], {}
    found = variants()
    for name, (model, edits) in found.items():
        entry, vectors[name] = save_variant(name, model, edits)
        entries.append(entry)
    check_variants(entries, vectors)

    reference = save_vectors("reference", backbone, REFERENCE_TEXTS)
    index = {
        "made_with": {module.__name__: module.__version__ for module in (sentence_transformers, transformers, tokenizers, torch)},
        "seed": SEED,
        "texts": SMALL_TEXTS,
        "variants": entries,
        "reference": {"dimension": reference.shape[1], "texts": REFERENCE_TEXTS},
        "features": {"texts": FEATURE_TEXTS, "made": [save_features(layer, modes) for layer, modes in FEATURES]},
        "windows": {"texts": WINDOW_TEXTS, "made": [save_windows(name, *found[name]) for name in WINDOWED]},
    }
    write_json(GOLDENS / "backbones.json", index)


main()
