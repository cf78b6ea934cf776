"""In which order ranked passages are shown.

The best comes first. Three things change that: a question that asks for the newest, a limit in time
that documents without a date may not meet, and readers of two languages.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.index.index import Index
from retrieval.ranking.judged import Judged
from retrieval.ranking.query import Query
from retrieval.ranking.scoring import is_answer

SHOWN = 3  # hits that a reader sees at once
ALIKE = 0.75  # of the best score: what reaches this share of it answers alike
_COMPARABLE = 0.5  # of the score of the hit in whose place one in another language is shown


def by_date(index: Index, query: Query, ranked: list[Judged]) -> list[Judged]:
    """Return passages, the best first, with those that answer alike in the order of their dates.

    Where the question asks for the newest, the newest comes first and those without a date last.
    Where it limits the time, those without a date come after the others.
    """
    scope = query.scope
    if not ranked or not (scope.newest or scope.period):
        return ranked
    least = ALIKE * ranked[0].score
    alike = [one for one in ranked if one.score >= least and one.answers(query)]
    days = {one.scored.number: index.first_day(one.scored.number) for one in alike}

    def latest_first(one: Judged) -> int:
        day = days[one.scored.number]
        return -day if scope.newest else -bool(day)

    return [*sorted(alike, key=latest_first), *(one for one in ranked if one not in alike)]


def with_another_language(query: Query, ranked: list[Judged]) -> Sequence[Judged]:
    """Return `ranked`, with the best passage of another language third where it answers."""
    shown = {one.language for one in ranked[:SHOWN]}
    others = (one for one in ranked[SHOWN:] if one.language not in shown)
    other = next(others, None)
    if (
        len(shown) > 1
        or other is None
        or not is_answer(other.score, query.language, other.language)
    ):
        return ranked
    if other.score < _COMPARABLE * ranked[SHOWN - 1].score:
        return ranked
    rest = [one for one in ranked[SHOWN - 1 :] if one is not other]
    return [*ranked[: SHOWN - 1], other, *rest]
