"""MaxSim: how near the tokens of a passage are to the tokens of a question (late interaction).

For each token of the question the nearest token of the passage is found; MaxSim is the mean of
these cosines (Khattab and Zaharia, "ColBERT", SIGIR 2020). It finds details that one vector for a
whole passage blurs, most of all across languages. For a sentence the other direction matters too:
the mean over its own tokens tells how much of the sentence is about the question. Only candidates
are compared; the tokens of other passages stay on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors
from retrieval.index.arrays import Ids, Values
from retrieval.index.tokens import Rows, TokenRows, codes_of


@dataclass(frozen=True)
class MaxSim:
    """How near a passage's tokens are to the question's.

    `passage` is the MaxSim of the whole passage. `sentences` is the mean over the question's
    tokens for each sentence, `back` the mean over the sentence's own tokens. Both are float32 of
    shape (n,), -1 for a sentence without a token; n is smaller than the number of sentences where
    the last ones have no token.
    """

    passage: float
    sentences: Values
    back: Values


_FAR = MaxSim(0.0, np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32))


class TokenIndex:
    """The token vectors of all passages, under the passages' numbers."""

    def __init__(self, rows: TokenRows) -> None:
        """Store the rows of all passages."""
        self._rows = rows

    @classmethod
    def load(cls, folder: Path) -> TokenIndex:
        """Open what a `TokenWriter` wrote under `folder`."""
        return cls(TokenRows.load(folder))

    def maxsim(self, question: Vectors, passages: Ids) -> list[MaxSim]:
        """Compare a question with some passages.

        Args:
            question: The unit vectors of the question's tokens, float32 of shape (n, dimension).
            passages: The passages' numbers.

        Returns:
            One `MaxSim` a passage, in their order.
        """
        return maxsims(question, self._rows.of(passages))


def maxsims(question: Vectors, passages: Sequence[Rows]) -> list[MaxSim]:
    """Compare a question's tokens, float32 of shape (n, dimension), with the rows of passages."""
    lengths = np.array([len(part) for part in passages], dtype=np.int64)
    if not len(question) or not lengths.any():
        return [_FAR] * len(passages)
    held = np.flatnonzero(lengths)  # a passage without a token is far from everything
    rows = np.concatenate([passages[place] for place in held.tolist()])
    runs = _Runs.of(np.repeat(held, lengths[held]), rows["sentence"].astype(np.int32))
    found = dict(zip(held.tolist(), runs.compared(_cosines(question, rows)), strict=True))
    return [found.get(place, _FAR) for place in range(len(passages))]


def _cosines(question: Vectors, rows: Rows) -> Vectors:
    # Codes are multiplied, and the products scaled: there are far fewer products than codes.
    cosines: Vectors = question @ codes_of(rows, question.shape[1]).T
    cosines *= rows["scale"]
    return cosines


@dataclass(frozen=True)
class _Runs:
    """Tokens in their order, as runs: the tokens of one sentence are a run.

    `starts`, shape (runs,), tells where each run starts, `passages` and `sentences` to which
    passage and to which of its sentences the run belongs.
    """

    starts: Ids
    passages: Ids
    sentences: NDArray[np.int32]

    @classmethod
    def of(cls, passages: Ids, sentences: NDArray[np.int32]) -> _Runs:
        """Find the runs, given the passage and the sentence of every token."""
        changes = (np.diff(passages) != 0) | (np.diff(sentences) != 0)
        starts = np.concatenate([[0], np.flatnonzero(changes) + 1])
        return cls(starts, passages[starts], sentences[starts])

    def compared(self, cosines: Vectors) -> list[MaxSim]:
        """Return the MaxSim of each passage from cosines, shape (question's tokens, tokens)."""
        best = np.maximum.reduceat(cosines, self.starts, axis=1)
        forth: Values = best.mean(axis=0, dtype=np.float32)
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

    def _by_sentence(self, first: int, end: int, *values: Values) -> list[Values]:
        """Put the values of one passage's runs in the places of their sentences."""
        places = self.sentences[first:end]
        filled = np.full((len(values), places[-1] + 1), -1, dtype=np.float32)
        filled[:, places] = [value[first:end] for value in values]
        return list(filled)
