"""Short questions, against passages that hold their words otherwise."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.index.index import Index
from retrieval.passages import passages_of
from retrieval.ranking.short_questions import as_typed

TEXTS = [
    ("Ông Bạch Vượng giữ kho thóc của bản.", "vi"),
    ("Ruộng vuông, vườn vượng, vuông vắn. Vương vấn.", "vi"),
    ("Vuông vức, vuông tròn, vương quốc.", "vi"),
    ("Mr Bach Vuong keeps the barn.", "en"),
]


@pytest.fixture
def index(cache: VectorCache) -> Index:
    documents = [
        Document(f"{number}.txt", text, language=language)
        for number, (text, language) in enumerate(TEXTS)
    ]
    passages = [passage for document in documents for passage in passages_of(document)]
    return IndexBuilder(cache).build_temporary(passages)


def kept(index: Index, question: str, typed: str) -> list[bool]:
    weights = index.lexical.weights(question)
    coverage = index.lexical.coverage(weights)
    changed = as_typed(index, coverage, weights, typed)
    return [bool(same) for same in changed == coverage]


def test_only_the_word_as_it_was_typed_is_covered(index: Index) -> None:
    assert kept(index, "Vượng", "Vượng") == [True, True, False, True]
    weights = index.lexical.weights("Vượng")
    changed = as_typed(index, index.lexical.coverage(weights), weights, "Vượng")
    assert changed[2] == 0
    assert np.all(changed[[0, 1, 3]] > 0)


def test_marks_that_were_put_back_do_not_count(index: Index) -> None:
    assert kept(index, "Vượng", "Vuong") == [True] * 4


def test_in_a_long_question_other_words_decide(index: Index) -> None:
    asked = "ông Vượng giữ kho thóc"
    assert kept(index, asked, asked) == [True] * 4


def test_words_that_stand_together_in_one_passage_cover_the_others_by_half(index: Index) -> None:
    weights = index.lexical.weights("kho thoc")
    coverage = index.lexical.coverage(weights)
    changed = as_typed(index, coverage, weights, "kho thoc")
    assert changed[0] == coverage[0] > 0
    assert not changed[1:].any()
    weights = index.lexical.weights("vuong tron")
    coverage = index.lexical.coverage(weights)
    changed = as_typed(index, coverage, weights, "vuong tron")
    assert np.all(coverage > 0)
    assert (changed / coverage).tolist() == [0.5, 0.5, 1.0, 0.5]


def test_words_that_stand_together_nowhere_cover_as_they_did(index: Index) -> None:
    assert kept(index, "vuong kho", "vuong kho") == [True] * 4
