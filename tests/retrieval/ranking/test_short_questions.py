"""Short questions, against passages that hold their words otherwise."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.index.arrays import Values
from retrieval.index.file_index import FileIndex
from retrieval.index.file_search import FileSearch
from retrieval.passages import passages_of
from retrieval.ranking.short_questions import as_typed

TEXTS = [
    ("Ông Bạch Vượng giữ kho thóc của bản.", "vi"),
    ("Ruộng vuông, vườn vượng, vuông vắn. Vương vấn.", "vi"),
    ("Vuông vức, vuông tròn, vương quốc.", "vi"),
    ("Mr Bach Vuong keeps the barn.", "en"),
]


@pytest.fixture
def index(cache: VectorCache) -> FileIndex:
    documents = [
        Document(f"{number}.txt", text, language=language)
        for number, (text, language) in enumerate(TEXTS)
    ]
    passages = [passage for document in documents for passage in passages_of(document)]
    return IndexBuilder(cache).build_temporary(passages)


def covered(index: FileIndex, question: str, typed: str | None = None) -> Values:
    """Return what a question covers, with what was typed taken to the letter if it is given."""
    words = index.word_weights(question)
    search = index.search(np.ones(256, np.float32), words)
    if typed is None:
        return search.coverage
    changed = as_typed(search, words, typed)
    assert isinstance(changed, FileSearch)
    return changed.coverage


def kept(index: FileIndex, question: str, typed: str) -> list[bool]:
    before, after = covered(index, question), covered(index, question, typed)
    return [bool(same) for same in after == before]


def test_only_the_word_as_it_was_typed_is_covered(index: FileIndex) -> None:
    assert kept(index, "Vượng", "Vượng") == [True, True, False, True]
    changed = covered(index, "Vượng", "Vượng")
    assert changed[2] == 0
    assert np.all(changed[[0, 1, 3]] > 0)


def test_marks_that_were_put_back_do_not_count(index: FileIndex) -> None:
    assert kept(index, "Vượng", "Vuong") == [True] * 4


def test_in_a_long_question_other_words_decide(index: FileIndex) -> None:
    asked = "ông Vượng giữ kho thóc"
    assert kept(index, asked, asked) == [True] * 4


def test_words_that_stand_together_in_one_passage_cover_the_others_by_half(
    index: FileIndex,
) -> None:
    coverage, changed = covered(index, "kho thoc"), covered(index, "kho thoc", "kho thoc")
    assert changed[0] == coverage[0] > 0
    assert not changed[1:].any()
    coverage, changed = covered(index, "vuong tron"), covered(index, "vuong tron", "vuong tron")
    assert np.all(coverage > 0)
    assert (changed / coverage).tolist() == [0.5, 0.5, 1.0, 0.5]


def test_words_that_stand_together_nowhere_cover_as_they_did(index: FileIndex) -> None:
    assert kept(index, "vuong kho", "vuong kho") == [True] * 4
