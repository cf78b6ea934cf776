"""What retrieval asks of an encoder, and the shape of what it gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One vector of shape (dimension,), or one a row, of shape (n, dimension)."""


class Embedder(Protocol):
    """Texts to unit vectors; `retrieval.encoder.Encoder` is the one that ships."""

    @property
    def identity(self) -> str:
        """What tells this encoder's vectors from any other's."""

    def encode_query(self, text: str) -> Vectors:
        """Return a question's vector, shape (dimension,); called from several threads at once."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (len(texts), dimension)."""
