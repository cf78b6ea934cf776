"""Nearest vectors by inner product: the only module that imports FAISS.

Up to 200,000 vectors are searched exactly (`IndexFlatIP`), which no approximation beats for speed
at that size on one machine; above that, or where the settings name an index string, FAISS's
`index_factory` decides. Either stands behind `IndexIDMap2`, which gives vectors back by number.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.documents import CollectionError
from retrieval.embedder import Vectors

_EXACT_UP_TO = 200_000
_LARGE = "HNSW32"

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Neighbours:
    """The nearest vectors' numbers and inner products, best first, both of shape (found,)."""

    ids: Ids
    scores: Vectors


class VectorIndex:
    """Vectors under the numbers 0 to n - 1, searchable by inner product."""

    def __init__(self, index: faiss.Index) -> None:
        """Store a FAISS index of the kind `build` makes."""
        self._index = index
        inverted = faiss.try_extract_index_ivf(index)
        if inverted:  # an inverted file finds a vector by number only with a map
            inverted.make_direct_map()

    @classmethod
    def build(cls, vectors: Vectors, factory: str = "") -> VectorIndex:
        """Index `vectors`, shape (n, dimension), by an `index_factory` string, empty to choose."""
        size, dimension = vectors.shape
        description = factory or ("Flat" if size <= _EXACT_UP_TO else _LARGE)
        try:
            index = faiss.index_factory(
                dimension, f"IDMap2,{description}", faiss.METRIC_INNER_PRODUCT
            )
            index.train(vectors)
        except RuntimeError as error:
            raise CollectionError(
                f"FAISS_INDEX={description!r} cannot index {size} vectors; leave it empty."
            ) from error
        index.add_with_ids(vectors, np.arange(size, dtype=np.int64))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Open what `save` wrote."""
        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        """Write the index to one file; raises OSError where it cannot."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:  # FAISS has no errors of its own
            raise OSError(f"{path} cannot be written") from error

    def search(self, vector: Vectors, limit: int) -> Neighbours:
        """Return up to `limit` neighbours of one vector of shape (dimension,)."""
        scores, ids = self._index.search(vector[np.newaxis], min(limit, self._index.ntotal))
        found = ids[0] >= 0
        return Neighbours(ids[0][found], scores[0][found])

    def get(self, ids: Ids) -> Vectors:
        """Return the vectors of these numbers, shape (len(ids), dimension)."""
        vectors: Vectors = self._index.reconstruct_batch(ids)
        return vectors
