"""Late interaction: a question's tokens against a passage's, each in its context.

MaxSim takes for each token of the question the nearest token of the passage, and the mean of
these cosines (Khattab and Zaharia, "ColBERT", SIGIR 2020). It finds what one vector a passage
blurs, most of all across languages. Vectors are kept in one byte a dimension with a scale a
token, so that a passage of 110 tokens takes 43 KB, and only candidates are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.embedder import Vectors

_LARGEST = 127


@dataclass(frozen=True)
class Quantised:
    """Vectors in one byte a dimension: `codes` int8 (n, dimension), `scales` float32 (n,)."""

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]

    @classmethod
    def of(cls, vectors: Vectors) -> Quantised:
        """Quantise `vectors`, shape (n, dimension), each by its own largest component."""
        scales = np.abs(vectors).max(axis=1, initial=0) / np.float32(_LARGEST)
        divisors = np.where(scales > 0, scales, 1)[:, np.newaxis]
        return cls(np.rint(vectors / divisors).astype(np.int8), scales.astype(np.float32))

    def vectors(self) -> Vectors:
        """Return the vectors, off by at most half a step, float32 of shape (n, dimension)."""
        return self.codes * self.scales[:, np.newaxis]


@dataclass(frozen=True)
class PassageTokens:
    """A passage's token vectors, unit length, and in which of its sentences each token stands."""

    vectors: Vectors
    sentences: NDArray[np.int32]


@dataclass(frozen=True)
class MaxSim:
    """How near a passage's tokens are to the question's: as a whole, and sentence by sentence.

    `sentences` has shape (sentences,); a sentence without a token has -1.
    """

    passage: float
    sentences: NDArray[np.float32]


class TokenIndex:
    """The token vectors of all passages, under the passages' numbers."""

    def __init__(
        self,
        quantised: Quantised,
        sentences: NDArray[np.int32],
        first: NDArray[np.int64],
    ) -> None:
        """Store the tokens of all passages in a row; those of i are `first[i]` to `first[i+1]`."""
        self._quantised = quantised
        self._sentences = sentences
        self._first = first

    @classmethod
    def build(cls, passages: Sequence[PassageTokens]) -> TokenIndex:
        """Index the tokens of at least one passage; a passage's number is its place."""
        quantised = [Quantised.of(passage.vectors) for passage in passages]
        return cls(
            Quantised(
                np.concatenate([q.codes for q in quantised]),
                np.concatenate([q.scales for q in quantised]),
            ),
            np.concatenate([passage.sentences for passage in passages]),
            np.cumsum([0, *(len(passage.vectors) for passage in passages)]),
        )

    @classmethod
    def load(cls, folder: Path) -> TokenIndex:
        """Open what `save` wrote under `folder`; the vectors stay on disk until they are read."""
        codes = np.load(_path(folder, "codes"), mmap_mode="r")
        scales, sentences, first = (
            np.load(_path(folder, part)) for part in ("scales", "sentences", "first")
        )
        return cls(Quantised(codes, scales), sentences, first)

    def save(self, folder: Path) -> None:
        """Write the tokens under `folder`."""
        np.save(_path(folder, "codes"), self._quantised.codes)
        np.save(_path(folder, "scales"), self._quantised.scales)
        np.save(_path(folder, "sentences"), self._sentences)
        np.save(_path(folder, "first"), self._first)

    def maxsim(self, question: Vectors, passages: NDArray[np.int64]) -> list[MaxSim]:
        """Compare a question's unit token vectors, shape (n, dimension), with some passages."""
        return [self._maxsim(question, number) for number in passages]

    def _maxsim(self, question: Vectors, number: np.int64) -> MaxSim:
        first, end = self._first[number], self._first[number + 1]
        if first == end or not len(question):
            return MaxSim(0.0, np.zeros(0, dtype=np.float32))
        tokens = Quantised(self._quantised.codes[first:end], self._quantised.scales[first:end])
        cosines = question @ tokens.vectors().T
        sentences = self._sentences[first:end]
        nearest = _by_sentence(cosines, sentences).mean(axis=0)
        return MaxSim(float(cosines.max(axis=1).mean()), nearest.astype(np.float32))


def _by_sentence(cosines: Vectors, sentences: NDArray[np.int32]) -> Vectors:
    """Return each question token's highest cosine in each sentence, shape (n, sentences)."""
    edges = np.searchsorted(sentences, np.arange(sentences[-1] + 2))
    best = [
        cosines[:, start:end].max(axis=1, initial=-1, keepdims=True)
        for start, end in pairwise(edges)
    ]
    return np.hstack(best)


def _path(folder: Path, part: str) -> Path:
    return folder / f"tokens.{part}.npy"
