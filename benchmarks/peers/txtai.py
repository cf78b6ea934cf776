"""txtai: `Embeddings`, dense alone and with `hybrid`, which adds BM25 by normalised scores.

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
    """One model, shared by a dense and a hybrid index."""

    def __init__(self, model: Path) -> None:
        """Store the folder; txtai loads a model once into the cache it is given."""
        self._path = str(model)
        self._models: dict[str, Any] = {}

    def searches(self, documents: Sequence[Document]) -> dict[str, Search]:
        """Index twice, as each way has an index of its own."""
        return {
            "txtai, dense": self._search(documents, hybrid=False),
            "txtai, hybrid": self._search(documents, hybrid=True),
        }

    def _search(self, documents: Sequence[Document], *, hybrid: bool) -> Search:
        embeddings = Embeddings(path=self._path, hybrid=hybrid, models=self._models)
        embeddings.index((document.name, document.text) for document in documents)
        return lambda question: [name for name, _ in embeddings.search(question, DEPTH)]
