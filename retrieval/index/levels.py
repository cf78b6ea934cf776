"""The levels of an index: what questions about nothing in particular score on it.

A question scores higher on any passage of its own language than on one of another language, higher
on any passage of a narrow collection than of a wide one, and higher with one encoder than with
another. Everyday questions show by how much. Once this level is subtracted, scores of different
languages can be compared, and a score of 0 says no more than any question finds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FILE, _BEST_FILE = "levels.json", "everyday.npz"

BEST = 5
"""How many passages of a language count for each everyday question."""

Scores = NDArray[np.floating[Any]]
"""Scores of everyday questions, shape (questions, `BEST`, 2): without tokens, with all evidence.

The best come first. NaN stands where there are not so many passages.
"""


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
    """A level for each pair of languages: a question's and a passage's.

    `best` holds what they are the means of: for each everyday question the scores of its best
    passages.
    """

    known: Mapping[tuple[str, str], Level]
    best: Mapping[tuple[str, str], Scores] = field(default_factory=dict, compare=False)

    @classmethod
    def measured(cls, best: Mapping[tuple[str, str], Scores]) -> Levels:
        """Return the levels that the best scores of everyday questions come to, by languages."""
        return cls({pair: _mean(scores) for pair, scores in best.items()}, best)

    @classmethod
    def together(cls, several: Sequence[Levels]) -> Levels:
        """Return the levels of indexes that are asked together, at least one.

        The best passages of several collections score higher than those of one, for questions about
        nothing as well. So of each everyday question the best ones of all indexes count.
        """
        if len(several) == 1:
            return several[0]
        pairs = dict.fromkeys(pair for levels in several for pair in levels.best)
        found = {pair: [one.best[pair] for one in several if pair in one.best] for pair in pairs}
        return cls.measured(
            {pair: _best_of(np.concatenate(each, 1)) for pair, each in found.items()}
        )

    @classmethod
    def load(cls, folder: Path) -> Levels:
        """Open what `save` wrote under `folder`."""
        rows = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        known = {(question, passage): Level(*scores) for question, passage, *scores in rows}
        with (folder / _BEST_FILE).open("rb") as file, np.load(file) as saved:
            return cls(known, {_pair(name): saved[name] for name in saved})

    def save(self, folder: Path) -> None:
        """Write the levels under `folder`."""
        rows = [[*pair, level.candidate_score, level.score] for pair, level in self.known.items()]
        (folder / _FILE).write_text(json.dumps(rows, indent=1), encoding="utf-8")
        best = {":".join(pair): np.float32(scores) for pair, scores in self.best.items()}
        np.savez(folder / _BEST_FILE, allow_pickle=False, **best)

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


def _pair(name: str) -> tuple[str, str]:
    question, passage = name.split(":")
    return question, passage


def _best_of(scores: Scores) -> Scores:
    """Return the best `BEST` of each question, for both kinds of scores on their own."""
    return -np.sort(-scores, axis=1)[:, :BEST]  # NaN comes last


def _mean(scores: Scores) -> Level:
    if np.isnan(scores).all():
        return Level()
    candidate_score, score = np.nanmean(np.float64(scores), axis=(0, 1))
    return Level(float(candidate_score), float(score))
