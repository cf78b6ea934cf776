"""What an encoder is: texts in, vectors out. `retrieval.encoding.loading` chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One vector, float32 of shape (dimension,), or several, float32 of shape (n, dimension)."""


class UnsupportedError(Exception):
    """An encoder that cannot run on this machine."""


@dataclass(frozen=True)
class Encoded:
    """What an encoder makes of a text: one vector, and one for each token in its context.

    `vector` is a unit vector, float32 of shape (dimension,). `tokens` are the last layer's vectors,
    float32 of shape (n, dimension), without those of the prompt and of special tokens. `ends`,
    shape (n,), is where in the text each token ends, in code points.
    """

    vector: Vectors
    tokens: Vectors
    ends: NDArray[np.int32]


class Encoder(Protocol):
    """Encodes questions and passages; all methods may be called from several threads at once."""

    @property
    def identity(self) -> str:
        """A name for the vectors: encoders with the same identity give the same vectors."""

    def encode_query(self, text: str) -> Encoded:
        """Encode a question."""

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages and return one `Encoded` for each, in their order."""
