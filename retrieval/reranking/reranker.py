"""What a reranker is: a question and passages in, a score for each out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Reranker(Protocol):
    """Reads a question together with a passage; several threads may use it at once."""

    @property
    def identity(self) -> str:
        """A name for the scores: rerankers with the same identity give the same scores."""

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each passage answers, from 0 to 1, shape (passages,)."""
