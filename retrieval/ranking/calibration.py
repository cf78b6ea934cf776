"""An index's levels, measured by asking it everyday questions; no labels are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from retrieval.encoding.cache import Encodings, TextKind
from retrieval.index.index import Index
from retrieval.index.levels import Level, Levels
from retrieval.language.everyday_questions import LANGUAGES, everyday_questions
from retrieval.language.words import unmarked
from retrieval.ranking.query import Query
from retrieval.ranking.ranking import Scored, score_best
from retrieval.reranking.reranker import Reranker

_BEST = 5  # passages of a language that count, for each question


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
        scored = [score_best(index, query, _BEST, reranker, of_passage) for query in queries]
        yield of_passage, _mean(one for found in scored for one in found)


def _mean(scored: Iterable[Scored]) -> Level:
    """Return the mean scores of some passages; 0 where there is none."""
    scores = [(one.candidate_score, one.score) for one in scored]
    candidate_score, score = np.mean(scores, axis=0) if scores else (0.0, 0.0)
    return Level(float(candidate_score), float(score))
