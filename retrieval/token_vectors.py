"""Late interaction: a question's tokens against a passage's, each in its context.

MaxSim takes for each token of the question the nearest token of the passage, and the mean of
these cosines (Khattab and Zaharia, "ColBERT", SIGIR 2020). It finds what one vector a passage
blurs, most of all across languages. Of a sentence the other way round tells too: how much of it
is about the question. Vectors are kept in one byte a dimension with a scale a
token, so that a passage of 110 tokens takes 43 KB, and only candidates are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

    `sentences` holds for each sentence the mean over the question's tokens, `back` the mean over
    the sentence's own; both have shape (sentences,), and a sentence without a token has -1.
    """

    passage: float
    sentences: Vectors
    back: Vectors


_FAR = MaxSim(0.0, np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32))


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
        lengths = self._first[passages + 1] - self._first[passages]
        if not len(question) or not lengths.any():
            return [_FAR] * len(passages)
        held = np.flatnonzero(lengths)  # a passage without a token is far from everything
        rows = np.concatenate([np.arange(*self._first[i : i + 2]) for i in passages[held]])
        runs = _Runs.of(np.repeat(held, lengths[held]), self._sentences[rows])
        found = dict(zip(held.tolist(), runs.compared(self._cosines(question, rows)), strict=True))
        return [found.get(place, _FAR) for place in range(len(passages))]

    def _cosines(self, question: Vectors, rows: NDArray[np.int64]) -> Vectors:
        # One product for all passages; the scales come in afterwards, on far fewer numbers.
        cosines: Vectors = question @ self._quantised.codes[rows].astype(np.float32).T
        cosines *= self._quantised.scales[rows]
        return cosines


@dataclass(frozen=True)
class _Runs:
    """Tokens in a row, as runs of one sentence each: where a run starts, whose sentence it is."""

    starts: NDArray[np.int64]
    passages: NDArray[np.int64]
    sentences: NDArray[np.int32]

    @classmethod
    def of(cls, passages: NDArray[np.int64], sentences: NDArray[np.int32]) -> _Runs:
        """Find the runs in every token's passage and sentence."""
        changes = (np.diff(passages) != 0) | (np.diff(sentences) != 0)
        starts = np.concatenate([[0], np.flatnonzero(changes) + 1])
        return cls(starts, passages[starts], sentences[starts])

    def compared(self, cosines: Vectors) -> list[MaxSim]:
        """Compare each passage, by cosines of shape (question's tokens, tokens), in order."""
        best = np.maximum.reduceat(cosines, self.starts, axis=1)
        forth: Vectors = best.mean(axis=0, dtype=np.float32)
        lengths = np.diff([*self.starts, cosines.shape[1]])
        sums = np.add.reduceat(cosines.max(axis=0), self.starts)
        back = (sums / lengths).astype(np.float32)
        firsts = np.concatenate([[0], np.flatnonzero(np.diff(self.passages)) + 1])
        whole = np.maximum.reduceat(best, firsts, axis=1).mean(axis=0)
        ends = [*firsts[1:], len(self.starts)]
        return [
            MaxSim(float(mean), *self._by_sentence(first, end, forth, back))
            for mean, first, end in zip(whole, firsts, ends, strict=True)
        ]

    def _by_sentence(self, first: int, end: int, *values: Vectors) -> list[Vectors]:
        """Return one passage's runs under its sentences' numbers; -1 where there is no token."""
        places = self.sentences[first:end]
        filled = np.full((len(values), places[-1] + 1), -1, dtype=np.float32)
        filled[:, places] = [value[first:end] for value in values]
        return list(filled)


def _path(folder: Path, part: str) -> Path:
    return folder / f"tokens.{part}.npy"
