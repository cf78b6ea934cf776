"""The nearest vectors by inner product; this module alone imports FAISS.

How vectors are searched depends on their number:

* Up to 5,000 are searched exactly (`IndexFlatIP`).
* More are searched in two steps. Product quantisation finds many times as many neighbours as are
  asked for, by codes of one bit a dimension that are compared in registers (André et al., "Cache
  locality is not enough", VLDB 2015). The inner products of these are then computed from the
  vectors themselves, kept in 16 bits.
* Above 500,000 the first step looks at a quarter of the codes, in the nearest 512 of 2,048
  inverted lists. Fewer lists would do for most questions, but not for those that are far from all
  of them, such as questions in another language.
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
from retrieval.index.arrays import Ids, Mask, Values

_EXACT_UP_TO, _SCANNED_UP_TO = 5_000, 500_000
_LISTS, _PROBED = 2048, 512
_COMPARED, _COMPARED_OF_MANY = 16, 64  # neighbours of the first step, for each one asked for
_TRAINED_ON, _SEED = 100_000, 5
_COMPARED_ALONE = 20_000  # vectors: where no more are searched among, each of them is compared
_MOST_ASKED = 2_000  # neighbours, where only some of the vectors are searched among
_ADDED = 50_000  # vectors added at a time, since they may lie on disk


@dataclass(frozen=True)
class Neighbours:
    """The numbers and the inner products of the nearest vectors, best first, shape (found,)."""

    ids: Ids
    scores: Values


class VectorIndex:
    """Vectors with the numbers 0 to n - 1, searchable by inner product."""

    def __init__(self, index: faiss.Index) -> None:
        """Store a FAISS index of the kind that `build` makes."""
        self._index = index
        inverted = faiss.try_extract_index_ivf(index)
        # `get` needs a map from numbers to vectors; IndexRefine has one.
        if inverted and not isinstance(index, faiss.IndexRefine):
            inverted.make_direct_map()

    @classmethod
    def build(cls, vectors: Vectors, factory: str = "") -> VectorIndex:
        """Index vectors. The same vectors always give the same bytes.

        Args:
            vectors: Float32 of shape (n, dimension); may be mapped from a file larger than memory.
            factory: A string for FAISS's `index_factory`; empty to choose by n.

        Raises:
            CollectionError: FAISS cannot index these vectors by this string.
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
            wrong = f"FAISS cannot index {size} vectors: {error}"
            if factory:
                wrong = f"FAISS_INDEX={factory!r} cannot index {size} vectors; leave it empty."
            raise CollectionError(wrong) from error
        if isinstance(index, faiss.IndexRefine) and not factory:
            _set_search(index)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Open what `save` wrote; the vectors stay on disk until they are read."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    def save(self, path: Path) -> None:
        """Write the index to one file.

        Raises:
            OSError: The file cannot be written.
        """
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:  # the only class of errors that FAISS raises
            raise OSError(f"{path} cannot be written") from error

    def search(self, vector: Vectors, limit: int, among: Mask | None = None) -> Neighbours:
        """Return up to `limit` neighbours of a vector of shape (dimension,).

        Args:
            vector: What is searched for.
            limit: The most neighbours to return.
            among: Which vectors are searched, None for all. Of many vectors, few of those that it
                names may be found.
        """
        if among is None:
            return self._nearest(vector, limit)
        # FAISS searches among some vectors in few kinds of indexes, so it is done here.
        named = np.flatnonzero(among)
        if len(named) <= _COMPARED_ALONE:
            scores = self.get(named) @ vector
            best = np.argsort(-scores, kind="stable")[:limit]
            return Neighbours(named[best], scores[best])
        asked = min(_MOST_ASKED, -(-limit * len(among) // len(named)) * 2)
        found = self._nearest(vector, asked)
        fitting = among[found.ids]
        return Neighbours(found.ids[fitting][:limit], found.scores[fitting][:limit])

    def _nearest(self, vector: Vectors, limit: int) -> Neighbours:
        scores, ids = self._index.search(vector[np.newaxis], min(limit, self._index.ntotal))
        found = ids[0] >= 0
        return Neighbours(ids[0][found], scores[0][found])

    def get(self, ids: Ids) -> Vectors:
        """Return the vectors with these numbers, shape (len(ids), dimension)."""
        vectors: Vectors = self._index.reconstruct_batch(ids)
        return vectors


def _description(size: int, dimension: int) -> str:
    """Return the `index_factory` string for this many vectors."""
    if size <= _EXACT_UP_TO:
        return "Flat"
    groups = max(n for n in range(1, dimension // 4 + 1) if dimension % n == 0)
    lists = f"IVF{_LISTS}," if size > _SCANNED_UP_TO else ""
    return f"{lists}PQ{groups}x4fs,Refine(SQfp16)"


def _set_search(index: faiss.IndexRefine) -> None:
    """Set how much of a two-step index is searched; this is saved with the index."""
    inverted = faiss.try_extract_index_ivf(index)
    index.k_factor = _COMPARED_OF_MANY if inverted else _COMPARED
    if inverted:
        inverted.nprobe = _PROBED


def _sample(vectors: Vectors) -> Vectors:
    """Return a random sample of the vectors, always the same one, or all if there are few."""
    if len(vectors) <= _TRAINED_ON:
        return np.ascontiguousarray(vectors)
    drawn = np.random.default_rng(_SEED).choice(len(vectors), _TRAINED_ON, replace=False)
    return vectors[np.sort(drawn)]


@contextmanager
def _one_thread() -> Iterator[None]:
    """Limit FAISS to one thread, for with several the last bits of the result would vary."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)
