"""The passages of an index, ranked for one question.

Candidates come from three searches: passage vectors, sentence vectors and words. Their union is
scored exactly; the best of them are then compared with the question token by token, and in each
the sentence that answers is found. Every score is taken relative to the level of its languages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.answers import Hit, Part
from retrieval.encoding.encoder import Encoded, Vectors
from retrieval.index.index import Index
from retrieval.index.lexical import share_of_words
from retrieval.index.maxsim import MaxSim
from retrieval.ranking.answer_type import AnswerType
from retrieval.ranking.scoring import (
    PASSAGE_WEIGHTS,
    Evidence,
    answers,
    passage_scores,
    sentence_scores,
)

_SEARCHED = 50  # neighbours asked for in each search
_COMPARED = 24  # candidates compared token by token: twice as many changed no first hit
_EVERY = 64  # of how many passages one is looked at before all are
_LEAST = np.finfo(np.float32).tiny  # coverage that is not 0
_SHOWN = 3  # hits that a reader sees at once

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Query:
    """A question as an index is asked it: encoded, its words, and every passage's coverage."""

    encoded: Encoded
    language: str
    weights: Mapping[str, float]
    coverage: NDArray[np.float32]
    sought: AnswerType

    @classmethod
    def of(cls, index: Index, text: str, encoded: Encoded, language: str) -> Query:
        """Take the language bias out of an encoded question and look its words up."""
        weights = index.lexical.weights(text)
        return cls(
            index.biases.question(encoded, language),
            language,
            weights,
            index.lexical.coverage(weights),
            AnswerType.by(text),
        )


@dataclass(frozen=True)
class SentenceCosines:
    """The cosines of a question and all sentences of some passages, one passage after the other.

    Those of the passage in place i are `cosines[first[i] : first[i + 1]]`; each has one at least.
    """

    cosines: Vectors
    first: Ids

    @classmethod
    def of(cls, index: Index, asked: Query, passages: Ids) -> SentenceCosines:
        """Compare the sentences of at least one passage."""
        starts, ends = index.first_sentence[passages], index.first_sentence[passages + 1]
        first = np.concatenate([[0], np.cumsum(ends - starts)])
        numbers = np.repeat(starts - first[:-1], np.diff(first)) + np.arange(first[-1])
        return cls(index.sentence_vectors.get(numbers) @ asked.encoded.vector, first)

    def best(self) -> Vectors:
        """Return each passage's highest cosine, shape (passages,)."""
        highest: Vectors = np.maximum.reduceat(self.cosines, self.first[:-1])
        return highest

    def at(self, place: int) -> Vectors:
        """Return the cosines of one passage's sentences."""
        return self.cosines[self.first[place] : self.first[place + 1]]


@dataclass(frozen=True)
class Scored:
    """A passage's number with all evidence, its score and its score at first, levels not off.

    `cosines` and `maxsim` tell of its sentences.
    """

    number: int
    evidence: Evidence
    first: float
    full: float
    cosines: Vectors
    maxsim: MaxSim


def rank(index: Index, asked: Query, limit: int) -> tuple[Hit, ...]:
    """Return at most `limit` hits, best first; their scores are those above the level.

    Where the first three are in one language, the third makes room for the best in another, if
    its score says that it answers: a reader of both languages misses nothing.
    """
    scored = score_best(index, asked, max(_COMPARED, limit))
    ranked = sorted(scored, key=lambda one: (-_above_level(index, asked, one), one.number))
    shown = _of_another_language(index, asked, ranked)[:limit]
    return tuple(_hit(index, asked, one) for one in shown)


