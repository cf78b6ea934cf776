"""Passages into an index's folder: the same bytes for the same passages, however many at a time."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.collection import builder
from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document, Passage
from retrieval.encoding.cache import TextKind, VectorCache
from retrieval.index import tokens as module
from retrieval.index.file_index import FileIndex
from retrieval.index.filters import Filter
from retrieval.passages import passages_of
from retrieval.ranking.query import Query
from retrieval.ranking.ranking import rank
from tests.helpers.word_encoder import WordEncoder

DOCUMENTS = (
    *(
        Document(f"{n}.txt", f"Delegation {n} met on day {n * 7}. It spoke of topic {n}.")
        for n in range(9)
    ),
    Document("vi.txt", "Bộ trưởng Tô Lâm dự họp. Hội nghị bàn về an ninh.", language="vi"),
)
QUESTION = "Which delegation met on day 28?"


@pytest.fixture
def passages() -> list[Passage]:
    return [passage for document in DOCUMENTS for passage in passages_of(document)]


@pytest.fixture
def built(passages: list[Passage], cache: VectorCache, tmp_path: Path) -> Path:
    return written(tmp_path / "built", passages, cache)


def written(folder: Path, passages: list[Passage], cache: VectorCache) -> Path:
    folder.mkdir()
    IndexBuilder(cache).build(passages, folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def scores(index: FileIndex) -> dict[str, float]:
    asked = Query.of(index, QUESTION, WordEncoder().encode_query(QUESTION), "en")
    return {hit.document.name: hit.score for hit in rank(index, asked, 10).hits}


def test_the_same_passages_give_the_same_bytes(
    built: Path, passages: list[Passage], cache: VectorCache, tmp_path: Path
) -> None:
    files = contents(built)
    assert contents(written(tmp_path / "again", passages, cache)) == files
    assert {"documents.jsonl", "passages.faiss", "tokens.npy", "means.npz"} <= files.keys()
    assert not [name for name in files if "tmp" in name]


def test_how_many_at_a_time_changes_nothing(
    built: Path,
    passages: list[Passage],
    cache: VectorCache,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(builder, "_CHUNK", 3)
    assert contents(written(tmp_path / "by-three", passages, cache)) == contents(built)


def test_the_means_are_those_of_all_passages(built: Path, passages: list[Passage]) -> None:
    biases = FileIndex.load(built).biases
    vectors = [WordEncoder().encode_passages([passage.text])[0].vector for passage in passages[:9]]
    np.testing.assert_allclose(biases.passages.means[""], np.mean(vectors, axis=0), atol=1e-4)


def test_of_many_passages_some_tell_the_means(
    passages: list[Passage], cache: VectorCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "_MEASURED", 5)
    index = FileIndex.load(written(tmp_path / "sampled", passages, cache))
    texts = [passage.text for passage in passages[::2]]
    vectors = [one.vector for one in cache.encoded(texts, TextKind.PASSAGE)]
    np.testing.assert_allclose(index.biases.passages.means[""], np.mean(vectors, axis=0), atol=1e-4)
    assert next(iter(scores(index))) == "4.txt"


def test_of_a_large_collection_tokens_take_half_a_byte_a_dimension(
    built: Path,
    passages: list[Passage],
    cache: VectorCache,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "BYTES_UP_TO", 9)
    large = written(tmp_path / "large", passages, cache)
    sizes = [np.load(folder / "tokens.npy").dtype["codes"].itemsize for folder in (built, large)]
    assert sizes == [256, 128]
    assert scores(FileIndex.load(large)) == pytest.approx(scores(FileIndex.load(built)), abs=0.05)


def test_a_title_outside_of_the_text_is_compared_in_the_first_passage(
    cache: VectorCache, tmp_path: Path
) -> None:
    text = f"First part. {'Boats wait. ' * 60}"
    titled = passages_of(Document("a.txt", text, title="Harbour rules"))
    index = FileIndex.load(written(tmp_path / "titled", titled, cache))
    asked = WordEncoder().encode_query("harbour rules")
    query = Query.of(index, "harbour rules", asked, "")
    first, second = query.search.maxsims(query.encoded.tokens, np.array([0, 1]))
    assert len(first.sentences) == len(titled[0].sentences) + 1
    assert first.sentences.argmax() == len(titled[0].sentences)
    assert len(second.sentences) == len(titled[1].sentences)
    found = query.search.found(2, Filter())
    assert found is not None
    assert (found.coverage > 0).all()
