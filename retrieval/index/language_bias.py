"""The language bias of a multilingual encoder, and how it is removed.

Vectors of texts in one language lie closer together than vectors of texts with one meaning. So in
a collection of two languages a question finds passages in its own language before the right one
in the other language. Much of this bias lies in the mean vector of a language, which is subtracted
before a cosine is taken. (Yang et al., "A Simple and Effective Method To Eliminate the Self
Language Bias in Multilingual Representations", EMNLP 2021, remove all of a language's components.)

Questions have means of their own, since they are worded differently and encoded with another
prompt. A collection holds no questions, so these means are those of everyday questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Encoded, Vectors

_FILE = "means.npz"
_TEXTS, _TOKENS = 0.5, 1.0  # the share of the mean subtracted from texts and from tokens


class LanguageBias:
    """The mean vector of each language, for one kind of vectors."""

    def __init__(self, means: Mapping[str, Vectors]) -> None:
        """Store a mean, shape (dimension,), for each of at least one language code."""
        self.means = dict(means)
        self._any: Vectors = np.stack(list(self.means.values())).mean(axis=0)

    @property
    def dimension(self) -> int:
        """The length of each vector."""
        return len(self._any)

    def removed(self, vectors: Vectors, language: str, share: float) -> Vectors:
        """Subtract `share` of the language's mean from vectors and return them at length 1.

        Both are of shape (n, dimension). For a language without a mean, the average of all means
        is subtracted.
        """
        return _unit(_unit(vectors) - np.float32(share) * self.means.get(language, self._any))


class LanguageSums:
    """Sums of vectors by language, from which the means are computed."""

    def __init__(self) -> None:
        """Start without any vector."""
        self._sums: dict[str, Vectors] = {}
        self._counts: Counter[str] = Counter()

    def add(self, vectors: Vectors, language: str) -> None:
        """Add a vector of shape (dimension,), or n vectors of shape (n, dimension).

        Each counts as a unit vector: the length of a token's vector depends on the word, not on
        the language.
        """
        rows = _unit(np.atleast_2d(vectors))
        known = self._sums.get(language, rows[:0])
        self._sums[language] = np.vstack([known, rows]).sum(axis=0)
        self._counts[language] += len(rows)

    def bias(self) -> LanguageBias:
        """Return the means of all vectors that were added."""
        return LanguageBias(
            {name: self._sums[name] / np.float32(self._counts[name]) for name in sorted(self._sums)}
        )


@dataclass(frozen=True)
class Biases:
    """The biases of passages and of questions, each of whole texts and of tokens."""

    passages: LanguageBias
    passage_tokens: LanguageBias
    questions: LanguageBias
    question_tokens: LanguageBias

    @classmethod
    def measure(
        cls,
        passages: Iterable[Encoded],
        languages: Iterable[str],
        questions: Iterable[Encoded],
        asked_in: Iterable[str],
    ) -> Biases:
        """Compute the means of a collection's passages and of everyday questions.

        Each iterable is read once, so that not all texts need be in memory.

        Args:
            passages: What an encoder makes of the passages.
            languages: The language of each passage.
            questions: What an encoder makes of the questions.
            asked_in: The language of each question.
        """
        return cls(*_measured(passages, languages), *_measured(questions, asked_in))

    @classmethod
    def load(cls, folder: Path) -> Biases:
        """Open what `save` wrote under `folder`."""
        # numpy does not close a damaged file that it has opened itself.
        with (folder / _FILE).open("rb") as file, np.load(file) as saved:
            parts = {field.name: _part(saved, field.name) for field in fields(cls)}
        return cls(**parts)

    def save(self, folder: Path) -> None:
        """Write the means under `folder`."""
        means = {
            f"{field.name}:{language}": mean
            for field in fields(self)
            for language, mean in getattr(self, field.name).means.items()
        }
        np.savez(folder / _FILE, allow_pickle=False, **means)

    @property
    def dimension(self) -> int:
        """The length of a text's vector."""
        return self.passages.dimension

    def passage(self, vectors: Vectors, language: str) -> Vectors:
        """Return vectors of passages or sentences, shape (n, dimension), without their bias."""
        return self.passages.removed(vectors, language, _TEXTS)

    def passage_each(self, vectors: Vectors, languages: NDArray[np.str_]) -> Vectors:
        """Return vectors of passages or sentences without their bias.

        `languages`, shape (n,), holds the language of each row of `vectors`.
        """
        unbiased = np.empty_like(vectors)
        for language in np.unique(languages):
            own = languages == language
            unbiased[own] = self.passage(vectors[own], str(language))
        return unbiased

    def passage_token(self, vectors: Vectors, language: str) -> Vectors:
        """Return vectors of passages' tokens, shape (n, dimension), without their bias."""
        return self.passage_tokens.removed(vectors, language, _TOKENS)

    def question(self, encoded: Encoded, language: str) -> Encoded:
        """Return a question whose vector and tokens are without their bias."""
        vector = self.questions.removed(encoded.vector[np.newaxis], language, _TEXTS)[0]
        tokens = self.question_tokens.removed(encoded.tokens, language, _TOKENS)
        return Encoded(vector, tokens, encoded.ends)


def _measured(
    texts: Iterable[Encoded], languages: Iterable[str]
) -> tuple[LanguageBias, LanguageBias]:
    """Return the biases of whole texts and of their tokens."""
    whole, tokens = LanguageSums(), LanguageSums()
    for text, language in zip(texts, languages, strict=True):
        whole.add(text.vector, language)
        tokens.add(text.tokens, language)
    return whole.bias(), tokens.bias()


def _unit(vectors: Vectors) -> Vectors:
    """Return vectors, shape (n, dimension), at length 1; a vector of zeros stays as it is."""
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    unit: Vectors = vectors / lengths
    return unit


def _part(saved: Mapping[str, Vectors], name: str) -> LanguageBias:
    prefix = f"{name}:"
    return LanguageBias(
        {key.removeprefix(prefix): saved[key] for key in saved if key.startswith(prefix)}
    )
