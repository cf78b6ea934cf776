"""One question put to an index in files: FAISS finds vectors, bm25s covers all passages."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from retrieval.context import searched_text, searched_words
from retrieval.documents import Passage
from retrieval.encoding.encoder import Vectors
from retrieval.index.arrays import Ids, Values
from retrieval.index.filters import Filter
from retrieval.index.index_files import IndexFiles
from retrieval.index.maxsim import MaxSim
from retrieval.index.search import CoveredPassages, FoundPassages, Search, SentenceCosines

_SAMPLED = 64  # one of so many passages tells how high coverage must be, before all are compared
_ABOVE_ZERO = np.finfo(np.float32).tiny


class FileSearch(Search):
    """A question's vector, and how much of its words each passage holds."""

    def __init__(self, files: IndexFiles, vector: Vectors, coverage: Values) -> None:
        """Store what is searched and the question.

        Args:
            files: The index.
            vector: The question's unit vector without its language bias, shape (dimension,).
            coverage: How much of the question's words each passage holds, shape (passages,).
        """
        self._files = files
        self._vector = vector
        self.coverage = coverage

    def most_covered(self, limit: int) -> CoveredPassages:
        """Return the `limit` passages that hold most of the question's words, in any order."""
        numbers = np.flatnonzero(self.coverage)
        if len(numbers) > limit:
            numbers = numbers[np.argpartition(self.coverage[numbers], -limit)[-limit:]]
        texts = [searched_text(passage).text for passage in self.passages(numbers)]
        return CoveredPassages(numbers, self._languages(numbers), texts)

    def with_shares(self, numbers: Ids, shares: Values) -> FileSearch:
        """Return the search in which some passages are covered by only a share of this."""
        coverage = self.coverage.copy()
        coverage[numbers] *= shares
        return FileSearch(self._files, self._vector, coverage)

    def found(self, limit: int, among: Filter, language: str | None = None) -> FoundPassages | None:
        """Return the passages that any of three searches finds; None where there is none."""
        numbers = self._numbers(limit, among)
        if language is not None:
            numbers = numbers[[one == language for one in self._languages(numbers)]]
        if not len(numbers):
            return None
        return FoundPassages(
            numbers,
            self._languages(numbers),
            dense=self._files.passage_vectors.get(numbers) @ self._vector,
            sentences=self._sentence_cosines(numbers),
            coverage=self.coverage[numbers],
        )

    def maxsims(self, tokens: Vectors, numbers: Ids) -> list[MaxSim]:
        """Compare the question's tokens, shape (n, dimension), with those of some passages."""
        return self._files.tokens.maxsim(tokens, numbers)

    def words(self, numbers: Ids) -> list[Collection[str]]:
        """Return the words by which each passage is found."""
        return [searched_words(passage) for passage in self.passages(numbers)]

    def passages(self, numbers: Ids) -> list[Passage]:
        """Return passages by their numbers."""
        return [self._files.corpus.passage(number) for number in numbers.tolist()]

    def first_day(self, number: int) -> int:
        """Return the ordinal of the first day of a passage's date, 0 without a date."""
        return self._files.corpus.provenance.first_day(self._files.document_of(number))

    def group(self, number: int) -> int | None:
        """Return the number of the group of documents that are the same report as a passage's."""
        return self._files.duplicates.group(self._files.document_of(number))

    def _languages(self, numbers: Ids) -> list[str]:
        return [str(self._files.corpus.languages[number]) for number in numbers]

    def _numbers(self, limit: int, among: Filter) -> Ids:
        """Return the numbers of the passages that the three searches find, ascending."""
        files, coverage = self._files, self.coverage
        admitted, of_sentences = files.admitted(among), None
        if admitted is not None:
            of_sentences = admitted[files.corpus.passage_of_sentence]
            coverage = np.where(admitted, coverage, 0)
        passages = files.passage_vectors.search(self._vector, limit, admitted).ids
        sentences = files.sentence_vectors.search(self._vector, limit, of_sentences).ids
        spoken = files.corpus.passage_of_sentence[sentences]
        return np.unique(np.concatenate([passages, spoken, largest(coverage, limit)]))

    def _sentence_cosines(self, passages: Ids) -> SentenceCosines:
        first_sentence = self._files.corpus.first_sentence
        starts, ends = first_sentence[passages], first_sentence[passages + 1]
        first = np.concatenate([[0], np.cumsum(ends - starts)])
        numbers = np.repeat(starts - first[:-1], np.diff(first)) + np.arange(first[-1])
        return SentenceCosines(self._files.sentence_vectors.get(numbers) @ self._vector, first)


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
