"""The passages of an index, ranked for one question, and whether the best one answers it.

All candidates are scored by what is known of them. The best of them are then compared with the
question token by token, and read by the reranker if there is one. In each the sentence that answers
is found. Scores of different languages are compared above the level of their languages (see
`retrieval.index.levels`). What a passage lacks of the question's names and numbers is taken off
(see `retrieval.ranking.missing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval.answers import Hit, Outcome
from retrieval.context import addresses_of, searched_text
from retrieval.index.corpus import Values
from retrieval.index.index import Index
from retrieval.index.lexical import share_of_words
from retrieval.ranking.candidates import Candidates
from retrieval.ranking.highlight import highlight
from retrieval.ranking.judged import Judged, Scored
from retrieval.ranking.missing import Missing
from retrieval.ranking.one_of_each import one_of_each
from retrieval.ranking.order import ALIKE, SHOWN, by_date, with_another_language
from retrieval.ranking.query import Query
from retrieval.ranking.scoring import (
    PassageEvidence,
    RerankedEvidence,
    SentenceEvidence,
    is_near,
    met,
)
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
    """Return at most `limit` hits, best first; their scores are those above the level.

    Where the first three are in one language, the best one in another language takes the third
    place if it answers and its score is comparable, so that a reader of both languages misses
    nothing. Of documents that are the same report one is shown.
    """
    ranked = _judged(index, query, score_best(index, query, max(_COMPARED, limit), reranker))
    judged = one_of_each(index, by_date(index, query, ranked))
    if not judged:
        return Ranking()
    outcome = _outcome(query, judged[0])
    missing = judged[0].missing.specifics if outcome is Outcome.NEAREST else ()
    shown = with_another_language(query, judged)[:limit]
    hits = tuple(_hit(index, query, one) for one in shown)
    return Ranking(hits, outcome, tuple(dict.fromkeys(one.text for one in missing)))


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
    still come first, by their scores or by their dates.
    """
    judged = [_without_missing(index, query, one) for one in scored]
    judged.sort(key=lambda one: (-one.score, one.scored.number))
    share = ALIKE if query.scope.newest or query.scope.period else 1
    best = -np.inf
    for place, one in enumerate(judged):
        if place >= SHOWN and one.similarity <= share * best:
            break
        judged[place] = replace(one, missing=Missing.of(index, query, one.scored.number))
        best = max(best, judged[place].score)
    return sorted(judged, key=lambda one: (-one.score, one.scored.number))


def _without_missing(index: Index, query: Query, scored: Scored) -> Judged:
    language = index.language_of(scored.number)
    level = index.levels.of(query.language, language).score
    return Judged(scored, language, level, Missing())


def _outcome(query: Query, first: Judged) -> Outcome:
    if first.answers(query):
        return Outcome.ANSWER
    is_close = is_near(first.similarity, query.language, first.language)
    return Outcome.NEAREST if is_close else Outcome.NONE


def _hit(index: Index, query: Query, judged: Judged) -> Hit:
    passage = index.passages[judged.scored.number]
    evidence = sentence_evidence(index, query, judged.scored)
    is_repeated = index.group_of(judged.scored.number) is not None
    return Hit(
        passage=passage,
        highlight=highlight(passage, evidence, query.word_weights, query.preference),
        score=judged.score,
        parts=judged.parts,
        also_in=index.also_in(passage.document) if is_repeated else (),
    )
