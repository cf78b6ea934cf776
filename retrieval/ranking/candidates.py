"""The candidates for a question: the passages that are worth scoring, and what is known of them.

Candidates come from three searches: passage vectors, sentence vectors and words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retrieval.context import searched_words
from retrieval.index.corpus import Ids, Values
from retrieval.index.index import Index
from retrieval.ranking.query import Query
from retrieval.ranking.scoring import CandidateEvidence, met

_SEARCHED = 50  # passages or sentences that each search gives
_SAMPLED = 64  # one of so many passages tells how high coverage must be, before all are compared
_ABOVE_ZERO = np.finfo(np.float32).tiny


@dataclass(frozen=True)
class SentenceCosines:
    """The cosines of a question and all sentences of some passages, one passage after the other.

    Those of the passage in place i are `cosines[first[i] : first[i + 1]]`. Every passage has at
    least one.
    """

    cosines: Values
    first: Ids

    @classmethod
    def of(cls, index: Index, query: Query, passages: Ids) -> SentenceCosines:
        """Compare the sentences of at least one passage with the question."""
        starts, ends = index.first_sentence[passages], index.first_sentence[passages + 1]
        first = np.concatenate([[0], np.cumsum(ends - starts)])
        numbers = np.repeat(starts - first[:-1], np.diff(first)) + np.arange(first[-1])
        return cls(index.sentence_vectors.get(numbers) @ query.encoded.vector, first)

    def best(self) -> Values:
        """Return each passage's highest cosine, shape (passages,)."""
        highest: Values = np.maximum.reduceat(self.cosines, self.first[:-1])
        return highest

    def at(self, place: int) -> Values:
        """Return the cosines of one passage's sentences, shape (sentences,)."""
        return self.cosines[self.first[place] : self.first[place + 1]]


@dataclass(frozen=True)
class Candidates:
    """Passages by their numbers, ascending, with what is known of all of them."""

    numbers: Ids
    evidence: CandidateEvidence
    cosines: SentenceCosines

    @classmethod
    def find(cls, index: Index, query: Query, language: str | None = None) -> Candidates | None:
        """Search for candidates, only those in `language` if it is given; None without any."""
        numbers = _found(index, query)
        if language is not None:
            numbers = numbers[[index.language_of(number) == language for number in numbers]]
        if not len(numbers):
            return None
        cosines = SentenceCosines.of(index, query, numbers)
        evidence = CandidateEvidence(
            dense=index.passage_vectors.get(numbers) @ query.encoded.vector,
            best_sentence=cosines.best(),
            coverage_squared=query.coverage[numbers] ** 2,
            reference=_reference(index, query, numbers),
        )
        return cls(numbers, evidence, cosines)


def _reference(index: Index, query: Query, numbers: Ids) -> Values:
    """Return how many of the question's references each passage is or names, -1 to 1."""
    if not query.references:  # the passages need not be read
        return np.zeros(len(numbers), dtype=np.float32)
    passages = (index.passages[number] for number in numbers.tolist())
    return met(query.references, (searched_words(passage) for passage in passages))


def _found(index: Index, query: Query) -> Ids:
    """Return the numbers of the passages that the three searches find, ascending.

    Only those within the question's scope are searched.
    """
    vector, among, coverage = query.encoded.vector, query.admitted, query.coverage
    of_sentences = None
    if among is not None:
        of_sentences, coverage = among[index.passage_of_sentence], np.where(among, coverage, 0)
    passages = index.passage_vectors.search(vector, _SEARCHED, among).ids
    sentences = index.sentence_vectors.search(vector, _SEARCHED, of_sentences).ids
    lexical = largest(coverage, _SEARCHED)
    return np.unique(np.concatenate([passages, index.passage_of_sentence[sentences], lexical]))


def largest(values: Values, limit: int) -> Ids:
    """Return the places of the `limit` largest values above 0, ascending.

    Values equal to the last of them are included, up to twice as many in all, so that the order
    of the passages hardly decides which of them are candidates.
    """
    # If `limit` values of a sample reach some height, at least as many of all values do. What is
    # lower need not be put in order, and that is nearly everything.
    places = np.flatnonzero(values >= (_last_of(values[::_SAMPLED], limit) or _ABOVE_ZERO))
    high = values[places]
    return places[high >= _last_of(high, limit)][: 2 * limit]


def _last_of(values: Values, limit: int) -> float:
    """Return the smallest of the `limit` largest values, or 0 if there are no more than `limit`."""
    return float(np.partition(values, -limit)[-limit]) if limit < len(values) else 0.0
