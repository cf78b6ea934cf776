"""A passage with its scores, and what they come to for one question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retrieval.answers import Part
from retrieval.documents import Passage
from retrieval.index.arrays import Values
from retrieval.index.index import Index
from retrieval.index.maxsim import MaxSim
from retrieval.index.search import Search
from retrieval.ranking.asked import Asked
from retrieval.ranking.missing import WEIGHT, Missing
from retrieval.ranking.scoring import is_answer


@dataclass(frozen=True)
class Scored:
    """A passage's number in the index that was asked, with its scores without any level taken off.

    `candidate_score` is the score without tokens, `score` the one from all `parts`. `cosines`,
    float32 of shape (sentences,), and `maxsim` compare its sentences with the question.
    """

    asked: Asked
    number: int
    language: str
    parts: tuple[Part, ...]
    candidate_score: float
    score: float
    cosines: Values
    maxsim: MaxSim

    @property
    def index(self) -> Index:
        """The index that holds the passage."""
        return self.asked.index

    @property
    def passage(self) -> Passage:
        """The passage, read on access."""
        return self._search.passages(np.array([self.number]))[0]

    @property
    def first_day(self) -> int:
        """The ordinal of the day on which its document is dated, 0 without a date."""
        return self._search.first_day(self.number)

    @property
    def group(self) -> tuple[str, int] | None:
        """The collection and the number of the documents that are the same report as its own.

        None where its document has no duplicate.
        """
        group = self._search.group(self.number)
        return None if group is None else (self.asked.collection.name, group)

    @property
    def _search(self) -> Search:
        return self.asked.query.search


@dataclass(frozen=True)
class Judged:
    """A scored passage with the level of its language and the question's, and what it lacks."""

    scored: Scored
    level: float
    missing: Missing

    @property
    def language(self) -> str:
        """The language of its document."""
        return self.scored.language

    @property
    def similarity(self) -> float:
        """The score above the level, whatever is missing."""
        return self.scored.score - self.level

    @property
    def score(self) -> float:
        """The score above the level, without what missing names and numbers take off."""
        return self.similarity + WEIGHT * self.missing.value

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that add up to the score."""
        taken_off = Part("missing", self.missing.value, WEIGHT), Part("level", self.level, -1.0)
        return (*self.scored.parts, *taken_off)

    @property
    def answers(self) -> bool:
        """Whether it answers the question, where no other passage is better."""
        is_enough = is_answer(self.score, self.scored.asked.query.language, self.language)
        return is_enough and not self.missing.is_ruled_out
