"""What a score is made of, from which score on a passage answers, and which sentence does.

    score = .3 dense + .3 best sentence + .2 coverage² + 1 MaxSim + .5 best sentence's MaxSim

*Dense* is the cosine of question and passage, *best sentence* the highest cosine of the question
and one of the passage's sentences, both with the language bias taken out; *coverage* is the share
of the question's words that the passage holds (see `lexical`), squared, so that the few words
every passage shares with a question weigh next to nothing; *MaxSim* compares token by token (see
`token_vectors`). The first three choose the candidates that are compared token by token.

Whether the best passage answers is decided by its score above the level of its languages (see
`levels`). Across languages no word is shared and tokens are less near, so that less is enough.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_DENSE, _SENTENCE, _COVERAGE = 0.3, 0.3, 0.2
_MAXSIM, _SENTENCE_MAXSIM = 1.0, 0.5
_BOLD_COSINE, _BOLD_COVERAGE = 0.5, 0.15
_ANSWERS_FROM, _ANSWERS_ACROSS_FROM = 0.20, 0.08

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Evidence:
    """What speaks for each of n passages at first sight: three arrays of shape (n,)."""

    dense: Scores
    sentence: Scores
    coverage: Scores


@dataclass(frozen=True)
class TokenEvidence:
    """What speaks for each of n passages token by token: two arrays of shape (n,)."""

    passage: Scores
    sentence: Scores


def first_scores(evidence: Evidence) -> Scores:
    """Return each passage's score before its tokens are looked at, shape (n,)."""
    scores: Scores = (
        np.float32(_DENSE) * evidence.dense
        + np.float32(_SENTENCE) * evidence.sentence
        + np.float32(_COVERAGE) * evidence.coverage**2
    )
    return scores


def token_scores(evidence: TokenEvidence) -> Scores:
    """Return what the tokens add to each passage's score, shape (n,)."""
    scores: Scores = (
        np.float32(_MAXSIM) * evidence.passage + np.float32(_SENTENCE_MAXSIM) * evidence.sentence
    )
    return scores


def sentence_scores(maxsim: Scores, cosine: Scores, coverage: Scores) -> Scores:
    """Return how well each sentence of a passage answers, shape (sentences,)."""
    scores: Scores = (
        maxsim + np.float32(_BOLD_COSINE) * cosine + np.float32(_BOLD_COVERAGE) * coverage
    )
    return scores


def answers(best_score: float, same_language: bool) -> bool:
    """Decide whether the best passage, with this score above its level, answers the question."""
    return best_score >= (_ANSWERS_FROM if same_language else _ANSWERS_ACROSS_FROM)
