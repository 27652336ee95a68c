"""Converts a backbone into the form that a rival reads, in a process of its own: what converts is large, and no part of
what is measured. A conversion appears complete or not at all."""

import argparse
import os
import tempfile
import warnings
from pathlib import Path

import torch
import transformers
from ctranslate2.converters import TransformersConverter
from onnxruntime.transformers import optimizer
from transformers import BertModel


class Hidden(torch.nn.Module):
    """The network up to its last layer, called by position, as the export does."""

    def __init__(self, bert):
        super().__init__()
        self.bert = bert

    def forward(self, input_ids, attention_mask):
        return self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def to_ctranslate2(backbone, path):
    """The folder is named after the type that its weights are kept in."""
    TransformersConverter(backbone).convert(str(path), quantization=path.name)


def to_onnx(backbone, path):
    """Exported as PyTorch computes it, then fused: a layer's attention is one operator in ONNX Runtime."""
    bert = BertModel.from_pretrained(backbone, attn_implementation="eager", add_pooling_layer=False)
    names = ["input_ids", "attention_mask", "hidden"]
    ids = torch.ones(2, 8, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder:
        exported = str(Path(folder) / "exported.onnx")
        torch.onnx.export(
            Hidden(bert).eval(), (ids, ids), exported, input_names=names[:2], output_names=names[2:], opset_version=17,
            dynamic_axes={name: {0: "text", 1: "token"} for name in names}, dynamo=False)
        fused = optimizer.optimize_model(
            exported, model_type="bert", num_heads=bert.config.num_attention_heads, hidden_size=bert.config.hidden_size)
    if not fused.is_fully_optimized():
        raise RuntimeError(f"not all of the graph was fused: {fused.get_fused_operator_statistics()}")
    fused.save_model_to_file(str(path))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--backbone", required=True)
    parser.add_argument("path", type=Path)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    transformers.logging.set_verbosity_error()

    options.path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.path.parent, prefix=".convert-") as folder:
        aside = Path(folder) / options.path.name
        (to_onnx if options.path.suffix == ".onnx" else to_ctranslate2)(options.backbone, aside)
        os.replace(aside, options.path)


if __name__ == "__main__":
    main()