def score_best(index: Index, asked: Query, limit: int, language: str | None = None) -> list[Scored]:
    """Score the `limit` best candidates with all evidence; only those in `language` if given."""
    candidates = _candidates(index, asked)
    if language is not None:
        candidates = candidates[[index.language_of(i) == language for i in candidates]]
    if not len(candidates):
        return []
    sentences = SentenceCosines.of(index, asked, candidates)
    evidence = _first_evidence(index, asked, candidates, sentences.best())
    first = passage_scores(evidence)
    levels = index.levels.first(asked.language, [index.language_of(i) for i in candidates])
    best = np.argsort(levels - first, kind="stable")[:limit]
    cosines = [sentences.at(place) for place in best]
    return _compared(index, asked, candidates[best], evidence[best], cosines)


def sentence_evidence(index: Index, asked: Query, scored: Scored) -> Evidence:
    """Return what speaks for each sentence of a passage, shape (sentences, 5)."""
    passage = index.passages[scored.number]
    texts = [span.of(passage.document.text) for span in passage.sentences]
    forth, back = np.full((2, len(texts)), -1, dtype=np.float32)  # the last may have no token
    forth[: len(scored.maxsim.sentences)] = scored.maxsim.sentences
    back[: len(scored.maxsim.back)] = scored.maxsim.back
    return np.stack(
        [
            scored.cosines,
            forth,
            back,
            share_of_words(asked.weights, texts),
            np.array([asked.sought.is_offered_in(text) for text in texts], np.float32),
        ],
        axis=1,
    )


def _candidates(index: Index, asked: Query) -> Ids:
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
    # What so many of some values reach, so many of all do: few are left to be put in order.
    places = np.flatnonzero(values >= (_last_of(values[::_EVERY], limit) or _LEAST))
    found = values[places]
    return places[found >= _last_of(found, limit)][: 2 * limit]


def _last_of(values: NDArray[np.float32], limit: int) -> float:
    """Return the last of the `limit` largest values, 0 if there are no more than so many."""
    return float(np.partition(values, -limit)[-limit]) if limit < len(values) else 0.0


def _first_evidence(index: Index, asked: Query, candidates: Ids, sentences: Vectors) -> Evidence:
    """Return the parts that are known of every candidate, shape (candidates, 3)."""
    dense = index.passage_vectors.get(candidates) @ asked.encoded.vector
    return np.stack([dense, sentences, asked.coverage[candidates] ** 2], axis=1)


def _compared(
    index: Index, asked: Query, numbers: Ids, first: Evidence, cosines: Sequence[Vectors]
) -> list[Scored]:
    maxsims = index.tokens.maxsim(asked.encoded.tokens, numbers)
    tokens = [(one.passage, (one.sentences + one.back).max(initial=-1)) for one in maxsims]
    evidence = np.hstack([first, np.array(tokens, np.float32).reshape(-1, 2)])
    scores = passage_scores(first).tolist(), passage_scores(evidence).tolist()
    rows = zip(numbers.tolist(), evidence, *scores, cosines, maxsims, strict=True)
    return [Scored(*row) for row in rows]


def _of_another_language(index: Index, asked: Query, ranked: list[Scored]) -> Sequence[Scored]:
    """Return `ranked` with the best of another language third, where there is reason to."""
    first = ranked[: _SHOWN - 1]
    spoken = {index.language_of(one.number) for one in ranked[:_SHOWN]}
    others = (one for one in ranked[_SHOWN:] if index.language_of(one.number) not in spoken)
    other = next(others, None)
    if len(spoken) > 1 or other is None or not _answers(index, asked, other):
        return ranked
    return [*first, other, *(one for one in ranked[_SHOWN - 1 :] if one is not other)]


def _answers(index: Index, asked: Query, scored: Scored) -> bool:
    same = index.language_of(scored.number) == asked.language
    return answers(_above_level(index, asked, scored), same)


def _level(index: Index, asked: Query, scored: Scored) -> float:
    return index.levels.of(asked.language, index.language_of(scored.number)).full


def _above_level(index: Index, asked: Query, scored: Scored) -> float:
    return scored.full - _level(index, asked, scored)


def _hit(index: Index, asked: Query, scored: Scored) -> Hit:
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
