"""The searched parts of several segments, asked as one: vectors, words and tokens.

Each segment is searched by itself, and what is found gets the numbers of the joined index. Words
are weighed by how many passages of all segments hold them, so that coverage can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from retrieval.encoding.encoder import Vectors
from retrieval.index.arrays import Ids, Mask, Values
from retrieval.index.lexical import LexicalSearch
from retrieval.index.maxsim import FAR, MaxSim, TokenSearch
from retrieval.index.numbering import Numbering
from retrieval.index.vectors import Neighbours, VectorSearch


class JoinedVectors(VectorSearch):
    """The vectors of several segments."""

    def __init__(self, segments: Sequence[VectorSearch], numbering: Numbering) -> None:
        """Store the segments' vectors and the numbers of what is not removed."""
        self._segments = segments
        self._numbering = numbering
        self._whole = [bool(live.all()) for live in numbering.live]

    def search(self, vector: Vectors, limit: int, among: Mask | None = None) -> Neighbours:
        """Return up to `limit` neighbours of a vector, the best of all segments."""
        found = [
            self._found(segment, vector, limit, among) for segment in range(len(self._segments))
        ]
        ids = np.concatenate([one.ids for one in found])
        scores = np.concatenate([one.scores for one in found])
        best = np.argsort(-scores, kind="stable")[:limit]
        return Neighbours(ids[best], scores[best])

    def _found(self, segment: int, vector: Vectors, limit: int, among: Mask | None) -> Neighbours:
        joined, live = self._numbering.joined[segment], self._numbering.live[segment]
        admitted = None if among is None and self._whole[segment] else live
        if among is not None:
            admitted = live & among[joined]
        found = self._segments[segment].search(vector, limit, admitted)
        return Neighbours(joined[found.ids], found.scores)

    def get(self, ids: Ids) -> Vectors:
        """Return the vectors with these numbers, shape (len(ids), dimension)."""
        dimension = self._segments[0].get(ids[:0]).shape[1]
        got = np.empty((len(ids), dimension), dtype=np.float32)
        for own in self._numbering.split(ids):
            got[own.places] = self._segments[own.segment].get(own.numbers)
        return got


class JoinedLexical(LexicalSearch):
    """The words of several segments."""

    def __init__(self, segments: Sequence[LexicalSearch], passages: Numbering) -> None:
        """Store the segments' words and the numbers of the passages that are not removed."""
        self._segments = segments
        self._passages = passages

    def coverage(self, weights: Mapping[str, float]) -> Values:
        """Return how much of a question each passage covers."""
        covered = np.zeros(len(self._passages), dtype=np.float32)
        parts = zip(self._segments, self._passages.joined, self._passages.live, strict=True)
        for segment, joined, live in parts:
            covered[joined[live]] = segment.coverage(weights)[live]
        return covered

    def holds(self, word: str) -> bool:
        """Tell whether any passage holds a folded word."""
        return any(segment.holds(word) for segment in self._segments)

    def frequency(self, word: str) -> int:
        """Return how many passages hold a word, those that were removed included."""
        return sum(segment.frequency(word) for segment in self._segments)

    @property
    def size(self) -> int:
        """How many passages there are, those that were removed included."""
        return sum(segment.size for segment in self._segments)


class JoinedTokens(TokenSearch):
    """The tokens of several segments."""

    def __init__(self, segments: Sequence[TokenSearch], passages: Numbering) -> None:
        """Store the segments' tokens and the numbers of the passages that are not removed."""
        self._segments = segments
        self._passages = passages

    def maxsim(self, question: Vectors, passages: Ids) -> list[MaxSim]:
        """Compare a question with some passages, and return one `MaxSim` each, in their order."""
        found = [FAR] * len(passages)
        for own in self._passages.split(passages):
            compared = self._segments[own.segment].maxsim(question, own.numbers)
            for place, one in zip(own.places.tolist(), compared, strict=True):
                found[place] = one
        return found
