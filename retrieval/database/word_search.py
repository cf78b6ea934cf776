"""The passages in the database that hold most of a question's words.

A passage's score is the sum of what the words weigh in it. Common words stand in nearly every
passage and weigh little, and reading their postings is what takes long. So the postings of the rare
words are read first, and the common words only where these are: no passage gets more from a common
word than its largest weight. Where that could still bring in a passage, more words are read as the
rare ones are (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995: MaxScore).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retrieval.database.conditions import Condition
from retrieval.database.passage_numbers import numbers_of
from retrieval.database.reader import Reader, Row, Statement
from retrieval.database.words import KnownWord
from retrieval.index.arrays import Ids

_READ = 30_000  # postings that are read at first
_MORE = 3  # times as many are read where those were too few
_LOOKED_AT = 4  # passages with rare words, for each one asked for


@dataclass(frozen=True)
class Covered:
    """Passages with what the words of a question weigh in them together, in any order.

    `others` is what they weigh in any other passage at most.
    """

    numbers: Ids
    sums: NDArray[np.float64]
    others: float = 0.0

    def is_complete(self, limit: int) -> bool:
        """Tell whether the `limit` passages in which the words weigh most are among these."""
        if not self.others:
            return True
        return limit <= len(self.sums) and self.others < -np.partition(-self.sums, limit - 1)[-1]

    def weighed(self, shares: Mapping[int, float]) -> Covered:
        """Return the same passages, of which some count by a share only, those with any."""
        factors = [shares.get(number, 1.0) for number in self.numbers.tolist()]
        sums = self.sums * np.array(factors, dtype=np.float64)
        return replace(self, numbers=self.numbers[sums > 0], sums=sums[sums > 0])

    def highest(self, limit: int, with_equal: int = 0) -> Ids:
        """Return the passages in which the words weigh most, the first ones where they are equal.

        Args:
            limit: How many.
            with_equal: How many where others are equal to the last of them.
        """
        order = np.lexsort((self.numbers, -self.sums))
        sums = self.sums[order]
        if with_equal and len(order) > limit:
            limit = min(with_equal, int(np.searchsorted(-sums, -sums[limit - 1], "right")))
        return self.numbers[order[:limit]]


@dataclass(frozen=True)
class WordSearch:
    """The words of a question that passages hold, the rarest first.

    So many `postings` are read of the rarest words, and all of the first one.
    """

    words: Sequence[KnownWord]
    postings: int = _READ

    @classmethod
    def of(cls, words: Iterable[KnownWord]) -> WordSearch:
        """Return the search for words, in any order."""
        return cls(sorted((one for one in words if one.most), key=lambda one: one.frequency))

    def statement(self, limit: int, among: Condition) -> Statement:
        """Return the search for the passages in which the words weigh most.

        Its rows hold the document and the place of a passage, and what rare and common words weigh.
        There are more than `limit` of them where others are equal to the last.
        """
        numbers = [one.number for one in self.words]
        values = {"rare": numbers[: self._rare], "limit": 2 * limit, **among.values}
        if self._rare == len(self.words):
            return Statement(_SUMS.replace("{further}", among.further), values)
        values |= {"common": numbers[self._rare :], "limit": limit * _LOOKED_AT}
        return Statement(_SUMS_OF_RARE.replace("{further}", among.further), values)

    def completed(
        self, reader: Reader, limit: int, among: Condition, rows: Sequence[Row] | None = None
    ) -> Covered:
        """Return passages, those `limit` in which the words weigh most among them.

        Args:
            reader: Reads the generation.
            limit: How many.
            among: Which documents are searched.
            rows: Those of `statement`, where they were read already.
        """
        if rows is None:
            (rows,) = reader.read(self.statement(limit, among))
        covered = self._covered(rows, limit)
        if covered.is_complete(limit):
            return covered
        more = replace(self, postings=self.postings * _MORE)
        return more.completed(reader, limit, among)

    def _covered(self, rows: Sequence[Row], limit: int) -> Covered:
        rare, common = (np.array([row[i] for row in rows], dtype=np.float64) for i in (2, 3))
        others = sum(one.most for one in self.words[self._rare :])
        if others and len(rows) == limit * _LOOKED_AT:  # others hold rare words too
            others += float(rare.min())
        return Covered(numbers_of(row[:2] for row in rows), rare + common, others)

    @property
    def _rare(self) -> int:
        """How many words' postings are read."""
        read = np.cumsum([one.frequency for one in self.words])
        return min(len(read), max(1, int(np.searchsorted(read, self.postings, "right"))))


_SUMS = """
SELECT document, passage, sum(weight::float8) AS held, 0::float8
FROM {schema}.postings WHERE term = ANY(%(rare)s::int[]) {further}
GROUP BY document, passage ORDER BY held DESC, document, passage LIMIT %(limit)s
"""
_SUMS_OF_RARE = """
WITH covered AS (
    SELECT document, passage, sum(weight::float8) AS held
    FROM {schema}.postings WHERE term = ANY(%(rare)s::int[]) {further}
    GROUP BY document, passage ORDER BY held DESC, document, passage LIMIT %(limit)s
)
SELECT p.document, p.place, covered.held, common.held
FROM covered
JOIN {schema}.passages p ON p.document = covered.document AND p.place = covered.passage
CROSS JOIN LATERAL (
    SELECT coalesce(sum(one.weight::float8), 0) AS held
    FROM unnest(p.terms, p.weights) AS one(term, weight)
    WHERE one.term = ANY(%(common)s::int[])
) AS common
"""
