"""An index built into its folder, and opened there."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document, Passage
from retrieval.encoding.cache import VectorCache
from retrieval.index.file_index import FileIndex
from retrieval.passages import passages_of
from tests.helpers.word_encoder import WordEncoder

DOCUMENTS = (
    Document("a.txt", "Bộ trưởng Tô Lâm dự họp. Hội nghị bàn về an ninh.", language="vi"),
    Document("b.txt", "ASEAN met Russia online. They spoke of piracy.", language="en"),
)


@pytest.fixture
def passages() -> list[Passage]:
    return [passage for document in DOCUMENTS for passage in passages_of(document)]


def test_numbers_lead_from_sentences_to_passages(
    passages: list[Passage], cache: VectorCache
) -> None:
    index = IndexBuilder(cache).build_temporary(passages)
    assert tuple(index.documents) == DOCUMENTS
    corpus = index.files.corpus
    assert (index.languages, corpus.languages.tolist()) == (("en", "vi"), ["vi", "en"])
    assert (index.passage_count, index.sentence_count) == (2, 4)
    assert corpus.first_sentence.tolist() == [0, 2, 4]
    assert corpus.passage_of_sentence.tolist() == [0, 0, 1, 1]


def test_tokens_stand_in_their_sentences(passages: list[Passage], cache: VectorCache) -> None:
    index = IndexBuilder(cache).build_temporary(passages)
    question = WordEncoder().encode_query("spoke piracy")
    (found,) = index.files.tokens.maxsim(
        index.biases.question(question, "en").tokens, np.array([1], dtype=np.int64)
    )
    assert found.sentences.argmax() == 1


def test_built_and_opened_again_it_finds_the_same(
    passages: list[Passage], cache: VectorCache, tmp_path: Path
) -> None:
    (tmp_path / "index").mkdir()
    index = IndexBuilder(cache).build(iter(passages), tmp_path / "index")
    loaded = FileIndex.load(tmp_path / "index")
    vector = WordEncoder().encode_query("spoke piracy").vector
    assert list(loaded.passages) == list(index.passages) == passages
    assert loaded.files.passage_vectors.search(vector, 1).ids.tolist() == [1]
    assert loaded.files.sentence_vectors.search(vector, 1).ids.tolist() == [3]
    words = index.word_weights("piracy")
    assert loaded.word_weights("piracy") == words
    ours, theirs = (one.search(vector, words).coverage for one in (loaded, index))
    assert np.array_equal(ours, theirs)
    assert loaded.restorer.restore("hoi nghi") == index.restorer.restore("hoi nghi") == "hội nghị"
