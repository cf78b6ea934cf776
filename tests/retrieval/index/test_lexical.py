"""BM25 and coverage against figures worked out by hand."""

from math import log
from pathlib import Path

import numpy as np
import pytest

from retrieval.index.lexical import LexicalIndex, share_of_words
from retrieval.language.words import tokens

TEXTS = ["Bộ trưởng Tô Lâm họp", "Thứ trưởng Quang họp kín", "ASEAN meets Russia online"]


@pytest.fixture
def lexical() -> LexicalIndex:
    return LexicalIndex.build(map(tokens, TEXTS))


def test_weights_fall_with_the_number_of_passages_that_hold_the_word(lexical: LexicalIndex) -> None:
    weights = lexical.weights("Trưởng Lâm, Lâm Hà?")
    assert weights == pytest.approx(
        {"truong": log(1 + 1.5 / 2.5), "lam": log(1 + 2.5 / 1.5), "ha": log(1 + 3.5 / 0.5)}
    )


def test_coverage_is_full_for_a_passage_that_holds_every_word(lexical: LexicalIndex) -> None:
    # 5, 5 and 4 words: the first passage is a little longer than the average of 14 / 3
    length = 1.5 * (0.25 + 0.75 * 5 / (14 / 3))
    held = (1 + 1.5) / (1 + length)
    assert lexical.coverage(lexical.weights("to lam")) == pytest.approx([held, 0, 0], rel=1e-5)
    weights = lexical.weights("lâm hà")
    share = weights["lam"] / (weights["lam"] + weights["ha"])
    assert lexical.coverage(lexical.weights("lâm hà")) == pytest.approx(
        [held * share, 0, 0], rel=1e-5
    )


def test_a_question_in_another_language_covers_nothing(lexical: LexicalIndex) -> None:
    assert lexical.coverage(lexical.weights("who is there")).tolist() == [0, 0, 0]


def test_share_of_words_counts_each_word_once_by_its_weight() -> None:
    shares = share_of_words({"to": 1.0, "lam": 3.0}, ["Tô Lâm", "Lâm, Lâm", "tô", "khác"])
    assert shares.tolist() == [1, 0.75, 0.25, 0]


def test_saved_and_loaded_it_scores_the_same(lexical: LexicalIndex, tmp_path: Path) -> None:
    lexical.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert np.array_equal(
        loaded.coverage(loaded.weights("Quang họp")), lexical.coverage(lexical.weights("Quang họp"))
    )


def test_what_is_opened_stays_on_disk(lexical: LexicalIndex, tmp_path: Path) -> None:
    lexical.save(tmp_path)
    scores = LexicalIndex.load(tmp_path)._bm25.scores
    assert [type(scores[part].base) for part in ("data", "indices", "indptr")] == [np.memmap] * 3


def test_the_same_texts_give_the_same_bytes_read_once(tmp_path: Path) -> None:
    LexicalIndex.build(map(tokens, TEXTS)).save(tmp_path / "a")
    LexicalIndex.build(tokens(text) for text in TEXTS).save(tmp_path / "b")
    files = [path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.*")]
    assert len(files) > 3
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_a_reference_is_a_word_of_a_question(lexical: LexicalIndex) -> None:
    assert list(lexical.weights("Điều 5")) == ["dieu", "5", "article 5"]
