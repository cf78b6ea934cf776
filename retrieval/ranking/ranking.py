"""The passages of an index, ranked for one question, and whether the best one answers it.

All candidates are scored by what is known of them. The best of them are then compared with the
question token by token, and read by the reranker if there is one. In each the sentence that answers
is found. Scores of different languages are compared above the level of their languages (see
`retrieval.index.levels`). What a passage lacks of the question's names and numbers is taken off
(see `retrieval.ranking.missing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from retrieval.answers import Hit, Outcome, Part
from retrieval.context import addresses_of, searched_text
from retrieval.index.corpus import Values
from retrieval.index.index import Index
from retrieval.index.lexical import share_of_words
from retrieval.index.maxsim import MaxSim
from retrieval.ranking.candidates import Candidates
from retrieval.ranking.highlight import highlight
from retrieval.ranking.missing import WEIGHT, Missing
from retrieval.ranking.query import Query
from retrieval.ranking.scoring import (
    PassageEvidence,
    RerankedEvidence,
    SentenceEvidence,
    is_answer,
    is_near,
    met,
)
from retrieval.reranking.reranker import Reranker

_COMPARED = 24  # candidates compared token by token: twice as many changed no first hit
_SHOWN = 3  # hits that a reader sees at once
_COMPARABLE = 0.5  # of the score of the hit in whose place one in another language is shown


@dataclass(frozen=True)
class Scored:
    """A passage's number with its scores, from which no level is subtracted yet.

    `candidate_score` is the score without tokens, `score` the one from all `parts`. `cosines`,
    float32 of shape (sentences,), and `maxsim` compare its sentences with the question.
    """

    number: int
    parts: tuple[Part, ...]
    candidate_score: float
    score: float
    cosines: Values
    maxsim: MaxSim


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
    """Return at most `limit` hits, best first; their scores are those above the level.

    Where the first three are in one language, the best one in another language takes the third
    place if it answers and its score is comparable, so that a reader of both languages misses
    nothing. Of copies of one document only the best is shown.
    """
    judged = _judged(index, query, score_best(index, query, max(_COMPARED, limit), reranker))
    if not judged:
        return Ranking()
    outcome = _outcome(query, judged[0])
    missing = judged[0].missing.specifics if outcome is Outcome.NEAREST else ()
    shown = _with_another_language(query, judged)
    hits = _without_copies(_hit(index, query, one) for one in shown)
    return Ranking(
        tuple(islice(hits, limit)), outcome, tuple(dict.fromkeys(one.text for one in missing))
    )


def score_best(
    index: Index,
    query: Query,
    limit: int,
    reranker: Reranker | None = None,
    language: str | None = None,
) -> list[Scored]:
    """Score the `limit` best candidates with all evidence; only those in `language` if given."""
    candidates = Candidates.find(index, query, language)
    if candidates is None:
        return []
    candidate_scores = candidates.evidence.scores()
    languages = [index.language_of(number) for number in candidates.numbers]
    levels = index.levels.candidate_scores(query.language, languages)
    best = np.argsort(levels - candidate_scores, kind="stable")[:limit]
    numbers = candidates.numbers[best]
    maxsims = index.tokens.maxsim(query.encoded.tokens, numbers)
    evidence = PassageEvidence.of(candidates.evidence.at(best), maxsims)
    if reranker:
        texts = [searched_text(index.passages[number]).text for number in numbers.tolist()]
        evidence = RerankedEvidence.read(evidence, reranker.scores(query.text, texts))
    rows = zip(
        numbers.tolist(),
        evidence.rows(),
        candidate_scores[best].tolist(),
        evidence.scores().tolist(),
        [candidates.cosines.at(place) for place in best],
        maxsims,
        strict=True,
    )
    return [Scored(*row) for row in rows]


def sentence_evidence(index: Index, query: Query, scored: Scored) -> SentenceEvidence:
    """Return what speaks for each sentence of a passage."""
    passage = index.passages[scored.number]
    texts = [span.of(passage.document.text) for span in passage.sentences]
    offered = [query.answer_type.is_offered_in(text) for text in texts]
    return SentenceEvidence(
        cosine=scored.cosines,
        maxsim=_padded(scored.maxsim.sentences, len(texts)),
        maxsim_back=_padded(scored.maxsim.back, len(texts)),
        coverage=share_of_words(query.word_weights, texts),
        answer_type=np.array(offered, dtype=np.float32),
        reference=met(query.references, addresses_of(passage) if query.references else texts),
    )


def _padded(values: Values, length: int) -> Values:
    """Return values for all sentences: -1 for the last ones, where these have no token.

    The value of the passage's context, which comes after them, is left out.
    """
    padded = np.full(length, -1, dtype=np.float32)
    padded[: len(values)] = values[:length]
    return padded


def _judged(index: Index, query: Query, scored: Sequence[Scored]) -> list[Judged]:
    """Return passages by their scores, best first.

    The names and numbers are looked up in the most similar passages, as many as are shown or could
    still come first.
    """
    judged = [_without_missing(index, query, one) for one in scored]
    judged.sort(key=lambda one: (-one.score, one.scored.number))
    best = -np.inf
    for place, one in enumerate(judged):
        if place >= _SHOWN and one.similarity <= best:
            break
        judged[place] = replace(one, missing=Missing.of(index, query, one.scored.number))
        best = max(best, judged[place].score)
    return sorted(judged, key=lambda one: (-one.score, one.scored.number))


def _without_missing(index: Index, query: Query, scored: Scored) -> Judged:
    language = index.language_of(scored.number)
    level = index.levels.of(query.language, language).score
    return Judged(scored, language, level, Missing())


def _outcome(query: Query, first: Judged) -> Outcome:
    languages = query.language, first.language
    if is_answer(first.score, *languages) and not first.missing.is_ruled_out:
        return Outcome.ANSWER
    return Outcome.NEAREST if is_near(first.similarity, *languages) else Outcome.NONE


def _with_another_language(query: Query, ranked: list[Judged]) -> Sequence[Judged]:
    """Return `ranked`, with the best passage of another language third where it answers."""
    shown = {one.language for one in ranked[:_SHOWN]}
    others = (one for one in ranked[_SHOWN:] if one.language not in shown)
    other = next(others, None)
    if (
        len(shown) > 1
        or other is None
        or not is_answer(other.score, query.language, other.language)
    ):
        return ranked
    if other.score < _COMPARABLE * ranked[_SHOWN - 1].score:
        return ranked
    rest = [one for one in ranked[_SHOWN - 1 :] if one is not other]
    return [*ranked[: _SHOWN - 1], other, *rest]


def _without_copies(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Leave out what a file of the same title, or a passage of the same words, has said."""
    shown: dict[tuple[str, str], str] = {}
    for hit in hits:
        name = hit.document.name
        said = [(hit.quote, text) for text in (hit.document.title, hit.passage.text) if text]
        if all(shown.setdefault(one, name) == name for one in said):
            yield hit


def _hit(index: Index, query: Query, judged: Judged) -> Hit:
    passage = index.passages[judged.scored.number]
    evidence = sentence_evidence(index, query, judged.scored)
    return Hit(
        passage=passage,
        highlight=highlight(passage, evidence, query.word_weights, query.preference),
        score=judged.score,
        parts=judged.parts,
    )
