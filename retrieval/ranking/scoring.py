"""What a score is made of, from which score on a passage answers, and which sentence does.

Every part of a score is a number of about 0 to 1 with a weight; the score is their weighted sum.

Of a passage: *dense* is the cosine of question and passage, *best sentence* the highest cosine of
the question and one of the passage's sentences, both with the language bias taken out;
*coverage²* is the share of the question's words that the passage holds (see `lexical`), squared,
so that the few words every passage shares with a question weigh next to nothing; *MaxSim*
compares token by token (see `token_vectors`), with the whole passage, and both ways with the
sentence where that gives most. The first three choose the candidates compared token by token.

Of a sentence: its cosine, its tokens compared both ways, the share of the question's words in it,
and whether it offers the kind of thing that is asked for (see `cues`).

Whether the best passage answers is decided by its score above the level of its languages (see
`levels`). Across languages no word is shared and tokens are less near, so that less is enough.

The weights are round numbers near those that `python -m benchmarks.fit` fits on the `xquad-dev`
data set; the fitted ones do no better on questions held back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

PASSAGE_WEIGHTS: Mapping[str, float] = {
    "dense": 0.3,
    "best sentence": 0.6,
    "coverage²": 0.3,
    "MaxSim": 1.0,
    "MaxSim, best sentence": 0.5,
}
SENTENCE_WEIGHTS: Mapping[str, float] = {
    "cosine": 0.5,
    "MaxSim": 1.0,
    "MaxSim back": 1.0,
    "coverage": 0.15,
    "asked for": 0.1,
}
ANSWERS_FROM, ANSWERS_ACROSS_FROM = 0.28, 0.10

Evidence = NDArray[np.float32]
"""The parts of n scores, shape (n, parts), in the order of the weights; the last may be missing."""


def passage_scores(evidence: Evidence) -> NDArray[np.float32]:
    """Return each passage's score, shape (n,), from all five parts or from the first three."""
    return _sums(evidence, PASSAGE_WEIGHTS)


def sentence_scores(evidence: Evidence) -> NDArray[np.float32]:
    """Return how well each sentence of a passage answers, shape (n,)."""
    return _sums(evidence, SENTENCE_WEIGHTS)


def answers(best_score: float, same_language: bool) -> bool:
    """Decide whether the best passage, with this score above its level, answers the question."""
    return best_score >= (ANSWERS_FROM if same_language else ANSWERS_ACROSS_FROM)


def _sums(evidence: Evidence, weights: Mapping[str, float]) -> NDArray[np.float32]:
    # einsum adds up each row for itself: a matrix product's last bit depends on its neighbours.
    row = np.array(list(weights.values()), dtype=np.float32)[: evidence.shape[1]]
    sums: NDArray[Any] = np.einsum("np,p->n", evidence, row)
    return sums
