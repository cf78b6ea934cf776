"""What a score is made of, and from which score on a passage counts as an answer.

    score = .6 dense + .4 best sentence + .1 coverage²

*Dense* is the cosine of question and passage, *best sentence* the highest cosine of the question
and one of the passage's sentences, both with the language bias taken out; *coverage* is the share
of the question's words that the passage holds (see `lexical`). Squared, so that the few words
every passage shares with a question weigh next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_DENSE, _SENTENCE, _COVERAGE = 0.6, 0.4, 0.1
_HIGHLIGHT_COVERAGE = 0.1
_ANSWERS_FROM = 0.55

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Evidence:
    """What speaks for each of n passages (or sentences): three arrays of shape (n,)."""

    dense: Scores
    sentence: Scores
    coverage: Scores


def passage_scores(evidence: Evidence) -> Scores:
    """Return each passage's score, shape (n,); higher is better."""
    scores: Scores = (
        np.float32(_DENSE) * evidence.dense
        + np.float32(_SENTENCE) * evidence.sentence
        + np.float32(_COVERAGE) * evidence.coverage**2
    )
    return scores


def sentence_scores(cosine: Scores, coverage: Scores) -> Scores:
    """Return how well each sentence of a passage answers, shape (n,)."""
    return cosine + np.float32(_HIGHLIGHT_COVERAGE) * coverage


def answers(best_score: float) -> bool:
    """Decide whether a collection whose best passage scores `best_score` holds the answer."""
    return best_score >= _ANSWERS_FROM
