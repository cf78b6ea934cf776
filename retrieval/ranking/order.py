"""In which order ranked passages are shown.

The best comes first. Three things change that: a question that asks for the newest, a limit in time
that documents without a date may not meet, and readers of two languages.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.ranking.judged import Judged
from retrieval.ranking.scoring import is_answer
from retrieval.scopes import Scope

SHOWN = 3  # hits that a reader sees at once
ALIKE = 0.75  # of the best score: what reaches this share of it answers alike
_COMPARABLE = 0.5  # of the score of the hit in whose place one in another language is shown


def by_date(scope: Scope, ranked: list[Judged]) -> list[Judged]:
    """Return passages, the best first, with those that answer alike in the order of their dates.

    Where the question asks for the newest, the newest comes first and those without a date last.
    Where it limits the time, those without a date come after the others.
    """
    if not ranked or not (scope.newest or scope.period):
        return ranked
    least = ALIKE * ranked[0].score
    alike = [one for one in ranked if one.score >= least and one.answers]

    def latest_first(one: Judged) -> int:
        day = one.scored.first_day
        return -day if scope.newest else -bool(day)

    return [*sorted(alike, key=latest_first), *(one for one in ranked if one not in alike)]


def with_another_language(language: str, ranked: list[Judged]) -> Sequence[Judged]:
    """Return `ranked`, with the best passage of another language third where it answers.

    `language` is the question's.
    """
    shown = {one.language for one in ranked[:SHOWN]}
    others = (one for one in ranked[SHOWN:] if one.language not in shown)
    other = next(others, None)
    if len(shown) > 1 or other is None or not is_answer(other.score, language, other.language):
        return ranked
    if other.score < _COMPARABLE * ranked[SHOWN - 1].score:
        return ranked
    rest = [one for one in ranked[SHOWN - 1 :] if one is not other]
    return [*ranked[: SHOWN - 1], other, *rest]
