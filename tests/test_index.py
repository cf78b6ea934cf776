"""An index in memory and on disk."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retrieval.cache import VectorCache
from retrieval.documents import Document, Passage
from retrieval.index import Index
from retrieval.passages import passages_of
from word_encoder import WordEncoder

DOCUMENTS = (
    Document("a.txt", "Bộ trưởng Tô Lâm dự họp. Hội nghị bàn về an ninh.", language="vi"),
    Document("b.txt", "ASEAN met Russia online. They spoke of piracy.", language="en"),
)


@pytest.fixture
def passages() -> list[Passage]:
    return [passage for document in DOCUMENTS for passage in passages_of(document)]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    with closing(VectorCache.open(tmp_path / "vectors.sqlite", WordEncoder())) as opened:
        yield opened


def test_numbers_lead_from_sentences_to_passages(
    passages: list[Passage], cache: VectorCache
) -> None:
    index = Index.build(passages, cache)
    assert index.documents == DOCUMENTS
    assert index.first_sentence.tolist() == [0, 2, 4]
    assert index.passage_of_sentence.tolist() == [0, 0, 1, 1]


def test_tokens_stand_in_their_sentences(passages: list[Passage], cache: VectorCache) -> None:
    index = Index.build(passages, cache)
    question = WordEncoder().encode_query("spoke piracy")
    (found,) = index.tokens.maxsim(
        index.biases.question(question, "en").tokens, np.array([1], dtype=np.int64)
    )
    assert found.sentences.argmax() == 1


def test_saved_and_loaded_it_finds_the_same(
    passages: list[Passage], cache: VectorCache, tmp_path: Path
) -> None:
    index = Index.build(passages, cache)
    (tmp_path / "index").mkdir()
    index.save(tmp_path / "index")
    loaded = Index.load(tmp_path / "index")
    vector = WordEncoder().encode_query("spoke piracy").vector
    assert loaded.passages == index.passages
    assert loaded.passage_vectors.search(vector, 1).ids.tolist() == [1]
    assert loaded.sentence_vectors.search(vector, 1).ids.tolist() == [3]
    assert np.array_equal(loaded.lexical.coverage("piracy"), index.lexical.coverage("piracy"))
    assert loaded.restorer.restore("hoi nghi") == index.restorer.restore("hoi nghi") == "hội nghị"


def test_the_same_passages_give_the_same_bytes(
    passages: list[Passage], cache: VectorCache, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        Index.build(passages, cache).save(folder)
    files = [path for path in one.rglob("*") if path.is_file()]
    assert {"documents.jsonl", "passages.faiss", "tokens.codes.npy", "means.npz"} <= {
        path.name for path in files
    }
    for path in files:
        assert (two / path.relative_to(one)).read_bytes() == path.read_bytes()
