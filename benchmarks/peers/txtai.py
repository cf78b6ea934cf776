"""txtai: `Embeddings` with `hybrid`, which adds BM25 by normalised scores, half and half.

It reads the prompts from the model's folder. https://neuml.github.io/txtai/embeddings/
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from txtai import Embeddings

from benchmarks.peers.peer import DEPTH, Search
from retrieval.documents import Document


class Txtai:
    """One model for all indexes."""

    def __init__(self, model: Path) -> None:
        """Store the folder; txtai loads a model once into the cache it is given."""
        self._path = str(model)
        self._models: dict[str, Any] = {}

    def searches(self, documents: Sequence[Document]) -> dict[str, Search]:
        """Embed and index once; with all weight on the vectors the search is dense."""
        embeddings = self.index(documents)
        return {
            "txtai, dense": _search(embeddings, weights=1.0),
            "txtai, hybrid": _search(embeddings, weights=0.5),
        }

    def index(self, documents: Sequence[Document]) -> Embeddings:
        """Embed and index documents by vector and by word."""
        embeddings = Embeddings(path=self._path, hybrid=True, models=self._models)
        embeddings.index((document.name, document.text) for document in documents)
        return embeddings


def _search(embeddings: Embeddings, weights: float) -> Search:
    return lambda question: [name for name, _ in embeddings.search(question, DEPTH, weights)]
