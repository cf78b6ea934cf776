"""Which sentence of a passage is preferred to the one that scores best.

The sentence that shares most words with a question often only names the matter, and the one beside
it answers. Three things speak for another sentence:

- It stands for the one before it ("tỷ lệ này", "it"), so it is about the same.
- It is about the year that the question names. A sentence about another year is never preferred.
- It is about the thing that the question names by a number ("quý 2", "kỳ họp thứ 15"), and the best
  one about another thing of that name.
- It gives the kind of thing asked for, which the best one does not, it is not far behind, and it
  holds a word of the question that the best one lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.index.arrays import Values
from retrieval.language.numbers import terms
from retrieval.language.words import tokens
from retrieval.ranking.asked_kind import Asked

_INHERITED = 0.5  # of what the sentence before scores more
_FARTHEST = 0.6  # behind the best sentence of the passage, for one about the asked year
_NEAR = 0.4  # behind the best sentence, for one that gives what is asked for
_HEAD = 7  # words at a sentence's beginning that may point back
_POINTING = frozenset(
    "này đó ấy nó họ vậy it its he she they this these such his her their those them".split()
)
_NUMBER = re.compile(r"q?\d{1,3}")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")

Numbered = tuple[str, str]
"""A word and the number after it, as `terms` gives them: ("quy", "q2")."""

Mask = NDArray[np.bool_]
"""One truth for each sentence of a passage, shape (sentences,)."""


@dataclass(frozen=True)
class Preference:
    """What a question prefers in a sentence: the kind that it asks for, its years and numbers.

    `numbered` are the numbers in it that are no years, each with the word before it.
    """

    asked: Asked
    years: frozenset[str]
    numbered: frozenset[Numbered] = frozenset()

    @classmethod
    def of(cls, question: str) -> Preference:
        """Find out what a question prefers."""
        return cls(Asked.of(question), frozenset(_YEAR.findall(question)), _numbered(question))

    def choose(self, texts: Sequence[str], scores: Values, candidates: Mask) -> int:
        """Return the number of the sentence that answers.

        Args:
            texts: The passage's sentences.
            scores: What each of them scores.
            candidates: Which of them may be chosen; at least one.
        """
        scores = _with_inherited(texts, scores)
        left = self._of_the_number(texts, scores, self._of_the_year(texts, scores, candidates))
        best = int(np.where(left, scores, -np.inf).argmax())
        return self._giving(texts, scores, left, best)

    def _of_the_year(self, texts: Sequence[str], scores: Values, candidates: Mask) -> Mask:
        """Return the candidates that are most about the asked years, and not too far behind."""
        if not self.years:
            return candidates
        told = np.array(list(self._told_years(texts)))
        fitting = candidates & (told > 0)
        if not fitting.any():
            return candidates
        near = fitting & (scores >= scores[fitting].max() - _FARTHEST)
        most: Mask = near & (told == told[near].max())
        return most

    def _of_the_number(self, texts: Sequence[str], scores: Values, candidates: Mask) -> Mask:
        """Return the candidates that name what the question numbers, if the best one does not."""
        if not self.numbered:
            return candidates
        found = [_numbered(text) for text in texts]
        named = candidates & np.array([bool(self.numbered & each) for each in found])
        best = int(np.where(candidates, scores, -np.inf).argmax())
        names = {name for name, _ in self.numbered}
        is_other = not named[best] and any(name in names for name, _ in found[best])
        near: Mask = named & (scores >= scores[best] - _FARTHEST)
        return near if is_other and near.any() else candidates

    def _told_years(self, texts: Sequence[str]) -> Iterator[int]:
        """Yield 3 where a sentence begins with an asked year, 0 where it has only others.

        A sentence with an asked year further on compares with it (2). One without a year goes on
        about that of the sentence before; the first ones may be about any (1).
        """
        told = 1
        for text in texts:
            if years := _YEAR.findall(text):
                compares = 2 if self.years.intersection(years) else 0
                told = 3 if years[0] in self.years else compares
            yield told

    def _giving(self, texts: Sequence[str], scores: Values, candidates: Mask, best: int) -> int:
        """Return the best sentence, or the best of those near it that give what it lacks."""
        if self.asked.kind is None or self.asked.may_be_given_in(texts[best]):
            return best
        missing = self.asked.words - set(tokens(texts[best]))
        giving = [
            number
            for number in range(len(texts))
            if number != best
            and candidates[number]
            and scores[best] - scores[number] <= _NEAR
            and not missing.isdisjoint(tokens(texts[number]))
            and self.asked.is_given_in(texts[number])
        ]
        return max(giving, key=lambda number: scores[number], default=best)


def _numbered(text: str) -> frozenset[Numbered]:
    """Return the numbers of a text that are no years, each with the word before it.

    >>> sorted(_numbered("Quý II/2023 thu 187 tỷ, tại kỳ họp thứ mười lăm"))
    [('quy', 'q2'), ('thu', '15'), ('thu', '187')]
    """
    return frozenset(
        (name, number)
        for name, number in pairwise(terms(text))
        if _NUMBER.fullmatch(number) and name.isalpha()
    )


def _with_inherited(texts: Sequence[str], scores: Values) -> Values:
    """Return the scores, those of sentences that point back nearer to the sentence before."""
    changed = scores.copy()
    for number in range(1, len(texts)):
        if not _POINTING.isdisjoint(texts[number].casefold().split()[:_HEAD]):
            changed[number] += _INHERITED * max(0.0, scores[number - 1] - scores[number])
    return changed
