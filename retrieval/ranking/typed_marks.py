"""Words typed with their diacritics, against the passages that only hold the same letters.

Words are compared folded, so "Tơi" finds "tới", "tội" and "tối". In a question of many words the
others decide. In one of a few words a passage is covered by a word with marks only where it holds
the word so, or where its language has no such marks.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from retrieval.context import searched_text
from retrieval.index.corpus import Ids, Values
from retrieval.index.index import Index
from retrieval.language.syllables import counted_as
from retrieval.language.words import ALPHABETIC, fold

_FEW = 4  # words of a question
_LOOKED_INTO = 256  # passages


def with_marks(index: Index, coverage: Values, weights: Mapping[str, float], typed: str) -> Values:
    """Return the coverage without what only the letters of marked words cover.

    Only the passages with the most coverage are looked into.

    Args:
        index: The index whose passages are covered.
        coverage: How much of the question each of its passages covers.
        weights: The question's folded words with their weights.
        typed: The question with the diacritics that were typed.
    """
    marked = {word for word in map(counted_as, ALPHABETIC.findall(typed)) if fold(word) != word}
    if not marked or len(weights) > _FEW:
        return coverage
    places = _most_covered(coverage)
    shares = [_share(index, number, marked, weights) for number in places.tolist()]
    changed = coverage.copy()
    changed[places] *= np.array(shares, dtype=np.float32)
    return changed


def _most_covered(coverage: Values) -> Ids:
    places = np.flatnonzero(coverage)
    if len(places) > _LOOKED_INTO:
        most = np.argpartition(coverage[places], -_LOOKED_INTO)[-_LOOKED_INTO:]
        places = places[most]
    return places


def _share(index: Index, number: int, marked: set[str], weights: Mapping[str, float]) -> float:
    """Return the share of what a passage covers that it holds as it was typed."""
    text = searched_text(index.passages[number]).text
    written = set(map(counted_as, ALPHABETIC.findall(text)))
    letters = {fold(word) for word in written}
    bare = set() if index.language_of(number) == "vi" else written
    covered = [(word, weight) for word, weight in weights.items() if word in letters]
    held = {fold(word) for word in marked & written} | bare
    alike = {fold(word) for word in marked}
    total = sum(weight for _, weight in covered)
    kept = sum(weight for word, weight in covered if word not in alike or word in held)
    return kept / total if total else 1.0
