"""The passages of an index, ranked for one question.

All candidates are scored by what is known of them. The best of them are then compared with the
question token by token, and in each the sentence that answers is found. Scores of different
languages are compared above the level of their languages (see `retrieval.index.levels`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from retrieval.answers import Hit, Part
from retrieval.context import addresses_of
from retrieval.index.corpus import Values
from retrieval.index.index import Index
from retrieval.index.lexical import share_of_words
from retrieval.index.maxsim import MaxSim
from retrieval.ranking.candidates import Candidates
from retrieval.ranking.highlight import highlight
from retrieval.ranking.query import Query
from retrieval.ranking.scoring import PassageEvidence, SentenceEvidence, is_answer, met

_COMPARED = 24  # candidates compared token by token: twice as many changed no first hit
_SHOWN = 3  # hits that a reader sees at once


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


def rank(index: Index, query: Query, limit: int) -> tuple[Hit, ...]:
    """Return at most `limit` hits, best first; their scores are those above the level.

    Where the first three are in one language, the best one in another language takes the third
    place if its score says that it answers, so that a reader of both languages misses nothing. Of
    copies of one document only the best is shown.
    """
    scored = score_best(index, query, max(_COMPARED, limit))
    scored.sort(key=lambda one: (-_above_level(index, query, one), one.number))
    ranked = _with_another_language(index, query, scored)
    return tuple(islice(_without_copies(_hit(index, query, one) for one in ranked), limit))


def score_best(index: Index, query: Query, limit: int, language: str | None = None) -> list[Scored]:
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


def _with_another_language(index: Index, query: Query, ranked: list[Scored]) -> Sequence[Scored]:
    """Return `ranked`, with the best passage of another language third where it answers."""
    shown = {index.language_of(one.number) for one in ranked[:_SHOWN]}
    others = (one for one in ranked[_SHOWN:] if index.language_of(one.number) not in shown)
    other = next(others, None)
    if len(shown) > 1 or other is None or not _is_answer(index, query, other):
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


def _is_answer(index: Index, query: Query, scored: Scored) -> bool:
    """Tell whether a passage would answer the question if it were the best one."""
    language = index.language_of(scored.number)
    return is_answer(_above_level(index, query, scored), query.language, language)


def _level(index: Index, query: Query, scored: Scored) -> float:
    return index.levels.of(query.language, index.language_of(scored.number)).score


def _above_level(index: Index, query: Query, scored: Scored) -> float:
    return scored.score - _level(index, query, scored)


def _hit(index: Index, query: Query, scored: Scored) -> Hit:
    passage = index.passages[scored.number]
    evidence = sentence_evidence(index, query, scored)
    return Hit(
        passage=passage,
        highlight=highlight(passage, evidence, query.word_weights),
        score=_above_level(index, query, scored),
        parts=(*scored.parts, Part("level", _level(index, query, scored), -1.0)),
    )
