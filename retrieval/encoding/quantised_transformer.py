"""The quantised encoder as a module of sentence-transformers, for whoever works with those.

    model = sentence_transformer(OnnxEncoder.open())
    model.similarity(model.encode_query("..."), model.encode_document(["...", "..."]))

The bot goes without: importing sentence-transformers takes longer than all else at its start.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule, Normalize
from sentence_transformers.sentence_transformer.modules import Pooling
from torch.nn.utils.rnn import pad_sequence

from retrieval.encoding.bundled_model.files import PROMPTS
from retrieval.encoding.onnx import OnnxEncoder
from retrieval.encoding.processors import usable_processors


def sentence_transformer(encoder: OnnxEncoder) -> SentenceTransformer:
    """Return a model that gives the vectors of `encoder`, with e5's prompts."""
    module = QuantisedTransformer(encoder)
    return SentenceTransformer(
        modules=[module, Pooling(module.get_embedding_dimension()), Normalize()],
        prompts=PROMPTS,
        similarity_fn_name="cosine",
        device="cpu",
    )


class QuantisedTransformer(InputModule):
    """Texts to the vectors of their tokens; pooling and the rest are sentence-transformers' own."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        """Store the encoder that runs."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.encoder = encoder

    def get_embedding_dimension(self) -> int:
        """Return how long the vectors are."""
        return self.encoder.dimension

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, Any]:
        """Return ids and attention mask of texts, padded to the longest."""
        rows = [self.encoder.tokenizer.encode((prompt or "") + text).ids for text in inputs]
        ids = pad_sequence([torch.from_numpy(row) for row in rows], batch_first=True)
        mask = pad_sequence([torch.ones(len(row), dtype=torch.int64) for row in rows], True)
        return {"input_ids": ids, "attention_mask": mask}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add the vectors of each text's tokens, side by side on all processors."""
        lengths = features["attention_mask"].sum(dim=1).tolist()
        rows = zip(features["input_ids"].numpy(), lengths, strict=True)
        with ThreadPoolExecutor(usable_processors()) as pool:
            vectors = list(pool.map(lambda row: self.encoder.token_vectors(row[0][: row[1]]), rows))
        padded = pad_sequence([torch.from_numpy(v) for v in vectors], batch_first=True)
        return features | {"token_embeddings": padded}

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Copy what `load` opens."""
        shutil.copytree(self.encoder.folder, output_path, dirs_exist_ok=True)

    @classmethod
    def load(cls, model_name_or_path: str, *_: object, **__: object) -> Self:
        """Open a folder that `save` filled."""
        return cls(OnnxEncoder.open(Path(model_name_or_path)))
