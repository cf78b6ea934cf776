"""Nearest vectors: which index at which size, recall, index strings, files."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.encoding.encoder import Vectors
from retrieval.errors import CollectionError
from retrieval.index import vectors as module
from retrieval.index.vectors import VectorIndex


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Return 3,000 vectors in 30 clusters, those of one in a row."""
    chance = np.random.default_rng(7)
    drawn = np.repeat(chance.normal(size=(30, 32)), 100, axis=0)
    drawn += 0.5 * chance.normal(size=drawn.shape)
    unit: Vectors = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.fixture
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a thousand vectors be many, and three thousand very many."""
    bounds = {"_EXACT_UP_TO": 500, "_SCANNED_UP_TO": 2000, "_LISTS": 16, "_PROBED": 8}
    for name, value in {**bounds, "_ADDED": 700, "_TRAINED_ON": 1500}.items():
        monkeypatch.setattr(module, name, value)


def recall(index: VectorIndex, vectors: Vectors) -> float:
    """Return the share of the ten nearest that are found, for questions near some vectors."""
    near = vectors[::20]
    asked = near + 0.1 * np.random.default_rng(1).normal(size=near.shape).astype(np.float32)
    exact = np.argsort(-asked @ vectors.T, axis=1)[:, :10]
    found = [index.search(vector, 10).ids for vector in asked]
    return float(np.mean([len({*a} & {*b}) / 10 for a, b in zip(exact, found, strict=True)]))


def test_neighbours_are_exact_and_best_first(vectors: Vectors) -> None:
    found = VectorIndex.build(vectors).search(vectors[42], 5)
    exact = vectors @ vectors[42]
    assert found.ids.tolist() == np.argsort(-exact)[:5].tolist()
    assert found.ids[0] == 42
    assert found.scores == pytest.approx(np.sort(exact)[:-6:-1], abs=1e-5)


def test_no_more_neighbours_than_vectors(vectors: Vectors) -> None:
    assert sorted(VectorIndex.build(vectors[:3]).search(vectors[0], 100).ids.tolist()) == [0, 1, 2]


@pytest.mark.parametrize(
    ("size", "dimension", "description"),
    [
        (5_000, 384, "Flat"),
        (5_001, 384, "PQ96x4fs,Refine(SQfp16)"),
        (500_000, 384, "PQ96x4fs,Refine(SQfp16)"),
        (500_001, 384, "IVF2048,PQ96x4fs,Refine(SQfp16)"),
        (5_001, 768, "PQ192x4fs,Refine(SQfp16)"),
        (5_001, 50, "PQ10x4fs,Refine(SQfp16)"),
    ],
)
def test_the_index_is_chosen_by_size(size: int, dimension: int, description: str) -> None:
    assert module._description(size, dimension) == description


@pytest.mark.usefixtures("small_bounds")
@pytest.mark.parametrize(("size", "least"), [(500, 1.0), (2000, 0.98), (3000, 0.98)])
def test_a_large_index_finds_nearly_all_that_an_exact_one_does(
    vectors: Vectors, size: int, least: float, tmp_path: Path
) -> None:
    some = vectors[:size]
    VectorIndex.build(some).save(tmp_path / "vectors.faiss")
    loaded = VectorIndex.load(tmp_path / "vectors.faiss")
    assert recall(loaded, some) >= least
    assert loaded.get(np.array([7, size - 1])) == pytest.approx(some[[7, -1]], abs=1e-3)


@pytest.mark.usefixtures("small_bounds")
@pytest.mark.parametrize("size", [500, 2000, 3000])
def test_the_same_vectors_give_the_same_bytes_mapped_or_not(
    vectors: Vectors, size: int, tmp_path: Path
) -> None:
    vectors[:size].tofile(tmp_path / "raw")
    mapped = np.memmap(tmp_path / "raw", np.float32, "r", shape=(size, 32))
    VectorIndex.build(vectors[:size]).save(tmp_path / "a")
    VectorIndex.build(mapped).save(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.usefixtures("small_bounds")
def test_codes_take_a_bit_a_dimension_and_vectors_two_bytes(
    vectors: Vectors, tmp_path: Path
) -> None:
    sizes = []
    for count in (1000, 2000):
        VectorIndex.build(vectors[:count]).save(tmp_path / "vectors.faiss")
        sizes.append((tmp_path / "vectors.faiss").stat().st_size)
    assert (sizes[1] - sizes[0]) / 1000 == pytest.approx(32 / 8 + 32 * 2, abs=0.5)


@pytest.mark.parametrize(
    "factory", ["", "Flat", "HNSW16", "IVF4,Flat", "SQ8", "IVF4,SQ8,Refine(Flat)"]
)
def test_every_kind_of_index_gives_its_vectors_back(
    vectors: Vectors, factory: str, tmp_path: Path
) -> None:
    VectorIndex.build(vectors[:700], factory).save(tmp_path / "vectors.faiss")
    loaded = VectorIndex.load(tmp_path / "vectors.faiss")
    numbers = np.array([3, 699, 0])
    assert loaded.get(numbers) == pytest.approx(vectors[numbers], abs=0.01)
    assert loaded.search(vectors[3], 1).ids.tolist() == [3]


@pytest.mark.parametrize("factory", ["Nonsense", "IVF4000,Flat"])
def test_an_index_string_that_does_not_fit_is_told(vectors: Vectors, factory: str) -> None:
    with pytest.raises(CollectionError, match=f"FAISS_INDEX='{factory}' cannot index 500 vectors"):
        VectorIndex.build(vectors[:500], factory)


def test_no_index_string_is_blamed_where_none_was_given(
    vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_description", lambda *_: "Nonsense")
    with pytest.raises(CollectionError, match="^FAISS cannot index 500 vectors: .*Nonsense"):
        VectorIndex.build(vectors[:500])


@pytest.mark.usefixtures("small_bounds")
@pytest.mark.parametrize("compared_alone", [0, 10_000])
@pytest.mark.parametrize("size", [400, 1500, 3000])
def test_only_the_named_vectors_are_found(
    vectors: Vectors, size: int, compared_alone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_COMPARED_ALONE", compared_alone)
    index, among = VectorIndex.build(vectors[:size]), np.arange(size) % 2 == 0
    found = index.search(vectors[42], 10, among)
    exact = np.flatnonzero(among)[np.argsort(-vectors[:size][among] @ vectors[42])[:10]]
    assert found.ids[0] == 42
    assert len(found.ids) == 10
    assert among[found.ids].all()
    assert len({*found.ids.tolist()} & {*exact.tolist()}) >= 8


def test_nothing_is_found_among_none(vectors: Vectors) -> None:
    index = VectorIndex.build(vectors[:50])
    assert len(index.search(vectors[0], 10, np.zeros(50, dtype=np.bool_)).ids) == 0
