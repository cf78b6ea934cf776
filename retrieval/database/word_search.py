"""The passages in the database that hold most of a question's words.

A passage's score is the sum of what the words weigh in it. Common words stand in nearly every
passage and weigh little, and reading their postings is what takes long. So in a large generation
the postings of the rarest words alone are read, and twice as many passages are found by them. That
leaves out few candidates: see `python -m benchmarks.engines`. An upper bound (MaxScore: Turtle and
Flood, "Query evaluation: strategies and optimizations", 1995) would leave out none, but a question
has so many words of middling frequency that it seldom holds before nearly all of them are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retrieval.database.conditions import Condition
from retrieval.database.passage_numbers import numbers_of
from retrieval.database.reader import Row, Statement
from retrieval.database.words import KnownWord
from retrieval.index.arrays import Ids

_READ = 30_000  # postings of the rarest words
_FOR_EACH = 2  # passages for each one asked for


@dataclass(frozen=True)
class Covered:
    """Passages with what the words of a question weigh in them together, in any order."""

    numbers: Ids
    sums: NDArray[np.float64]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Covered:
        """Return what the rows of a `WordSearch` say."""
        sums = np.array([weight for *_, weight in rows], dtype=np.float64)
        return cls(numbers_of(row[:2] for row in rows), sums)

    def weighed(self, shares: Mapping[int, float]) -> Covered:
        """Return the same passages, of which some count by a share only, without those of none."""
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
    """The words of a question whose postings are read, the rarest first."""

    words: Sequence[KnownWord]
    is_exact: bool

    @classmethod
    def of(cls, words: Iterable[KnownWord], *, approximate: bool) -> WordSearch:
        """Return the search for words, in any order; for the rarest alone if it is approximate."""
        held = sorted((one for one in words if one.most), key=lambda one: one.frequency)
        if not approximate:
            return cls(held, is_exact=True)
        read = np.cumsum([one.frequency for one in held])
        rare = max(1, int(np.searchsorted(read, _READ, "right")))
        return cls(held[:rare], is_exact=rare >= len(held))

    def number(self, limit: int) -> int:
        """Return how many passages are found where `limit` are asked for."""
        return limit if self.is_exact else _FOR_EACH * limit

    def statement(self, limit: int, among: Condition) -> Statement:
        """Return the search for the passages in which the words weigh most.

        Its rows hold the document and the place of a passage, and the sum of the words' weights.
        """
        words = [one.number for one in self.words]
        # The index holds the postings of one word in the order of their weights.
        text = _OF_ONE if len(words) == 1 else _SUMS
        return Statement(
            text.replace("{further}", among.further),
            {"words": words, "limit": limit, **among.values},
        )


_SUMS = """
SELECT document, passage, sum(weight::float8) AS held
FROM {schema}.postings WHERE term = ANY(%(words)s::int[]) {further}
GROUP BY document, passage ORDER BY held DESC, document, passage LIMIT %(limit)s
"""
_OF_ONE = """
SELECT document, passage, weight::float8
FROM {schema}.postings WHERE term = (%(words)s::int[])[1] {further}
ORDER BY weight DESC LIMIT %(limit)s
"""
