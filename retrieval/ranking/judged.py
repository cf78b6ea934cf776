"""A passage with its scores, and what they come to for one question."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answers import Part
from retrieval.index.corpus import Values
from retrieval.index.maxsim import MaxSim
from retrieval.ranking.missing import WEIGHT, Missing
from retrieval.ranking.query import Query
from retrieval.ranking.scoring import is_answer


@dataclass(frozen=True)
class Scored:
    """A passage's number with its scores, from which no level is subtracted yet.

    `candidate_score` is the score without tokens, `score` the one from all `parts`. `cosines`,
    float32 of shape (sentences,), and `maxsim` compare its sentences with the question.
    """

    number: int
    parts: tuple[Part, ...]
    candidate_score: float
    score: float
    cosines: Values
    maxsim: MaxSim


@dataclass(frozen=True)
class Judged:
    """A scored passage with its language, the level of the languages, and what it lacks."""

    scored: Scored
    language: str
    level: float
    missing: Missing

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

    def answers(self, query: Query) -> bool:
        """Tell whether it answers the question, where no other passage is better."""
        is_enough = is_answer(self.score, query.language, self.language)
        return is_enough and not self.missing.is_ruled_out
