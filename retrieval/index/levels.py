"""The levels of an index: what questions about nothing in particular score on it.

A question scores higher on any passage of its own language than on one of another language, higher
on any passage of a narrow collection than of a wide one, and higher with one encoder than with
another. Everyday questions show by how much. Once this level is subtracted, scores of different
languages can be compared, and a score of 0 says no more than any question finds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FILE = "levels.json"


@dataclass(frozen=True)
class Level:
    """What everyday questions score on their best passages.

    `candidate_score` is the mean score without tokens, `score` the mean score with all evidence
    (see `retrieval.ranking.scoring`).
    """

    candidate_score: float = 0.0
    score: float = 0.0


@dataclass(frozen=True)
class Levels:
    """A level for each pair of languages: a question's and a passage's."""

    known: Mapping[tuple[str, str], Level]

    @classmethod
    def highest(cls, several: Iterable[Levels]) -> Levels:
        """Return the level of indexes that are asked together: for each pair the highest.

        The best of several collections scores at least what the best of one does, for questions
        about nothing as well. With each one's own level, more of these would be answered.
        """
        found: dict[tuple[str, str], Level] = {}
        for levels in several:
            for pair, level in levels.known.items():
                before = found.get(pair, level)
                found[pair] = Level(
                    max(before.candidate_score, level.candidate_score),
                    max(before.score, level.score),
                )
        return cls(found)

    @classmethod
    def load(cls, folder: Path) -> Levels:
        """Open what `save` wrote under `folder`."""
        rows = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls({(question, passage): Level(*scores) for question, passage, *scores in rows})

    def save(self, folder: Path) -> None:
        """Write the levels under `folder`."""
        rows = [[*pair, level.candidate_score, level.score] for pair, level in self.known.items()]
        (folder / _FILE).write_text(json.dumps(rows, indent=1), encoding="utf-8")

    def of(self, question: str, passage: str) -> Level:
        """Return the level for a question and a passage in these languages.

        A question in a language without everyday questions gets the mean of the other levels for
        the passage's language, and `Level()` where there is none.
        """
        if (question, passage) in self.known:
            return self.known[question, passage]
        others = [level for (_, language), level in self.known.items() if language == passage]
        if not others:
            return Level()
        return Level(
            candidate_score=float(np.mean([level.candidate_score for level in others])),
            score=float(np.mean([level.score for level in others])),
        )

    def candidate_scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return the levels of candidate scores for passages in these languages, in their order."""
        levels = {passage: self.of(question, passage).candidate_score for passage in set(passages)}
        return np.array([levels[passage] for passage in passages], dtype=np.float32)
