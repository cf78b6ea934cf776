"""Nearest vectors by inner product: the only module that imports FAISS.

Some thousand vectors are searched exactly (`IndexFlatIP`). More are first searched by codes of one
bit a dimension, four dimensions a code (product quantisation, scanned in registers: André et al.,
"Cache locality is not enough", VLDB 2015), and of the nearest by these, many times as many as are
asked for, the products are taken with the vectors themselves in 16 bits. Every code is looked at,
as long as that takes a millisecond or two; beyond, a quarter of them, in the nearest of 2,048
inverted lists. Fewer would do for most questions, but not for those that are far from all lists,
as one in another language is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from retrieval.encoding.encoder import Vectors
from retrieval.errors import CollectionError
from retrieval.index.corpus import Ids

_EXACT_UP_TO, _SCANNED_UP_TO = 5_000, 500_000
_LISTS, _PROBED = 2048, 512
_COMPARED, _COMPARED_OF_MANY = 16, 64  # times as many vectors as are asked for
_TRAINED_ON, _SEED = 100_000, 5
_ADDED = 50_000  # at a time, so that vectors may lie on disk


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
        if inverted and not isinstance(index, faiss.IndexRefine):  # which has all by number
            inverted.make_direct_map()

    @classmethod
    def build(cls, vectors: Vectors, factory: str = "") -> VectorIndex:
        """Index `vectors`, shape (n, dimension), by an `index_factory` string, empty to choose.

        They may be mapped from a file larger than memory. The same always give the same bytes.
        """
        size, dimension = vectors.shape
        description = factory or _description(size, dimension)
        try:
            index = faiss.index_factory(dimension, description, faiss.METRIC_INNER_PRODUCT)
            with _one_thread():
                index.train(_sample(vectors))
                for start in range(0, size, _ADDED):
                    index.add(np.ascontiguousarray(vectors[start : start + _ADDED]))
        except RuntimeError as error:
            raise CollectionError(
                f"FAISS_INDEX={description!r} cannot index {size} vectors; leave it empty."
            ) from error
        if isinstance(index, faiss.IndexRefine) and not factory:
            _set_search(index)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Open what `save` wrote; vectors stay on disk until they are read."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

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


def _description(size: int, dimension: int) -> str:
    """Return the `index_factory` string for so many vectors."""
    if size <= _EXACT_UP_TO:
        return "Flat"
    groups = max(n for n in range(1, dimension // 4 + 1) if dimension % n == 0)
    lists = f"IVF{_LISTS}," if size > _SCANNED_UP_TO else ""
    return f"{lists}PQ{groups}x4fs,Refine(SQfp16)"


def _set_search(index: faiss.IndexRefine) -> None:
    """Set how much of an index that compares again is looked at; its file keeps it."""
    inverted = faiss.try_extract_index_ivf(index)
    index.k_factor = _COMPARED_OF_MANY if inverted else _COMPARED
    if inverted:
        inverted.nprobe = _PROBED


def _sample(vectors: Vectors) -> Vectors:
    """Return some of the vectors, drawn by chance but always the same, or all if they are few."""
    if len(vectors) <= _TRAINED_ON:
        return np.ascontiguousarray(vectors)
    drawn = np.random.default_rng(_SEED).choice(len(vectors), _TRAINED_ON, replace=False)
    return vectors[np.sort(drawn)]


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keep FAISS to one thread: several change the last bits, and wait longer than they work."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)
