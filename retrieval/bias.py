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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from retrieval.embedder import Encoded, Vectors

_FILE = "means.npz"
_TEXTS, _TOKENS = 0.5, 1.0  # how much of the mean is taken out of a text's and a token's vector


class LanguageBias:
    """One mean vector for each language, of one kind of vectors."""

    def __init__(self, means: Mapping[str, Vectors]) -> None:
        """Store `means`: language code to a vector of shape (dimension,), at least one."""
        self.means = dict(means)
        self._any: Vectors = np.stack(list(self.means.values())).mean(axis=0)

    @classmethod
    def measure(cls, vectors: Iterable[Vectors], languages: Iterable[str]) -> LanguageBias:
        """Take the means of one or more vectors a text, shape (n, dimension), by language.

        Each counts as long as any other: the length of a token's vector tells of the word alone.
        """
        grouped: dict[str, list[Vectors]] = {}
        for rows, language in zip(vectors, languages, strict=True):
            grouped.setdefault(language, []).append(_unit(np.atleast_2d(rows)))
        return cls({name: np.vstack(grouped[name]).mean(axis=0) for name in sorted(grouped)})

    def removed(self, vectors: Vectors, language: str, share: float) -> Vectors:
        """Return unit vectors, shape (n, dimension), less `share` of their language's mean.

        A language without a mean is given the average of those that have one.
        """
        return _unit(_unit(vectors) - np.float32(share) * self.means.get(language, self._any))


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
        passages: Sequence[Encoded],
        languages: Sequence[str],
        questions: Sequence[Encoded],
        asked_in: Sequence[str],
    ) -> Biases:
        """Take the means of a collection's passages and of everyday questions, by language."""
        return cls(
            LanguageBias.measure((text.vector for text in passages), languages),
            LanguageBias.measure((text.tokens for text in passages), languages),
            LanguageBias.measure((text.vector for text in questions), asked_in),
            LanguageBias.measure((text.tokens for text in questions), asked_in),
        )

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

    def passage(self, vectors: Vectors, language: str) -> Vectors:
        """Return vectors of passages or sentences, shape (n, dimension), less their bias."""
        return self.passages.removed(vectors, language, _TEXTS)

    def passage_token(self, vectors: Vectors, language: str) -> Vectors:
        """Return vectors of passages' tokens, shape (n, dimension), less their bias."""
        return self.passage_tokens.removed(vectors, language, _TOKENS)

    def question(self, encoded: Encoded, language: str) -> Encoded:
        """Return a question, its vector and its tokens less their bias."""
        vector = self.questions.removed(encoded.vector[np.newaxis], language, _TEXTS)[0]
        tokens = self.question_tokens.removed(encoded.tokens, language, _TOKENS)
        return Encoded(vector, tokens, encoded.ends)


def _unit(vectors: Vectors) -> Vectors:
    """Return the vectors, one a row, at length 1; those of nothing stay nothing."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


def _part(saved: Mapping[str, Vectors], name: str) -> LanguageBias:
    prefix = f"{name}:"
    return LanguageBias(
        {key.removeprefix(prefix): saved[key] for key in saved if key.startswith(prefix)}
    )
