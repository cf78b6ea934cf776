"""The passages of indexes, ranked for one question, and whether the best one answers it.

All candidates are scored by what is known of them. The best of them are then compared with the
question token by token, and read by the reranker if there is one. In each the sentence that answers
is found. Scores of different languages are compared above the level of their languages (see
`retrieval.index.levels`). What a passage lacks of the question's names and numbers is taken off
(see `retrieval.ranking.missing`).

Several indexes are asked together. The best candidates of all of them are compared further, as many
as of one index, so that five indexes hardly take longer than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval.answers import Hit, Outcome
from retrieval.index.index import Index
from retrieval.ranking.asked import Asked
from retrieval.ranking.highlight import highlight
from retrieval.ranking.judged import Judged, Scored
from retrieval.ranking.missing import Missing
from retrieval.ranking.one_of_each import one_of_each
from retrieval.ranking.order import ALIKE, SHOWN, by_date, with_another_language
from retrieval.ranking.query import Query
from retrieval.ranking.scored import scored_together, sentence_evidence
from retrieval.ranking.scoring import is_near
from retrieval.reranking.reranker import Reranker

_COMPARED = 24  # candidates compared token by token: twice as many changed no first hit


@dataclass(frozen=True)
class Ranking:
    """The hits for a question, best first, and what they make of it.

    `missing` names the specifics of the question that the first hit lacks. It is empty where the
    outcome is not `NEAREST`.
    """

    hits: tuple[Hit, ...] = ()
    outcome: Outcome = Outcome.NONE
    missing: tuple[str, ...] = ()


def rank(index: Index, query: Query, limit: int, reranker: Reranker | None = None) -> Ranking:
    """Rank the passages of one index as `rank_together` does."""
    return rank_together([Asked(index, query)], limit, reranker)


def rank_together(asked: Sequence[Asked], limit: int, reranker: Reranker | None = None) -> Ranking:
    """Return at most `limit` hits, best first; their scores are those above the level.

    Where the first three are in one language, the best one in another language takes the third
    place if it answers and its score is comparable, so that a reader of both languages misses
    nothing. Of documents of a collection that are the same report one is shown.

    Args:
        asked: The question, put to each index.
        limit: The most hits to return.
        reranker: The one that the indexes' levels were measured with, if any.
    """
    scored = scored_together(asked, max(_COMPARED, limit), reranker)
    if not scored:
        return Ranking()
    ranked = _judged(asked, scored, limit)
    query = asked[0].query
    judged = one_of_each(by_date(query.scope, ranked))
    outcome = _outcome(judged[0])
    missing = judged[0].missing.specifics if outcome is Outcome.NEAREST else ()
    shown = with_another_language(query.language, judged)[:limit]
    hits = tuple(map(_hit, shown))
    return Ranking(hits, outcome, tuple(dict.fromkeys(one.text for one in missing)))


def _judged(asked: Sequence[Asked], scored: Sequence[Scored], limit: int) -> list[Judged]:
    """Return passages by their scores, best first.

    The names and numbers are looked up in the most similar passages, as many as are shown or could
    still come first, by their scores or by their dates.
    """
    indexes = [one.index for one in asked]
    judged = sorted(map(_without_missing, scored), key=_order)
    _read_together(asked, [one.scored for one in judged[: max(SHOWN, limit)]])
    scope = asked[0].query.scope
    share = ALIKE if scope.newest or scope.period else 1
    best = -np.inf
    for place, one in enumerate(judged):
        if place >= SHOWN and one.similarity <= share * best:
            break
        found = one.scored
        missing = Missing.of(found.asked.query, found.passage, indexes)
        judged[place] = replace(one, missing=missing)
        best = max(best, judged[place].score)
    return sorted(judged, key=_order)


def _read_together(asked: Sequence[Asked], scored: Sequence[Scored]) -> None:
    """Read the passages that are likely to be shown, so that each index is asked once for them."""
    for each in asked:
        if own := [one.number for one in scored if one.asked is each]:
            each.query.search.passages(np.array(own))


def _order(judged: Judged) -> tuple[float, int]:
    return -judged.score, judged.scored.number


def _without_missing(scored: Scored) -> Judged:
    level = scored.index.levels.of(scored.asked.query.language, scored.language).score
    return Judged(scored, level, Missing())


def _outcome(first: Judged) -> Outcome:
    if first.answers:
        return Outcome.ANSWER
    is_close = is_near(first.similarity, first.scored.asked.query.language, first.language)
    return Outcome.NEAREST if is_close else Outcome.NONE


def _hit(judged: Judged) -> Hit:
    scored, query = judged.scored, judged.scored.asked.query
    return Hit(
        passage=scored.passage,
        highlight=highlight(
            scored.passage, sentence_evidence(scored), query.word_weights, query.preference
        ),
        score=judged.score,
        parts=judged.parts,
        also_in=scored.index.also_in(scored.passage.document) if scored.group else (),
        collection=scored.asked.collection,
    )
