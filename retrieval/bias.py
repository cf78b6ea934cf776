"""The language bias of a multilingual encoder, and how it is taken out.

Vectors of one language lie closer together than vectors of one meaning, so that in a collection
of two languages a question finds passages in its own language above the right one in the other.
Subtracting part of each language's mean vector before the cosine takes that out, as far as the
mean carries it (Yang et al., "A Simple and Effective Method to Eliminate the Self Language Bias
in Multilingual Representations", EMNLP 2021, remove the language's components altogether).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from retrieval.embedder import Vectors

_SHARE = 0.5
_FILE = "means.npz"


class LanguageBias:
    """One mean vector for each language of a collection."""

    def __init__(self, means: Mapping[str, Vectors]) -> None:
        """Store `means`: language code to a vector of shape (dimension,)."""
        self._means = dict(means)

    @classmethod
    def measure(cls, vectors: Vectors, languages: Sequence[str]) -> LanguageBias:
        """Take the means of `vectors`, shape (n, dimension), by the n `languages`."""
        labels = np.array(languages)
        return cls({name: vectors[labels == name].mean(axis=0) for name in sorted(set(languages))})

    @classmethod
    def load(cls, folder: Path) -> LanguageBias:
        """Open what `save` wrote under `folder`."""
        # Opened here: numpy leaves a damaged file open.
        with (folder / _FILE).open("rb") as file, np.load(file) as means:
            return cls({name.removeprefix("mean-"): means[name] for name in means.files})

    def save(self, folder: Path) -> None:
        """Write the means under `folder`."""
        means = {f"mean-{name}": mean for name, mean in self._means.items()}
        np.savez(folder / _FILE, allow_pickle=False, **means)

    def removed(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (n, dimension), less the bias of their n `languages`.

        A language that the collection does not have has no mean, and nothing is taken out.
        """
        nothing = np.zeros(vectors.shape[1], dtype=np.float32)
        means = np.stack([self._means.get(name, nothing) for name in languages])
        moved = vectors - np.float32(_SHARE) * means
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        unit: Vectors = np.divide(moved, lengths, out=np.zeros_like(moved), where=lengths > 0)
        return unit
