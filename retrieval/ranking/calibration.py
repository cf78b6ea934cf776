"""An index's levels, measured by asking it everyday questions; no labels are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from retrieval.encoding.cache import Encodings, TextKind
from retrieval.index.index import Index
from retrieval.index.levels import Level, Levels
from retrieval.language.everyday_questions import LANGUAGES, everyday_questions
from retrieval.language.words import unmarked
from retrieval.ranking.query import Query
from retrieval.ranking.scored import score_best
from retrieval.reranking.reranker import Reranker

_BEST = 5  # passages of a language that count, for each question
_READ = 4  # one of so many questions is read by the reranker, which takes long


def calibrated(index: Index, encodings: Encodings, reranker: Reranker | None = None) -> Index:
    """Return `index` with the levels of its languages.

    Args:
        index: The index to measure.
        encodings: Encode the questions.
        reranker: The one that questions will be asked with, if any.
    """
    levels = {
        (of_question, of_passage): level
        for of_question in LANGUAGES
        for of_passage, level in _levels(index, encodings, reranker, of_question)
    }
    return index.with_levels(Levels(levels))


def _levels(
    index: Index, encodings: Encodings, reranker: Reranker | None, language: str
) -> Iterator[tuple[str, Level]]:
    """Yield the level of everyday questions in `language` for each language of passages."""
    texts = everyday_questions(language)
    encoded = encodings.encoded([unmarked(text) for text in texts], TextKind.QUESTION)
    queries = [Query.of(index, *pair, language) for pair in zip(texts, encoded, strict=True)]
    for of_passage in index.languages:
        level = _mean(index, queries, None, of_passage)
        if reranker:
            read = queries[::_READ]
            without = _mean(index, read, None, of_passage).score
            added = _mean(index, read, reranker, of_passage).score - without
            level = replace(level, score=level.score + added)
        yield of_passage, level


def _mean(
    index: Index, queries: Iterable[Query], reranker: Reranker | None, language: str
) -> Level:
    """Return the mean scores of the best passages in a language; 0 where there is none."""
    found = (score_best(index, query, _BEST, reranker, language) for query in queries)
    scores = [(one.candidate_score, one.score) for scored in found for one in scored]
    candidate_score, score = np.mean(scores, axis=0) if scores else (0.0, 0.0)
    return Level(float(candidate_score), float(score))
