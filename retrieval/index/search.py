"""One question put to one index: which passages it finds, and what is known of them.

Every engine searches in its own way and gives the same: about a hundred candidates with their
evidence, then the tokens and the passages of the best of them. What the evidence is worth is
decided in `retrieval.ranking`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from retrieval.documents import Passage
from retrieval.encoding.encoder import Vectors
from retrieval.index.arrays import Ids, Values
from retrieval.index.filters import Filter
from retrieval.index.maxsim import MaxSim


@dataclass(frozen=True)
class SentenceCosines:
    """The cosines of a question and all sentences of some passages, one passage after the other.

    Those of the passage in place i are `cosines[first[i] : first[i + 1]]`. Every passage has at
    least one.
    """

    cosines: Values
    first: Ids

    def best(self) -> Values:
        """Return each passage's highest cosine, shape (passages,)."""
        highest: Values = np.maximum.reduceat(self.cosines, self.first[:-1])
        return highest

    def at(self, place: int) -> Values:
        """Return the cosines of one passage's sentences, shape (sentences,)."""
        return self.cosines[self.first[place] : self.first[place + 1]]


@dataclass(frozen=True)
class FoundPassages:
    """At least one passage that a question finds, by their numbers, ascending.

    `dense`, shape (n,), holds the cosines of question and passages, `sentences` those of question
    and sentences, all with the language bias removed. `coverage`, shape (n,), tells how much of the
    question's words each passage holds, from 0 to about 2 (see `retrieval.index.lexical`).
    """

    numbers: Ids
    languages: Sequence[str]
    dense: Values
    sentences: SentenceCosines
    coverage: Values


@dataclass(frozen=True)
class CoveredPassages:
    """Passages that hold words of a question, with their languages.

    `texts` are those by which they are found: their contexts and their own words.
    """

    numbers: Ids
    languages: Sequence[str]
    texts: Sequence[str]


class PassageGoneError(Exception):
    """A passage that was found is no longer in the index; the question is to be asked again."""


class Search(ABC):
    """A question's vector and words, put to one index.

    Passages are named by numbers that grow in the order of their documents. Where an index can
    change while it is asked, all methods that take a passage's number may raise PassageGoneError.
    """

    @abstractmethod
    def most_covered(self, limit: int) -> CoveredPassages:
        """Return the `limit` passages that hold most of the question's words, in any order."""

    @abstractmethod
    def with_shares(self, numbers: Ids, shares: Values) -> Self:
        """Return the search in which some passages are covered by only a share of what they hold.

        Args:
            numbers: What `most_covered` has found.
            shares: The factor for each of them, from 0 to 1.
        """

    @abstractmethod
    def found(self, limit: int, among: Filter, language: str | None = None) -> FoundPassages | None:
        """Return the passages that any of three searches finds; None where there is none.

        The nearest passages, the passages of the nearest sentences, and the passages that hold most
        of the question's words are found. Of passages that hold as much as the last of those, up to
        twice as many are.

        Args:
            limit: How many passages or sentences each search gives.
            among: The documents that are searched.
            language: Of what is found, only passages in this language are returned; None for all.
        """

    @abstractmethod
    def maxsims(self, tokens: Vectors, numbers: Ids) -> list[MaxSim]:
        """Compare the question's tokens, shape (n, dimension), with those of some passages."""

    @abstractmethod
    def words(self, numbers: Ids) -> list[Collection[str]]:
        """Return, of the words by which each passage is found, at least those of the question."""

    @abstractmethod
    def passages(self, numbers: Ids) -> list[Passage]:
        """Return passages by their numbers; an index that is far away keeps them for a while."""

    @abstractmethod
    def first_day(self, number: int) -> int:
        """Return the ordinal of the day on which a passage's document is dated, 0 without a date.

        It is the first day of a date that covers more than one.
        """

    @abstractmethod
    def group(self, number: int) -> int | None:
        """Return the number of the group of documents that are the same report as a passage's.

        None where that document has no duplicate.
        """
