"""Tiny random models with tokenizers of their own, in the shapes that public models have.

Each family has the kind of tokenizer, the special tokens, the pooling and the prompts that are
usual for it. The weights are random, from one seed. Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    Gemma3TextConfig,
    Gemma3TextModel,
    ModernBertConfig,
    ModernBertModel,
    PreTrainedModel,
    PreTrainedTokenizerFast,
    Qwen3Config,
    Qwen3ForSequenceClassification,
    Qwen3Model,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
    XLMRobertaModel,
)

_LONGEST = 128  # tokens that a model reads
_CORPUS = (
    "Bộ trưởng Tô Lâm phát biểu tại hội nghị ở Hà Nội.",
    "The minister spoke at the meeting in Hanoi on 2 August 2021.",
    "query: passage: task: search result | query: title: none | text: Instruct: Query:",
)
_SIZES = {
    **{"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2},
    **{"num_attention_heads": 2, "max_position_embeddings": 160},
}
Maker = Callable[[dict[str, Any]], PreTrainedModel]
_ALPHABET = pre_tokenizers.ByteLevel.alphabet()


@dataclass(frozen=True)
class Family:
    """A family's tokenizer, and its models without weights of their own.

    `model` makes an encoder's body from the arguments of its configuration, `classifier` one that
    gives numbers for a text.
    """

    tokenizer: PreTrainedTokenizerFast
    model: Maker
    classifier: Maker | None = None
    pooling: Literal["mean", "cls", "lasttoken"] = "mean"
    prompts: Mapping[str, str] = field(default_factory=dict)
    dtype: torch.dtype = torch.float32

    def save_encoder(self, folder: Path) -> None:
        """Write a model of sentence-transformers."""
        with TemporaryDirectory() as plain:
            self._save(self.model, Path(plain), {})
            body = Transformer(plain)
        pooled = Pooling(body.get_embedding_dimension(), self.pooling)
        modules = [body, pooled, Normalize()]
        SentenceTransformer(modules=modules, prompts=dict(self.prompts)).save(str(folder))

    def save_cross_encoder(self, folder: Path, labels: int = 1) -> None:
        """Write a cross-encoder that gives `labels` numbers a pair."""
        assert self.classifier
        with TemporaryDirectory() as plain:
            self._save(self.classifier, Path(plain), {"num_labels": labels})
            CrossEncoder(plain).save(str(folder))

    def _save(self, model: Maker, folder: Path, own: dict[str, Any]) -> None:
        torch.manual_seed(5)
        ids = {
            name: getattr(self.tokenizer, name)
            for name in ("pad_token_id", "bos_token_id", "eos_token_id")
        }
        made = model({**_SIZES, **ids, "vocab_size": len(self.tokenizer), **own})
        torch.nn.Module.to(made, self.dtype)
        made.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)


def families() -> dict[str, Family]:
    """Return all families by their names."""
    return {
        "XLM-R": _xlm_r(),
        "BERT": _bert(),
        "ModernBERT": _modern_bert(),
        "Gemma": _gemma(),
        "Qwen": _qwen(),
    }


def _xlm_r() -> Family:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=150, special_tokens=special, unk_token=special[-1])
    return Family(
        _trained(tokenizer, trainer, "<s> $A </s>", "</s> $B </s>", "<pad>"),
        model=lambda sizes: XLMRobertaModel(XLMRobertaConfig(**sizes)),
        classifier=lambda sizes: XLMRobertaForSequenceClassification(XLMRobertaConfig(**sizes)),
        prompts={"query": "query: ", "passage": "passage: "},
    )


def _bert() -> Family:
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    tokenizer = Tokenizer(models.WordPiece(unk_token=special[1]))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=150, special_tokens=special)
    return Family(
        _trained(tokenizer, trainer, "[CLS] $A [SEP]", "$B:1 [SEP]:1", "[PAD]"),
        model=lambda sizes: BertModel(BertConfig(**sizes)),
        classifier=lambda sizes: BertForSequenceClassification(BertConfig(**sizes)),
    )


def _modern_bert() -> Family:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    special = ["[CLS]", "[SEP]", "[PAD]"]
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=special, initial_alphabet=_ALPHABET
    )
    return Family(
        _trained(tokenizer, trainer, "[CLS] $A [SEP]", "$B [SEP]", "[PAD]"),
        model=lambda sizes: ModernBertModel(
            ModernBertConfig(**sizes, cls_token_id=0, sep_token_id=1)
        ),
        pooling="cls",
        prompts={"query": "search_query: ", "document": "search_document: "},
    )


def _gemma() -> Family:
    tokenizer = Tokenizer(models.BPE(byte_fallback=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    special = ["<pad>", "<eos>", "<bos>", *(f"<0x{byte:02X}>" for byte in range(256))]
    trainer = trainers.BpeTrainer(vocab_size=450, special_tokens=special)
    return Family(
        _trained(tokenizer, trainer, "<bos> $A <eos>", "$B <eos>", "<pad>"),
        model=lambda sizes: Gemma3TextModel(
            Gemma3TextConfig(
                **sizes, num_key_value_heads=1, head_dim=16, use_bidirectional_attention=True
            )
        ),
        prompts={
            "query": "task: search result | query: ",
            "document": "title: none | text: ",
        },
    )


def _qwen() -> Family:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=["<|endoftext|>"], initial_alphabet=_ALPHABET
    )
    own: dict[str, Any] = {"num_key_value_heads": 1, "head_dim": 16}
    return Family(
        _trained(tokenizer, trainer, "$A <|endoftext|>", "$B <|endoftext|>", "<|endoftext|>"),
        model=lambda sizes: Qwen3Model(Qwen3Config(**sizes, **own)),
        classifier=lambda sizes: Qwen3ForSequenceClassification(  # type: ignore[no-untyped-call]
            Qwen3Config(**sizes, **own)
        ),
        pooling="lasttoken",
        prompts={"query": "Instruct: Find the passage\nQuery:", "document": ""},
        dtype=torch.bfloat16,
    )


def _trained(
    tokenizer: Tokenizer, trainer: trainers.Trainer, single: str, second: str, padding: str
) -> PreTrainedTokenizerFast:
    """Train a tokenizer on a few sentences; the templates tell where its special tokens stand."""
    tokenizer.train_from_iterator(_CORPUS, trainer)
    named = {part.split(":")[0] for part in f"{single} {second}".split()} - {"$A", "$B"}
    tokenizer.post_processor = processors.TemplateProcessing(
        single=single,
        pair=f"{single} {second}",
        special_tokens=[(name, tokenizer.token_to_id(name)) for name in sorted(named)],
    )
    side = "left" if single.startswith("$A") else "right"  # the last token must be the text's
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        model_max_length=_LONGEST,
        padding_side=side,
        pad_token=padding,
        eos_token=single.split()[-1],
    )
