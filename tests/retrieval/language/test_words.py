"""Words: normal form, folding and tokens."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.words import fold, normal, tokens, unmarked


def test_normal_form_composes_letters() -> None:
    assert normal(unicodedata.normalize("NFD", "Nghị định thư")) == "Nghị định thư"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đại tướng Tô Lâm", "dai tuong to lam"),
        ("đường ĐƯỜNG", "duong duong"),
        (unicodedata.normalize("NFD", "Thứ trưởng"), "thu truong"),
        ("AMMTC + 3", "ammtc + 3"),
    ],
)
def test_fold_drops_case_and_diacritics(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_tokens_are_folded_words_and_numbers() -> None:
    assert tokens("Sáng 29/9, ASEAN–Nga (COC): “hành_động”!") == [
        *("sang", "29", "9", "asean", "nga", "coc", "hanh", "dong"),
    ]


@pytest.mark.parametrize("text", ["", " \n\t", "?!…", "🙂🙂", "___"])
def test_text_without_words_has_no_tokens(text: str) -> None:
    assert tokens(text) == []


@given(st.text())
def test_tokens_do_not_depend_on_the_normal_form(text: str) -> None:
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Ai chủ trì?", "Ai chủ trì"),
        ("Who?!  ", "Who"),
        ("Who chaired it", "Who chaired it"),
        ("What is U.S. policy?", "What is U.S. policy"),
        ("?", "?"),
    ],
)
def test_a_questions_last_marks_are_left_out(question: str, expected: str) -> None:
    assert unmarked(question) == expected
