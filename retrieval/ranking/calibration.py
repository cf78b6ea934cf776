"""An index's levels, measured by asking it everyday questions; no labels are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from retrieval.encoding.cache import Encodings, TextKind
from retrieval.index.index import Index
from retrieval.index.levels import Level, Levels
from retrieval.language.everyday_questions import LANGUAGES, everyday_questions
from retrieval.language.words import unmarked
from retrieval.ranking.ranking import Query, Scored, score_best

_BEST = 5  # passages of a language that count, for each question


def calibrated(index: Index, cache: Encodings) -> Index:
    """Return `index` with the levels of its languages."""
    known = {
        (asked, read): level for asked in LANGUAGES for read, level in _levels(index, cache, asked)
    }
    return index.with_levels(Levels(known))


def _levels(index: Index, cache: Encodings, language: str) -> Iterator[tuple[str, Level]]:
    """Yield the level of everyday questions in `language` for each language of passages."""
    texts = everyday_questions(language)
    encoded = cache.encoded([unmarked(text) for text in texts], TextKind.QUESTION)
    asked = [Query.of(index, *pair, language) for pair in zip(texts, encoded, strict=True)]
    for read in index.languages:
        scored = [score_best(index, each, _BEST, read) for each in asked]
        yield read, _level(one for found in scored for one in found)


def _level(scored: Iterable[Scored]) -> Level:
    both = [(one.first, one.full) for one in scored]
    first, full = np.mean(both, axis=0) if both else (0.0, 0.0)
    return Level(float(first), float(full))
