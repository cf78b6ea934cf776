"""An index's levels, measured by asking it everyday questions; no labels are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np

from retrieval.encoding.cache import Encodings, TextKind
from retrieval.index.index import Index
from retrieval.index.levels import BEST, Levels, Scores
from retrieval.language.everyday_questions import LANGUAGES, everyday_questions
from retrieval.language.words import unmarked
from retrieval.ranking.query import Query
from retrieval.ranking.scored import score_best
from retrieval.reranking.reranker import Reranker

_Index = TypeVar("_Index", bound=Index)

_READ = 4  # one of so many questions is read by the reranker, which takes long


def calibrated(index: _Index, encodings: Encodings, reranker: Reranker | None = None) -> _Index:
    """Return `index` with the levels of its languages.

    Args:
        index: The index to measure.
        encodings: Encode the questions.
        reranker: The one that questions will be asked with, if any.
    """
    best = {
        (of_question, of_passage): scores
        for of_question in LANGUAGES
        for of_passage, scores in _scores(index, encodings, reranker, of_question)
    }
    return index.with_levels(Levels.measured(best))


def _scores(
    index: Index, encodings: Encodings, reranker: Reranker | None, language: str
) -> Iterator[tuple[str, Scores]]:
    """Yield what everyday questions in `language` score on passages of each language."""
    texts = everyday_questions(language)
    encoded = encodings.encoded([unmarked(text) for text in texts], TextKind.QUESTION)
    queries = [Query.of(index, *pair, language) for pair in zip(texts, encoded, strict=True)]
    for of_passage in index.languages:
        scores = _best(index, queries, None, of_passage)
        if reranker:
            read = queries[::_READ]
            without = np.nanmean(_best(index, read, None, of_passage)[..., 1])
            scores[..., 1] += np.nanmean(_best(index, read, reranker, of_passage)[..., 1]) - without
        yield of_passage, scores


def _best(
    index: Index, queries: Sequence[Query], reranker: Reranker | None, language: str
) -> Scores:
    """Return the scores of the best passages in a language for each question."""
    best = np.full((len(queries), BEST, 2), np.nan)
    for row, query in zip(best, queries, strict=True):
        for place, one in enumerate(score_best(index, query, BEST, reranker, language)):
            row[place] = one.candidate_score, one.score
    return best
