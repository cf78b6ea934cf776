"""Some passages on their way into the database: where they stand, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.context import searched_text
from retrieval.documents import Passage, Span
from retrieval.index.arrays import Ids
from retrieval.index.lexical import Postings


@dataclass(frozen=True)
class WordsOfPassages:
    """The words of each passage: `terms[first[i] : first[i + 1]]`, ascending, with `weights`."""

    first: Ids
    terms: NDArray[np.int32]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, postings: Postings, passages: int) -> WordsOfPassages:
        """Put the weights of words in the order of the passages."""
        order = np.argsort(postings.passages, kind="stable")
        numbers = np.arange(len(postings.words), dtype=np.int32)
        first = np.zeros(passages + 1, dtype=np.int64)
        np.cumsum(np.bincount(postings.passages, minlength=passages), out=first[1:])
        return cls(
            first,
            np.repeat(numbers, postings.frequencies)[order],
            np.asarray(postings.weights, dtype=np.float32)[order],
        )

    def part(self, first: int, end: int) -> WordsOfPassages:
        """Return the words of the passages `first` up to, not including, `end`."""
        held = slice(self.first[first], self.first[end])
        starts = self.first[first : end + 1] - self.first[first]
        return WordsOfPassages(starts, self.terms[held], self.weights[held])


@dataclass(frozen=True)
class Numbered:
    """A passage with the number of its document and its place there."""

    document: int
    place: int
    passage: Passage


@dataclass(frozen=True)
class Layout:
    """Where passages and sentences stand, in the order of the passages.

    Attributes:
        documents: The number of each passage's document, int64.
        places: Each passage's place in its document, int32.
        spans: Start and end of each passage, int32 of shape (passages, 2).
        texts: What each passage is found by (see `retrieval.context.searched_text`).
        sentences: Start and end of each sentence, int32 of shape (sentences, 2).
        first: The number of each passage's first sentence, then the count of all sentences.
    """

    documents: Ids
    places: NDArray[np.int32]
    spans: NDArray[np.int32]
    texts: Sequence[str]
    sentences: NDArray[np.int32]
    first: Ids

    @classmethod
    def of(cls, passages: Sequence[Numbered]) -> Layout:
        """Return the layout of some passages."""
        return cls(
            np.array([one.document for one in passages], dtype=np.int64),
            np.array([one.place for one in passages], dtype=np.int32),
            _pairs(one.passage.span for one in passages),
            [searched_text(one.passage).text for one in passages],
            _pairs(span for one in passages for span in one.passage.sentences),
            np.cumsum([0, *(len(one.passage.sentences) for one in passages)]),
        )


def _pairs(spans: Iterable[Span]) -> NDArray[np.int32]:
    return np.array([span.pair for span in spans], dtype=np.int32).reshape(-1, 2)
