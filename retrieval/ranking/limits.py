"""The ranking of the documents that a question is limited to, or of the others where none answers.

A date may have been meant otherwise, and people want to know what there is. So what lies outside of
the limits is shown where it answers and nothing within them does, and is never called an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answers import Outcome
from retrieval.ranking.asked import Asked
from retrieval.ranking.ranking import Ranking, rank_together
from retrieval.reranking.reranker import Reranker


@dataclass(frozen=True)
class LimitedRanking:
    """A ranking, and whether its hits lie outside of the question's limits."""

    ranking: Ranking
    is_outside: bool = False


def rank_limited(
    asked: Sequence[Asked], limit: int, reranker: Reranker | None = None
) -> LimitedRanking:
    """Return at most `limit` hits of the documents within the question's scope.

    Where none of them answers and others do, return those, with the outcome `NEAREST`.
    """
    within = rank_together(asked, limit, reranker)
    is_limited = bool(asked) and asked[0].query.scope.is_limited
    if not is_limited or within.outcome is Outcome.ANSWER:
        return LimitedRanking(within)
    others = [replace(one, query=one.query.elsewhere()) for one in asked]
    elsewhere = rank_together(others, limit, reranker)
    if elsewhere.outcome is Outcome.ANSWER:
        return LimitedRanking(replace(elsewhere, outcome=Outcome.NEAREST), is_outside=True)
    return LimitedRanking(within) if within.hits else LimitedRanking(elsewhere, is_outside=True)
