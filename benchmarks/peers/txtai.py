"""txtai: `Embeddings` with `hybrid`, which averages the vector score and the normalised BM25 score.

txtai reads the prompts from the model's folder. See https://neuml.github.io/txtai/embeddings/.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from txtai import Embeddings

from benchmarks.peers.peer import DEPTH, Search
from retrieval.documents import Document


class Txtai:
    """txtai with one embedding model for all indexes."""

    def __init__(self, model: Path) -> None:
        """Store the folder, and a cache in which txtai keeps the loaded model."""
        self._path = str(model)
        self._models: dict[str, Any] = {}

    def searches(self, documents: Sequence[Document]) -> dict[str, Search]:
        """Embed and index the documents once; the dense search puts all weight on the vectors."""
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
