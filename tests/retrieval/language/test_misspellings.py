"""Misspelled words, corrected by their neighbours in a collection."""

from __future__ import annotations

import pytest

from retrieval.language.misspellings import Misspellings
from retrieval.language.syllables import count_followers
from retrieval.language.tones import TONES, toneless, with_tone

TEXTS = [
    "Trạm bơm Cồn Vược chữa cháy rừng. Hỗ trợ xăng xe cho cán bộ.",
    "Ông Vừ Mí Tơi chăn trâu ở Bãi Sậy.",
]


@pytest.fixture(scope="module")
def misspellings() -> Misspellings:
    return Misspellings(count_followers(TEXTS))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("diễn tập chửa cháy rừng", "diễn tập chữa cháy rừng"),
        ("hổ trợ xăng xe", "hỗ trợ xăng xe"),
        ("trạm bơm Côn Vược", "trạm bơm Cồn Vược"),
        ("ai trăn trâu ở Bãi Sậy", "ai chăn trâu ở Bãi Sậy"),
        ("thũ tướng là ai", "thủ tướng là ai"),
        ("cán bô xã", "cán bộ xã"),
    ],
)
def test_one_edit_is_made_good(misspellings: Misspellings, typed: str, meant: str) -> None:
    assert misspellings.corrected(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Tơi",
        "ông Tơi",
        "Vừ Mí Tơi là ai?",
        "Lê Văn Tội là ai?",
        "chợ họp ngày nào?",
        "AMMTC 15",
        "",
    ],
)
def test_what_is_written_well_stays(misspellings: Misspellings, question: str) -> None:
    assert misspellings.corrected(question) is None


@pytest.mark.parametrize("word", ["hòa", "thúy", "được", "quý", "giữ", "gì", "thuế", "ngoài", "ai"])
def test_a_tone_is_put_where_it_was(word: str) -> None:
    bare = toneless(word)
    assert word in {with_tone(bare, tone) for tone in TONES}
