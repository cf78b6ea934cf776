"""An index in memory and on disk."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.documents import Document, Passage
from retrieval.index import Index, texts_of
from retrieval.passages import passages_of
from word_encoder import WordEncoder

DOCUMENTS = (
    Document("a.txt", "Bộ trưởng Tô Lâm dự họp. Hội nghị bàn về an ninh.", language="vi"),
    Document("b.txt", "ASEAN met Russia online. They spoke of piracy.", language="en"),
)


@pytest.fixture
def passages() -> list[Passage]:
    return [passage for document in DOCUMENTS for passage in passages_of(document)]


def test_texts_are_passages_then_sentences(passages: list[Passage]) -> None:
    assert texts_of(passages) == [
        DOCUMENTS[0].text,
        DOCUMENTS[1].text,
        "Bộ trưởng Tô Lâm dự họp.",
        "Hội nghị bàn về an ninh.",
        "ASEAN met Russia online.",
        "They spoke of piracy.",
    ]


def test_numbers_lead_from_sentences_to_passages(passages: list[Passage]) -> None:
    index = Index.build(passages, WordEncoder().encode_passages)
    assert index.documents == DOCUMENTS
    assert index.first_sentence.tolist() == [0, 2, 4]
    assert index.passage_of_sentence.tolist() == [0, 0, 1, 1]


def test_saved_and_loaded_it_finds_the_same(passages: list[Passage], tmp_path: Path) -> None:
    encoder = WordEncoder()
    index = Index.build(passages, encoder.encode_passages)
    index.save(tmp_path)
    loaded = Index.load(tmp_path)
    vector = encoder.encode_query("spoke piracy")
    assert loaded.passages == index.passages
    assert loaded.passage_vectors.search(vector, 1).ids.tolist() == [1]
    assert loaded.sentence_vectors.search(vector, 1).ids.tolist() == [3]
    assert np.array_equal(loaded.lexical.coverage("piracy"), index.lexical.coverage("piracy"))


def test_the_same_passages_give_the_same_bytes(passages: list[Passage], tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        Index.build(passages, WordEncoder().encode_passages).save(tmp_path / name)
    files = [path for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert {"documents.jsonl", "passages.faiss", "sentences.faiss", "means.npz"} <= {
        path.name for path in files
    }
    for path in files:
        assert (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes() == (
            path.read_bytes()
        )
