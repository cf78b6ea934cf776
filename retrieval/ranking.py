"""The passages of an index, ranked for one question.

Candidates come from three searches: passage vectors, sentence vectors and words. Their union is
scored exactly; the best of them are then compared with the question token by token, and in each
the sentence that answers is found. Every score is taken relative to the level of its languages.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import Hit
from retrieval.embedder import Encoded, Vectors
from retrieval.index import Index
from retrieval.scoring import (
    Evidence,
    TokenEvidence,
    first_scores,
    sentence_scores,
    token_scores,
)
from retrieval.token_vectors import MaxSim

_SEARCHED = 100  # neighbours asked for in each search
_COMPARED = 50  # candidates compared token by token

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Asked:
    """A question as an index is asked it: encoded, and its coverage by every passage."""

    text: str
    encoded: Encoded
    language: str
    coverage: NDArray[np.float32]

    @classmethod
    def of(cls, index: Index, text: str, encoded: Encoded, language: str) -> Asked:
        """Take the language bias out of an encoded question and look its words up."""
        unbiased = index.biases.question(encoded, language)
        return cls(text, unbiased, language, index.lexical.coverage(text))


@dataclass(frozen=True)
class Scored:
    """A passage's number with its score at first sight and with all evidence, levels not off."""

    number: int
    first: float
    full: float
    maxsim: MaxSim


def rank(index: Index, asked: Asked, limit: int) -> tuple[Hit, ...]:
    """Return at most `limit` hits, best first; their scores are those above the level."""
    scored = score_best(index, asked, max(_COMPARED, limit))
    ranked = sorted(scored, key=lambda one: (-_above_level(index, asked, one), one.number))
    return tuple(_hit(index, asked, one) for one in ranked[:limit])


def score_best(index: Index, asked: Asked, limit: int, language: str | None = None) -> list[Scored]:
    """Score the `limit` best candidates with all evidence; only those in `language` if given."""
    candidates = _candidates(index, asked)
    if language is not None:
        candidates = candidates[[index.language_of(i) == language for i in candidates]]
    first = first_scores(_evidence(index, asked, candidates))
    levels = index.levels.first(asked.language, [index.language_of(i) for i in candidates])
    best = np.argsort(levels - first, kind="stable")[:limit]
    return _compared(index, asked, candidates[best], first[best])


def _candidates(index: Index, asked: Asked) -> Ids:
    """Return the numbers of the passages worth scoring, ascending."""
    vector = asked.encoded.vector
    passages = index.passage_vectors.search(vector, _SEARCHED).ids
    sentences = index.sentence_vectors.search(vector, _SEARCHED).ids
    lexical = np.argsort(-asked.coverage, kind="stable")[:_SEARCHED]
    return np.unique(np.concatenate([passages, index.passage_of_sentence[sentences], lexical]))


def _evidence(index: Index, asked: Asked, candidates: Ids) -> Evidence:
    best = [_sentence_cosines(index, asked, number).max() for number in candidates]
    return Evidence(
        dense=index.passage_vectors.get(candidates) @ asked.encoded.vector,
        sentence=np.array(best, dtype=np.float32),
        coverage=asked.coverage[candidates],
    )


def _compared(index: Index, asked: Asked, numbers: Ids, first: Vectors) -> list[Scored]:
    maxsims = index.tokens.maxsim(asked.encoded.tokens, numbers)
    added = token_scores(
        TokenEvidence(
            np.array([maxsim.passage for maxsim in maxsims], dtype=np.float32),
            np.array([maxsim.sentences.max(initial=-1) for maxsim in maxsims], dtype=np.float32),
        )
    )
    return [
        Scored(int(number), float(one), float(one + more), maxsim)
        for number, one, more, maxsim in zip(numbers, first, added, maxsims, strict=True)
    ]


def _sentence_cosines(index: Index, asked: Asked, number: int) -> Vectors:
    first, end = index.first_sentence[number : number + 2]
    cosines: Vectors = index.sentence_vectors.get(np.arange(first, end)) @ asked.encoded.vector
    return cosines


def _above_level(index: Index, asked: Asked, scored: Scored) -> float:
    return scored.full - index.levels.of(asked.language, index.language_of(scored.number)).full


def _hit(index: Index, asked: Asked, scored: Scored) -> Hit:
    passage = index.passages[scored.number]
    texts = [span.of(passage.document.text) for span in passage.sentences]
    maxsim = np.full(len(texts), -1, dtype=np.float32)  # the last sentences may have no token
    maxsim[: len(scored.maxsim.sentences)] = scored.maxsim.sentences
    scores = sentence_scores(
        maxsim,
        _sentence_cosines(index, asked, scored.number),
        index.lexical.share_of_words(asked.text, texts),
    )
    return Hit(passage, passage.sentences[int(scores.argmax())], _above_level(index, asked, scored))
