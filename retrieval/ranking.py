"""The passages of an index, ranked for one question.

Candidates come from three searches: passage vectors, sentence vectors and words. Their union is
scored exactly; the best of them are then compared with the question token by token, and in each
the sentence that answers is found. Every score is taken relative to the level of its languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.cues import offers_what_is_asked
from retrieval.documents import Hit, Part
from retrieval.embedder import Encoded, Vectors
from retrieval.index import Index
from retrieval.scoring import (
    PASSAGE_WEIGHTS,
    Evidence,
    answers,
    passage_scores,
    sentence_scores,
)
from retrieval.token_vectors import MaxSim

_SEARCHED = 50  # neighbours asked for in each search
_COMPARED = 24  # candidates compared token by token: twice as many changed no first hit
_SHOWN = 3  # hits that a reader sees at once

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
    """A passage's number with all evidence, its score and its score at first, levels not off."""

    number: int
    evidence: Evidence
    first: float
    full: float
    maxsim: MaxSim


def rank(index: Index, asked: Asked, limit: int) -> tuple[Hit, ...]:
    """Return at most `limit` hits, best first; their scores are those above the level.

    Where the first three are in one language, the third makes room for the best in another, if
    its score says that it answers: a reader of both languages misses nothing.
    """
    scored = score_best(index, asked, max(_COMPARED, limit))
    ranked = sorted(scored, key=lambda one: (-_above_level(index, asked, one), one.number))
    shown = _of_another_language(index, asked, ranked)[:limit]
    return tuple(_hit(index, asked, one) for one in shown)


def score_best(index: Index, asked: Asked, limit: int, language: str | None = None) -> list[Scored]:
    """Score the `limit` best candidates with all evidence; only those in `language` if given."""
    candidates = _candidates(index, asked)
    if language is not None:
        candidates = candidates[[index.language_of(i) == language for i in candidates]]
    evidence = _first_evidence(index, asked, candidates)
    first = passage_scores(evidence)
    levels = index.levels.first(asked.language, [index.language_of(i) for i in candidates])
    best = np.argsort(levels - first, kind="stable")[:limit]
    return _compared(index, asked, candidates[best], evidence[best])


def sentence_evidence(index: Index, asked: Asked, scored: Scored) -> Evidence:
    """Return what speaks for each sentence of a passage, shape (sentences, 5)."""
    passage = index.passages[scored.number]
    texts = [span.of(passage.document.text) for span in passage.sentences]
    forth, back = np.full((2, len(texts)), -1, dtype=np.float32)  # the last may have no token
    forth[: len(scored.maxsim.sentences)] = scored.maxsim.sentences
    back[: len(scored.maxsim.back)] = scored.maxsim.back
    return np.stack(
        [
            _sentence_cosines(index, asked, np.array([scored.number])),
            forth,
            back,
            index.lexical.share_of_words(asked.text, texts),
            np.array([offers_what_is_asked(text, asked.text) for text in texts], np.float32),
        ],
        axis=1,
    )


def _candidates(index: Index, asked: Asked) -> Ids:
    """Return the numbers of the passages worth scoring, ascending."""
    vector = asked.encoded.vector
    passages = index.passage_vectors.search(vector, _SEARCHED).ids
    sentences = index.sentence_vectors.search(vector, _SEARCHED).ids
    lexical = _largest(asked.coverage, _SEARCHED)
    return np.unique(np.concatenate([passages, index.passage_of_sentence[sentences], lexical]))


def _largest(values: NDArray[np.float32], limit: int) -> Ids:
    """Return the places of the `limit` largest values, and of all that equal the last of them.

    So the order of passages does not decide who is a candidate; who shares no word is none.
    """
    if not limit < len(values):
        return np.flatnonzero(values)
    least = np.partition(values, -limit)[-limit]
    return np.flatnonzero((values >= least) & (values > 0))[: 2 * limit]


def _first_evidence(index: Index, asked: Asked, candidates: Ids) -> Evidence:
    """Return the parts that are known of every candidate, shape (candidates, 3)."""
    if not len(candidates):
        return np.zeros((0, 3), dtype=np.float32)
    dense = index.passage_vectors.get(candidates) @ asked.encoded.vector
    counts = index.first_sentence[candidates + 1] - index.first_sentence[candidates]
    starts = np.cumsum(counts) - counts
    best = np.maximum.reduceat(_sentence_cosines(index, asked, candidates), starts)
    return np.stack([dense, best, asked.coverage[candidates] ** 2], axis=1)


def _compared(index: Index, asked: Asked, numbers: Ids, first: Evidence) -> list[Scored]:
    maxsims = index.tokens.maxsim(asked.encoded.tokens, numbers)
    tokens = [(one.passage, (one.sentences + one.back).max(initial=-1)) for one in maxsims]
    evidence = np.hstack([first, np.array(tokens, np.float32).reshape(-1, 2)])
    rows = zip(
        numbers, evidence, passage_scores(first), passage_scores(evidence), maxsims, strict=True
    )
    return [Scored(int(i), row, float(one), float(all_), sim) for i, row, one, all_, sim in rows]


def _sentence_cosines(index: Index, asked: Asked, numbers: Ids) -> Vectors:
    """Return the cosines of the question and each sentence of these passages, in their order."""
    sentences = [np.arange(*index.first_sentence[i : i + 2]) for i in numbers]
    vectors = index.sentence_vectors.get(np.concatenate(sentences))
    cosines: Vectors = vectors @ asked.encoded.vector
    return cosines


def _of_another_language(index: Index, asked: Asked, ranked: list[Scored]) -> Sequence[Scored]:
    """Return `ranked` with the best of another language third, where there is reason to."""
    first = ranked[: _SHOWN - 1]
    spoken = {index.language_of(one.number) for one in ranked[:_SHOWN]}
    others = (one for one in ranked[_SHOWN:] if index.language_of(one.number) not in spoken)
    other = next(others, None)
    if len(spoken) > 1 or other is None or not _answers(index, asked, other):
        return ranked
    return [*first, other, *(one for one in ranked[_SHOWN - 1 :] if one is not other)]


def _answers(index: Index, asked: Asked, scored: Scored) -> bool:
    same = index.language_of(scored.number) == asked.language
    return answers(_above_level(index, asked, scored), same)


def _level(index: Index, asked: Asked, scored: Scored) -> float:
    return index.levels.of(asked.language, index.language_of(scored.number)).full


def _above_level(index: Index, asked: Asked, scored: Scored) -> float:
    return scored.full - _level(index, asked, scored)


def _hit(index: Index, asked: Asked, scored: Scored) -> Hit:
    passage = index.passages[scored.number]
    best = int(sentence_scores(sentence_evidence(index, asked, scored)).argmax())
    weighed = zip(PASSAGE_WEIGHTS.items(), scored.evidence.tolist(), strict=True)
    return Hit(
        passage,
        passage.sentences[best],
        _above_level(index, asked, scored),
        (
            *(Part(name, value, weight) for (name, weight), value in weighed),
            Part("level", _level(index, asked, scored), -1.0),
        ),
    )
