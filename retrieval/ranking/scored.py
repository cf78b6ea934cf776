"""Candidates scored with all evidence: token by token, and by the reranker if there is one.

Only the best candidates are compared so far. Of several indexes that are asked together these are
the best of all, as many as of one index alone: five indexes hardly take longer than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.context import addresses_of, searched_text
from retrieval.index.arrays import Ids, Values
from retrieval.index.index import Index
from retrieval.index.lexical import share_of_words
from retrieval.ranking.asked import Asked
from retrieval.ranking.candidates import Candidates
from retrieval.ranking.judged import Scored
from retrieval.ranking.query import Query
from retrieval.ranking.scoring import PassageEvidence, RerankedEvidence, SentenceEvidence, met
from retrieval.reranking.reranker import Reranker


@dataclass(frozen=True)
class _Found:
    """The candidates of one index, with their scores, and with these above the level."""

    asked: Asked
    candidates: Candidates
    scores: Values
    above_level: Values

    @classmethod
    def of(cls, asked: Asked, language: str | None) -> _Found | None:
        """Search an index for candidates; None where there is none."""
        index, query = asked.index, asked.query
        candidates = Candidates.find(query, language)
        if candidates is None:
            return None
        scores = candidates.evidence.scores()
        levels = index.levels.candidate_scores(query.language, candidates.found.languages)
        return cls(asked, candidates, scores, scores - levels)

    def scored(self, places: Ids, reranker: Reranker | None) -> list[Scored]:
        """Score the candidates in these places with all evidence."""
        query, found = self.asked.query, self.candidates.found
        numbers = found.numbers[places]
        maxsims = query.search.maxsims(query.encoded.tokens, numbers)
        evidence = PassageEvidence.of(self.candidates.evidence.at(places), maxsims)
        if reranker:
            texts = [searched_text(passage).text for passage in query.search.passages(numbers)]
            evidence = RerankedEvidence.read(evidence, reranker.scores(query.text, texts))
        rows = zip(
            numbers.tolist(),
            [found.languages[place] for place in places],
            evidence.rows(),
            self.scores[places].tolist(),
            evidence.scores().tolist(),
            [found.sentences.at(place) for place in places],
            maxsims,
            strict=True,
        )
        return [Scored(self.asked, *row) for row in rows]


def score_best(
    index: Index,
    query: Query,
    limit: int,
    reranker: Reranker | None = None,
    language: str | None = None,
) -> list[Scored]:
    """Score the `limit` best candidates with all evidence; only those in `language` if given."""
    return scored_together([Asked(index, query)], limit, reranker, language)


def scored_together(
    asked: Sequence[Asked], limit: int, reranker: Reranker | None, language: str | None = None
) -> list[Scored]:
    """Score the `limit` best candidates of all indexes with all evidence."""
    found = [one for each in asked if (one := _Found.of(each, language))]
    if not found:
        return []
    above_level = np.concatenate([one.above_level for one in found])
    owners = np.repeat(np.arange(len(found)), [len(one.above_level) for one in found])
    places = np.concatenate([np.arange(len(one.above_level)) for one in found])
    best = np.argsort(-above_level, kind="stable")[:limit]
    return [
        scored
        for owner, one in enumerate(found)
        if len(own := best[owners[best] == owner])
        for scored in one.scored(places[own], reranker)
    ]


def sentence_evidence(scored: Scored) -> SentenceEvidence:
    """Return what speaks for each sentence of a passage."""
    query, passage = scored.asked.query, scored.passage
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
