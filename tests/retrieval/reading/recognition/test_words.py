"""Tesseract's table as words, and what is not sure enough to be quoted."""

from __future__ import annotations

from retrieval.reading.recognition.words import (
    GAP,
    are_mostly_unsure,
    with_gaps,
    words_in,
)
from tests.helpers.fake_tesseract import table


def said(*lines: str) -> list[str]:
    return [word.text for word in with_gaps(words_in(table(*lines)))]


def test_words_have_places_and_lines() -> None:
    first, second, third = words_in(table("The:95 fee:91", "rises:96"))
    assert (first.text, first.left, first.top, first.right, first.bottom) == (
        "The",
        100.0,
        50.0,
        180.0,
        80.0,
    )
    assert first.line == second.line != third.line
    assert first.confidence == 95.5


def test_quotation_marks_are_letters_like_others() -> None:
    assert said('"The:95 fee:95') == ['"The', "fee"]


def test_letters_and_marks_come_as_one_character() -> None:
    (word,) = words_in(table("phe\u0302\u0301:95"))
    assert word.text == "phế"


def test_unsure_words_leave_a_gap_in_their_line() -> None:
    assert said("The:95 fce:30 riscs:40 to:96 50:95") == ["The", GAP, "to", "50"]
    assert said("The:95 fce:30", "riscs:40 to:96") == ["The", GAP, GAP, "to"]


def test_a_gap_is_as_wide_as_what_it_stands_for() -> None:
    gap = list(with_gaps(words_in(table("The:95 fce:30 riscs:40 to:96"))))[1]
    assert (gap.left, gap.right) == (200.0, 380.0)


def test_unsure_specks_leave_none() -> None:
    assert said("|:20 The:95 fee:95 —:10") == ["The", "fee"]


def test_a_page_of_which_a_third_is_unsure_is_no_text() -> None:
    assert not are_mostly_unsure(words_in(table("seven:95 seven:95 seven:95 fcven:30")))
    assert are_mostly_unsure(words_in(table("seven:95 seven:95 fcven:30")))
    assert not are_mostly_unsure([])
