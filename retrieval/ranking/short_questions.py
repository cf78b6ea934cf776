"""A question of a few words, against passages that hold its words otherwise.

Words are compared folded, so "Tơi" finds "tới", "tội" and "tối", and "xe thang" finds "xe … một
tháng". In a question of many words the others decide. In one of a few words:

- a word that was typed with its marks covers a passage only where it stands there so, or where the
  passage's language has no such marks;
- where some passage holds all the words next to each other, as they were typed, the others are
  covered by half.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from retrieval.index.search import Search
from retrieval.language.syllables import counted_as
from retrieval.language.words import ALPHABETIC, fold, tokens

_FEW = 4  # words of a question
_LOOKED_INTO = 256  # passages
_APART = 0.5  # of the coverage of a passage that holds the words, but not next to each other


def as_typed(search: Search, weights: Mapping[str, float], typed: str) -> Search:
    """Return the search for a question of a few words with what was typed taken to the letter.

    Only the passages that hold most of its words are looked into. The search for a longer question
    is returned as it is.

    Args:
        search: The search for the question.
        weights: The question's folded words with their weights.
        typed: The question with the diacritics that were typed.
    """
    question = _ShortQuestion.of(typed, weights)
    if len(weights) > _FEW or not (question.marked or len(question.words) > 1):
        return search
    covered = search.most_covered(_LOOKED_INTO)
    shares = np.array(
        [question.share(*one) for one in zip(covered.texts, covered.languages, strict=True)],
        dtype=np.float32,
    )
    together = np.array([question.stands_in(text) for text in covered.texts], dtype=np.bool_)
    if together.any():
        shares[~together] *= _APART
    return search.with_shares(covered.numbers, shares)


@dataclass(frozen=True)
class _ShortQuestion:
    """A question's folded words in order, those typed with marks, and the words' weights."""

    words: tuple[str, ...]
    marked: frozenset[str]
    weights: Mapping[str, float]

    @classmethod
    def of(cls, typed: str, weights: Mapping[str, float]) -> _ShortQuestion:
        written = map(counted_as, ALPHABETIC.findall(typed))
        marked = frozenset(word for word in written if fold(word) != word)
        return cls(tuple(tokens(typed)), marked, weights)

    def stands_in(self, text: str) -> bool:
        """Tell whether the words, two or more, stand in a text next to each other."""
        run, within = (f" {' '.join(words)} " for words in (self.words, tokens(text)))
        return len(self.words) > 1 and run in within

    def share(self, text: str, language: str) -> float:
        """Return the share of what a passage covers that it holds as it was typed."""
        if not self.marked:
            return 1.0
        written = set(map(counted_as, ALPHABETIC.findall(text)))
        letters = {fold(word) for word in written}
        bare = set() if language == "vi" else written
        covered = [(word, weight) for word, weight in self.weights.items() if word in letters]
        held = {fold(word) for word in self.marked & written} | bare
        alike = {fold(word) for word in self.marked}
        total = sum(weight for _, weight in covered)
        kept = sum(weight for word, weight in covered if word not in alike or word in held)
        return kept / total if total else 1.0
