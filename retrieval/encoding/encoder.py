"""What retrieval asks of an encoder, the shape of what it gets, and which encoder that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One vector of shape (dimension,), or one a row, of shape (n, dimension)."""


class UnsupportedError(Exception):
    """An encoder that cannot run on this machine."""


@dataclass(frozen=True)
class Encoded:
    """A text as an encoder sees it: as a whole, and token by token in its context.

    `vector` is a unit vector, float32 of shape (dimension,); `tokens` are the last layer's
    vectors, float32 of shape (n, dimension), prompt and special tokens left out; `ends` is where
    in the text each token ends, in code points, of shape (n,).
    """

    vector: Vectors
    tokens: Vectors
    ends: NDArray[np.int32]


class Encoder(Protocol):
    """Texts to vectors; any number of threads may share one."""

    @property
    def identity(self) -> str:
        """What tells this encoder's vectors from any other's."""

    def encode_query(self, text: str) -> Encoded:
        """Encode a question; called from several threads at once."""

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages, one `Encoded` a text, in their order."""
