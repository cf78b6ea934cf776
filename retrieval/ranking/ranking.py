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

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from retrieval.answers import Hit, Outcome, Part
from retrieval.index.index import Index
from retrieval.ranking.asked import Asked
from retrieval.ranking.highlight import highlight
from retrieval.ranking.missing import WEIGHT, Missing
from retrieval.ranking.query import Query
from retrieval.ranking.scored import Scored, scored_together, sentence_evidence
from retrieval.ranking.scoring import is_answer, is_near
from retrieval.reranking.reranker import Reranker

_COMPARED = 24  # candidates compared token by token: twice as many changed no first hit
_SHOWN = 3  # hits that a reader sees at once
_COMPARABLE = 0.5  # of the score of the hit in whose place one in another language is shown


@dataclass(frozen=True)
class Judged:
    """A scored passage with its language, the level of the languages, and what it lacks."""

    scored: Scored
    language: str
    level: float
    missing: Missing

    @property
    def similarity(self) -> float:
        """The score above the level, whatever is missing."""
        return self.scored.score - self.level

    @property
    def score(self) -> float:
        """The score above the level, without what missing names and numbers take off."""
        return self.similarity + WEIGHT * self.missing.value

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that add up to the score."""
        taken_off = Part("missing", self.missing.value, WEIGHT), Part("level", self.level, -1.0)
        return (*self.scored.parts, *taken_off)


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
    nothing. Of copies of one document in a collection only the best is shown.

    Args:
        asked: The question, put to each index.
        limit: The most hits to return.
        reranker: The one that the indexes' levels were measured with, if any.
    """
    judged = _judged(asked, scored_together(asked, max(_COMPARED, limit), reranker))
    if not judged:
        return Ranking()
    outcome = _outcome(judged[0])
    missing = judged[0].missing.specifics if outcome is Outcome.NEAREST else ()
    hits = _without_copies(map(_hit, _with_another_language(judged)))
    return Ranking(
        tuple(islice(hits, limit)), outcome, tuple(dict.fromkeys(one.text for one in missing))
    )


def _judged(asked: Sequence[Asked], scored: Sequence[Scored]) -> list[Judged]:
    """Return passages by their scores, best first.

    The names and numbers are looked up in the most similar passages, as many as are shown or could
    still come first.
    """
    indexes = [one.index for one in asked]
    judged = sorted(map(_without_missing, scored), key=_order)
    best = -np.inf
    for place, one in enumerate(judged):
        if place >= _SHOWN and one.similarity <= best:
            break
        found = one.scored
        missing = Missing.of(found.asked.index, found.asked.query, found.number, indexes)
        judged[place] = replace(one, missing=missing)
        best = max(best, judged[place].score)
    return sorted(judged, key=_order)


def _order(judged: Judged) -> tuple[float, int]:
    return -judged.score, judged.scored.number


def _without_missing(scored: Scored) -> Judged:
    index, query = scored.asked.index, scored.asked.query
    language = index.language_of(scored.number)
    level = index.levels.of(query.language, language).score
    return Judged(scored, language, level, Missing())


def _outcome(first: Judged) -> Outcome:
    languages = first.scored.asked.query.language, first.language
    if is_answer(first.score, *languages) and not first.missing.is_ruled_out:
        return Outcome.ANSWER
    return Outcome.NEAREST if is_near(first.similarity, *languages) else Outcome.NONE


def _with_another_language(ranked: list[Judged]) -> Sequence[Judged]:
    """Return `ranked`, with the best passage of another language third where it answers."""
    asked_in = ranked[0].scored.asked.query.language
    shown = {one.language for one in ranked[:_SHOWN]}
    others = (one for one in ranked[_SHOWN:] if one.language not in shown)
    other = next(others, None)
    if len(shown) > 1 or other is None or not is_answer(other.score, asked_in, other.language):
        return ranked
    if other.score < _COMPARABLE * ranked[_SHOWN - 1].score:
        return ranked
    rest = [one for one in ranked[_SHOWN - 1 :] if one is not other]
    return [*ranked[: _SHOWN - 1], other, *rest]


def _without_copies(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Leave out what a file of the same title, or a passage of the same words, has said.

    Each collection says it once.
    """
    shown: dict[tuple[str, str, str], str] = {}
    for hit in hits:
        name, collection = hit.document.name, hit.collection.name
        titles = (hit.document.title, hit.passage.text)
        said = [(collection, hit.quote, text) for text in titles if text]
        if all(shown.setdefault(one, name) == name for one in said):
            yield hit


def _hit(judged: Judged) -> Hit:
    query, passage = judged.scored.asked.query, judged.scored.passage
    evidence = sentence_evidence(judged.scored)
    return Hit(
        passage=passage,
        highlight=highlight(passage, evidence, query.word_weights, query.preference),
        score=judged.score,
        parts=judged.parts,
        collection=judged.scored.asked.collection,
    )
