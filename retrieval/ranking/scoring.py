"""What a score is made of, from which score on a passage answers, and which sentence does.

Evidence is a set of named parts. Each part is a number for every passage, or every sentence, mostly
between 0 and 1, and has a weight; a score is the weighted sum of its parts.

The weights are round numbers near those that `python -m benchmarks.fit` fits on the `xquad-dev`
data set. The fitted ones do no better on questions held back. That of the reranker is not fitted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.answers import Part
from retrieval.index.arrays import Ids, Values
from retrieval.index.maxsim import MaxSim

_ANSWERS_FROM, _ANSWERS_ACROSS_FROM = 0.25, 0.15
_NEAR = 0.5  # of the score that answers: half as much says that the matter is the same


def _weighed(label: str, weight: float) -> dict[str, object]:
    """Return a part's metadata; the label is what users see of the part."""
    return {"label": label, "weight": weight}


@dataclass(frozen=True)
class Evidence:
    """Parts of n scores; every field is a part, with the weight that it is declared with."""

    @classmethod
    def weights(cls) -> dict[str, float]:
        """Return the weight of each part under its label."""
        return {one.metadata["label"]: one.metadata["weight"] for one in fields(cls)}

    def values(self) -> dict[str, Values]:
        """Return the values of each part under its label."""
        return {one.metadata["label"]: getattr(self, one.name) for one in fields(self)}

    def scores(self) -> Values:
        """Return the weighted sums of the parts, float32 of shape (n,)."""
        weights = np.array(list(self.weights().values()), dtype=np.float32)
        parts = np.stack(list(self.values().values()), axis=1)
        # einsum adds up each row alone: the last bit of a matrix product depends on other rows.
        sums: NDArray[Any] = np.einsum("np,p->n", parts, weights)
        return sums

    def at(self, places: Ids) -> Self:
        """Return the evidence for some of the n, in the order of `places`."""
        return type(self)(**{one.name: getattr(self, one.name)[places] for one in fields(self)})

    def rows(self) -> Iterator[tuple[Part, ...]]:
        """Yield the parts of each of the n scores."""
        weights, columns = self.weights(), self.values()
        for row in zip(*(column.tolist() for column in columns.values()), strict=True):
            yield tuple(
                Part(label, value, weights[label])
                for label, value in zip(columns, row, strict=True)
            )


@dataclass(frozen=True)
class CandidateEvidence(Evidence):
    """What is known of every candidate, before any tokens are compared.

    `dense` is the cosine of question and passage, `best_sentence` the highest cosine of the
    question and one of the passage's sentences, both with the language bias removed.
    `coverage_squared` is the square of the coverage, which goes from 0 to about 2 (see
    `retrieval.index.lexical`): squared, the few words that every passage shares with a question
    count for next to nothing. `reference` is 0 for a question that names no article, clause or
    point of a paper, else from -1 to 1: how many of them the passage is or names.
    """

    dense: Values = field(metadata=_weighed("dense", 0.3))
    best_sentence: Values = field(metadata=_weighed("best sentence", 0.6))
    coverage_squared: Values = field(metadata=_weighed("coverage²", 0.3))
    reference: Values = field(metadata=_weighed("reference", 0.5))


@dataclass(frozen=True)
class PassageEvidence(CandidateEvidence):
    """All evidence for a passage.

    `maxsim` compares question and passage token by token (see `retrieval.index.maxsim`).
    `maxsim_sentence` compares the question with the passage's sentences in both directions, and
    is the highest sum of the two.
    """

    maxsim: Values = field(metadata=_weighed("MaxSim", 1.0))
    maxsim_sentence: Values = field(metadata=_weighed("MaxSim, best sentence", 0.5))

    @classmethod
    def of(cls, candidates: CandidateEvidence, maxsims: Sequence[MaxSim]) -> PassageEvidence:
        """Add to the evidence for some candidates how near their tokens are to the question's."""
        sentences = [(one.sentences + one.back).max(initial=-1) for one in maxsims]
        return cls(
            dense=candidates.dense,
            best_sentence=candidates.best_sentence,
            coverage_squared=candidates.coverage_squared,
            reference=candidates.reference,
            maxsim=np.array([one.passage for one in maxsims], dtype=np.float32),
            maxsim_sentence=np.array(sentences, dtype=np.float32),
        )


@dataclass(frozen=True)
class RerankedEvidence(PassageEvidence):
    """All evidence for a passage that a reranker has read with the question.

    `reranker` is its score, from 0 to 1.
    """

    # A passage that it is sure of rises by a little more than what answers by itself. The weight is
    # untuned: every reranker would need one of its own.
    reranker: Values = field(metadata=_weighed("reranker", 0.3))

    @classmethod
    def read(cls, passages: PassageEvidence, scores: Values) -> Self:
        """Add a reranker's scores to the evidence for some passages."""
        known = {one.name: getattr(passages, one.name) for one in fields(passages)}
        return cls(**known, reranker=scores)


@dataclass(frozen=True)
class SentenceEvidence(Evidence):
    """What speaks for each sentence of a passage as the one that answers.

    `cosine` is the sentence's cosine with the question. `maxsim` and `maxsim_back` compare the
    tokens of the two in both directions. `coverage` is the share of the question's words in the
    sentence, and `answer_type` is 1 where it offers the kind of thing that is asked for (see
    `retrieval.ranking.answer_type`). `reference` is 0 or from -1 to 1: how many of the articles,
    clauses and points in the question the sentence belongs to.
    """

    cosine: Values = field(metadata=_weighed("cosine", 0.5))
    maxsim: Values = field(metadata=_weighed("MaxSim", 1.0))
    maxsim_back: Values = field(metadata=_weighed("MaxSim back", 1.0))
    coverage: Values = field(metadata=_weighed("coverage", 0.15))
    answer_type: Values = field(metadata=_weighed("answer type", 0.1))
    reference: Values = field(metadata=_weighed("reference", 0.5))


def met(references: Collection[str], words: Iterable[Collection[str]]) -> Values:
    """Return how many of a question's references each text meets: 1 for all, -1 for none.

    >>> met({"article 3", "clause 1"}, [["article 3", "clause 1"], ["article 3"], []]).tolist()
    [1.0, 0.0, -1.0]
    """
    if not references:
        return np.array([0.0 for _ in words], dtype=np.float32)
    counts = [len(set(references).intersection(each)) for each in words]
    return 2 * np.array(counts, dtype=np.float32) / np.float32(len(references)) - 1


def is_answer(score: float, question_language: str, passage_language: str) -> bool:
    """Decide whether a passage answers the question, where no other is better.

    Across languages no word is shared and tokens are less near, so a lower score is enough.

    Args:
        score: The passage's score above the level of its languages (see
            `retrieval.index.levels`).
        question_language: The question's ISO 639-1 code, empty where it is unknown.
        passage_language: The passage's.
    """
    return score >= _least(question_language, passage_language)


def is_near(similarity: float, question_language: str, passage_language: str) -> bool:
    """Decide whether a passage tells of the question's matter, though it may not answer.

    Args:
        similarity: The passage's score above the level, whatever it lacks.
        question_language: As `is_answer` takes it.
        passage_language: As `is_answer` takes it.
    """
    return similarity >= _NEAR * _least(question_language, passage_language)


def _least(question_language: str, passage_language: str) -> float:
    same = question_language == passage_language
    return _ANSWERS_FROM if same else _ANSWERS_ACROSS_FROM
