"""The language bias of a multilingual encoder, and how it is taken out.

Vectors of one language lie closer together than vectors of one meaning, so that in a collection
of two languages a question finds passages in its own language above the right one in the other.
Subtracting a language's mean vector before the cosine takes out what the mean carries of it (Yang
et al., "A Simple and Effective Method To Eliminate the Self Language Bias in Multilingual
Representations", EMNLP 2021, remove the language's components altogether).

Questions have means of their own, since an encoder sees them through another prompt and they are
worded otherwise. No collection holds questions, so their means are those of everyday ones.
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
_TEXTS, _TOKENS = 0.5, 1.0  # how much of the mean is taken out of a text's and a token's vector


class LanguageBias:
    """One mean vector for each language, of one kind of vectors."""

    def __init__(self, means: Mapping[str, Vectors]) -> None:
        """Store `means`: language code to a vector of shape (dimension,), at least one."""
        self.means = dict(means)
        self._any: Vectors = np.stack(list(self.means.values())).mean(axis=0)

    @property
    def dimension(self) -> int:
        """How long each vector is."""
        return len(self._any)

    def removed(self, vectors: Vectors, language: str, share: float) -> Vectors:
        """Return unit vectors, shape (n, dimension), less `share` of their language's mean.

        A language without a mean is given the average of those that have one.
        """
        return _unit(_unit(vectors) - np.float32(share) * self.means.get(language, self._any))


class LanguageSums:
    """The sums of vectors, language by language, as texts come by."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._sums: dict[str, Vectors] = {}
        self._counts: Counter[str] = Counter()

    def add(self, vectors: Vectors, language: str) -> None:
        """Add one vector, or one a row: each as long as any other.

        The length of a token's vector tells of the word alone.
        """
        rows = _unit(np.atleast_2d(vectors))
        known = self._sums.get(language, rows[:0])
        self._sums[language] = np.vstack([known, rows]).sum(axis=0)
        self._counts[language] += len(rows)

    def bias(self) -> LanguageBias:
        """Return the means of all that was added."""
        return LanguageBias(
            {name: self._sums[name] / np.float32(self._counts[name]) for name in sorted(self._sums)}
        )


@dataclass(frozen=True)
class Biases:
    """The biases of passages and questions, of whole texts and of tokens."""

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
        """Take the means of a collection's passages and of everyday questions, by language.

        Each text is looked at once, so that they need not all be in memory.
        """
        return cls(*_measured(passages, languages), *_measured(questions, asked_in))

    @classmethod
    def load(cls, folder: Path) -> Biases:
        """Open what `save` wrote under `folder`."""
        # Opened here: numpy leaves a damaged file open.
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
        """How long a text's vector is."""
        return self.passages.dimension

    def passage(self, vectors: Vectors, language: str) -> Vectors:
        """Return vectors of passages or sentences, shape (n, dimension), less their bias."""
        return self.passages.removed(vectors, language, _TEXTS)

    def passage_each(self, vectors: Vectors, languages: NDArray[np.str_]) -> Vectors:
        """Return vectors of passages or sentences in several languages, one each, less bias."""
        unbiased = np.empty_like(vectors)
        for language in np.unique(languages):
            own = languages == language
            unbiased[own] = self.passage(vectors[own], str(language))
        return unbiased

    def passage_token(self, vectors: Vectors, language: str) -> Vectors:
        """Return vectors of passages' tokens, shape (n, dimension), less their bias."""
        return self.passage_tokens.removed(vectors, language, _TOKENS)

    def question(self, encoded: Encoded, language: str) -> Encoded:
        """Return a question, its vector and its tokens less their bias."""
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
    """Return the vectors, one a row, at length 1; those of nothing stay nothing."""
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    unit: Vectors = vectors / lengths
    return unit


def _part(saved: Mapping[str, Vectors], name: str) -> LanguageBias:
    prefix = f"{name}:"
    return LanguageBias(
        {key.removeprefix(prefix): saved[key] for key in saved if key.startswith(prefix)}
    )
