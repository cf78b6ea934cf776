"""A ranking of documents, judged: which of them are relevant.

The measures are those of trec_eval (https://github.com/usnistgov/trec_eval), for judgements that
say yes or no. They are so few lines that no library is worth its compiled code here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean


@dataclass(frozen=True, slots=True)
class JudgedRanking:
    """What one question found, and how many documents answer it; each measure is 0 to 1.

    `found` tells of each document found, best first, whether it is relevant. `relevant` counts the
    relevant documents, found or not, and is at least 1.

    >>> ranking = JudgedRanking.of(["rain", "rice", "tea"], {"rice", "salt"})
    >>> ranking.recall(3), ranking.reciprocal_rank(10), ranking.success(1)
    (0.5, 0.5, 0.0)
    >>> round(ranking.ndcg(10), 3)
    0.387
    """

    found: tuple[bool, ...]
    relevant: int

    @classmethod
    def of(cls, names: Iterable[str], relevant: Iterable[str]) -> JudgedRanking:
        """Judge the names of the documents found, best first, by those of the relevant ones."""
        right = frozenset(relevant)
        return cls(tuple(name in right for name in names), len(right))

    def recall(self, depth: int) -> float:
        """Return the share of the relevant documents that are among the first `depth`."""
        return sum(self.found[:depth]) / self.relevant

    def success(self, depth: int) -> float:
        """Return 1 where a relevant document is among the first `depth`, else 0."""
        return float(any(self.found[:depth]))

    def reciprocal_rank(self, depth: int) -> float:
        """Return 1 / the rank of the first relevant document, 0 if it is beyond `depth`."""
        ranks = (rank for rank, right in enumerate(self.found[:depth], start=1) if right)
        return 1 / next(ranks, float("inf"))

    def ndcg(self, depth: int) -> float:
        """Return the discounted gain down to `depth`, as a share of the best that is possible.

        Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM
        Transactions on Information Systems 20 (2002), with the discount log2(rank + 1).
        """
        best = [True] * min(self.relevant, depth)
        return _discounted_gain(self.found[:depth]) / _discounted_gain(best)


Measure = Callable[[JudgedRanking], float]


def means(measures: Mapping[str, Measure], rankings: Sequence[JudgedRanking]) -> dict[str, float]:
    """Return each measure's mean over at least one ranking, by its name."""
    return {name: fmean(map(measure, rankings)) for name, measure in measures.items()}


def _discounted_gain(found: Sequence[bool]) -> float:
    return sum(right / log2(rank + 1) for rank, right in enumerate(found, start=1))
