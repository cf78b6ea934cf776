"""Nearest vectors: exact results, index strings, files."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.documents import CollectionError
from retrieval.embedder import Vectors
from retrieval.vectors import VectorIndex


@pytest.fixture
def vectors() -> Vectors:
    drawn = np.random.default_rng(7).normal(size=(500, 16)).astype(np.float32)
    unit: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return unit


def test_neighbours_are_exact_and_best_first(vectors: Vectors) -> None:
    found = VectorIndex.build(vectors).search(vectors[42], 5)
    exact = vectors @ vectors[42]
    assert found.ids.tolist() == np.argsort(-exact)[:5].tolist()
    assert found.ids[0] == 42
    assert found.scores == pytest.approx(np.sort(exact)[:-6:-1], abs=1e-5)


def test_no_more_neighbours_than_vectors(vectors: Vectors) -> None:
    assert sorted(VectorIndex.build(vectors[:3]).search(vectors[0], 100).ids.tolist()) == [0, 1, 2]


@pytest.mark.parametrize("factory", ["", "Flat", "HNSW16", "IVF4,Flat", "SQ8"])
def test_every_kind_of_index_gives_its_vectors_back(
    vectors: Vectors, factory: str, tmp_path: Path
) -> None:
    VectorIndex.build(vectors, factory).save(tmp_path / "vectors.faiss")
    loaded = VectorIndex.load(tmp_path / "vectors.faiss")
    numbers = np.array([3, 499, 0])
    assert loaded.get(numbers) == pytest.approx(vectors[numbers], abs=0.01)
    assert loaded.search(vectors[3], 1).ids.tolist() == [3]


@pytest.mark.parametrize("factory", ["Nonsense", "IVF4000,Flat"])
def test_an_index_string_that_does_not_fit_is_told(vectors: Vectors, factory: str) -> None:
    with pytest.raises(CollectionError, match=f"FAISS_INDEX='{factory}' cannot index 500 vectors"):
        VectorIndex.build(vectors, factory)
