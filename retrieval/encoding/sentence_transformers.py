"""Any model of sentence-transformers as an encoder.

Importing sentence-transformers takes seconds. So this module is imported where such a model is
loaded, not at a program's start.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from torch import Tensor

from retrieval.encoding.bundled_model.files import model_folder
from retrieval.encoding.encoder import Encoded, Vectors
from retrieval.encoding.model_files import ModelFiles, without_progress_bars
from retrieval.errors import EncoderError

# A CPU gains nothing from large batches, and passages are padded to the longest of their batch:
# with 32 in a batch, encoding takes 2.4 times as long.
_BATCH = 4
_SMALLEST = 1e-12  # the length that a vector of zeros is divided by

log = logging.getLogger(__name__)


class TorchEncoder:
    """A model of sentence-transformers with its own prompts; several threads may use it."""

    def __init__(self, model: SentenceTransformer, identity: str) -> None:
        """Store a loaded model and its identity, under which its vectors are kept.

        Raises:
            EncoderError: The model does not say how long its vectors are.
        """
        dimension = model.get_embedding_dimension()
        if dimension is None:
            raise EncoderError("The encoder does not say how long its vectors are.")
        self._model = model
        self.identity = identity
        self.dimension = dimension

    @classmethod
    def load(cls, name: str = "") -> TorchEncoder:
        """Load a model.

        Only a model of the Hugging Face hub is downloaded, and only if it is not in its cache.

        Args:
            name: A model's folder or its name in the hub; empty for the bundled model.

        Raises:
            EncoderError: The model cannot be loaded.
        """
        if not name:
            folder = model_folder()
            return cls(_loaded(folder), identity=folder.name)
        try:
            files = ModelFiles.of(name)
            return cls(_loaded(files.folder), files.identity)
        except Exception as error:  # model classes raise errors of many kinds
            log.debug("ENCODER=%s", name, exc_info=True)
            reason = str(error).partition("\n")[0].rstrip(".")
            raise EncoderError(
                f"ENCODER={name} cannot be loaded ({reason}): name a model's folder or a model of "
                "the Hugging Face hub, or leave it empty for the bundled one."
            ) from error

    def encode_query(self, text: str) -> Encoded:
        """Encode a question."""
        return self._encode([text], "query")[0]

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages, in their order, a few in a batch."""
        return self._encode(texts, "passage")

    def _encode(self, texts: Sequence[str], task: Literal["query", "passage"]) -> list[Encoded]:
        """Encode texts and their tokens in one pass."""
        prompt = self._prompt(task)
        features: Any = self._model.encode(
            list(texts),
            prompt=prompt,
            batch_size=_BATCH,
            output_value=None,
            show_progress_bar=False,
        )
        return [
            self._encoded(prompt + text, len(prompt), seen)
            for text, seen in zip(texts, features, strict=True)
        ]

    def _encoded(self, prompted: str, skip: int, seen: Mapping[str, Tensor]) -> Encoded:
        vector = _numpy(seen["sentence_embedding"])
        vector /= max(float(np.linalg.norm(vector)), _SMALLEST)
        ends = self._token_ends(prompted)
        tokens = _token_vectors(seen)
        if tokens is None or len(tokens) != len(ends):  # no transformer: the text is one token
            return Encoded(vector, vector[np.newaxis], np.array([len(prompted) - skip], np.int32))
        own = ends > skip  # leaves out the prompt and the special tokens, which are empty
        return Encoded(vector, tokens[own], ends[own] - skip)

    def _token_ends(self, prompted: str) -> NDArray[np.int32]:
        """Return where each token ends, of shape (0,) if the tokenizer does not tell."""
        tokenizer = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            return np.zeros(0, dtype=np.int32)
        longest = self._model.max_seq_length
        found = tokenizer(
            prompted, truncation=True, max_length=longest, return_offsets_mapping=True
        )
        return np.array([end for _, end in found["offset_mapping"]], dtype=np.int32)

    def _prompt(self, task: Literal["query", "passage"]) -> str:
        """Return the model's prompt for a task: the first one that is not empty.

        sentence-transformers adds an empty "document" to a model that has only "passage".
        """
        names = ("query",) if task == "query" else ("document", "passage", "corpus")
        return next((p for name in names if (p := self._model.prompts.get(name))), "")


def _token_vectors(seen: Mapping[str, Tensor]) -> Vectors | None:
    """Return the vectors of a text's tokens without padding, or None if the model has none."""
    if "token_embeddings" not in seen or "attention_mask" not in seen:
        return None
    return _numpy(seen["token_embeddings"][seen["attention_mask"].bool()])


def _numpy(tensor: Tensor) -> Vectors:
    return tensor.detach().float().cpu().numpy()


def _loaded(folder: Path) -> SentenceTransformer:
    with without_progress_bars():
        return SentenceTransformer(str(folder), local_files_only=True)
