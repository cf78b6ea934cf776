"""Any cross-encoder of sentence-transformers as a reranker.

A cross-encoder reads a question and a passage as one text and gives one number, a logit. Some
models leave it as it is, others take its sigmoid. Here the sigmoid is always taken, so that all
scores lie between 0 and 1.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder
from torch.nn import Sigmoid

from retrieval.encoding.model_files import ModelFiles, without_progress_bars
from retrieval.errors import RerankerError

_TRIED = ("short", "a longer text of several words")

log = logging.getLogger(__name__)


class CrossEncoderReranker:
    """A cross-encoder with its identity; several threads may use it, one after the other."""

    def __init__(self, model: CrossEncoder, identity: str) -> None:
        """Store a loaded model and its identity."""
        self._model = model
        # The tokenizer is not safe to share, and one question takes all processors.
        self._reading = Lock()
        self.identity = identity

    @classmethod
    def load(cls, name: str) -> CrossEncoderReranker:
        """Load a model and have it read two passages.

        Only a model of the Hugging Face hub is downloaded, and only if it is not in its cache.

        Args:
            name: A model's folder or its name in the hub.

        Raises:
            RerankerError: The model cannot be loaded, or does not give one number a passage.
        """
        try:
            files = ModelFiles.of(name)
            reranker = cls(_loaded(files.folder), files.identity)
            reranker.scores(_TRIED[0], _TRIED)
            return reranker
        except Exception as error:  # model classes raise errors of many kinds
            log.debug("RERANKER=%s", name, exc_info=True)
            reason = str(error).partition("\n")[0].rstrip(".")
            raise RerankerError(
                f"RERANKER={name} cannot be loaded ({reason}): name a cross-encoder's folder or "
                "one of the Hugging Face hub, or leave it empty for none."
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each passage answers, from 0 to 1, shape (passages,).

        All are read in one batch. A pair that is too long for the model is cut.
        """
        if not passages:
            return np.zeros(0, dtype=np.float32)
        pairs = [(question, passage) for passage in passages]
        with self._reading:
            found = self._model.predict(
                pairs,
                batch_size=len(pairs),
                activation_fn=Sigmoid(),
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        if found.shape != (len(pairs),):
            raise ValueError(f"it gives {found.shape[-1]} numbers for a passage, not one")
        return found.astype(np.float32)


def _loaded(folder: Path) -> CrossEncoder:
    with without_progress_bars():
        model: CrossEncoder = CrossEncoder(str(folder), local_files_only=True)
    if not _is_whole(model):
        raise ValueError("it was not trained to read pairs")
    return model


def _is_whole(model: CrossEncoder) -> bool:
    """Tell whether the model was saved as what it is loaded as.

    An encoder loads too. It lacks the last layer, which then gets random weights.
    """
    body = model.transformers_model
    saved_as = body.config.architectures if body is not None else None
    return not saved_as or type(body).__name__ in saved_as
