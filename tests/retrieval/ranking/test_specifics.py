"""The specifics: which words of a question must stand near an answer."""

from __future__ import annotations

import pytest

from retrieval.ranking.specifics import Kind, SpecificWord, specifics_of


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("Who spoke for Peru at COPX 12 in 2019?", "en", ["Peru", "COPX 12", "2019"]),
        ("Đoàn Peru dự họp COPX 12 ngày 3/4/2019?", "vi", ["Peru", "COPX 12", "3/4/2019"]),
        ("Kilimanjaro cao bao nhiêu mét?", "vi", ["Kilimanjaro"]),
        ("Ai gặp bà Nguyễn Thị Sen?", "vi", ["Nguyễn Thị Sen"]),
        ("Quyết định 9/QĐ-TTg sửa gì?", "vi", ["9/QĐ-TTg"]),
        ("Họp ngày 3/4/2019 về 15/2020/NĐ-CP?", "vi", ["3/4/2019", "15/2020/NĐ-CP"]),
        ("Louis XIV xây gì?", "vi", ["Louis XIV"]),
        ("Who played in the 1970's?", "en", ["1970s"]),
        ("Họp với Cam-pu-chia ở đâu?", "vi", ["Cam-pu-chia"]),
        ("How tall is the tower?", "en", []),
        ("Bộ trưởng nói gì?", "vi", []),  # everyday words, whatever their capitals
        ("WHO WON THE FINAL MATCH IN OSLO?", "en", []),
        ("Who Won The Final Match In Oslo?", "en", []),
    ],
)
def test_names_and_numbers_are_specifics(question: str, language: str, expected: list[str]) -> None:
    assert [one.text for one in specifics_of(question, language)] == expected


def test_words_are_told_apart_by_kind() -> None:
    (both,) = specifics_of("Where was COPX 12 held?", "en")
    assert both.words == (
        SpecificWord("COPX", Kind.ACRONYM, "was"),
        SpecificWord("12", Kind.FIGURE, "COPX"),
    )
    assert not both.is_year
    (year,) = specifics_of("What happened in 1954?", "en")
    assert year.is_year
    assert not year.is_quantity
    (length,) = specifics_of("Is the bridge 200 metres long?", "en")
    assert length.is_quantity


@pytest.mark.parametrize(
    ("word", "asked_in", "written_in", "expected"),
    [
        (SpecificWord("Đức", Kind.NAME), "vi", "vi", True),
        (SpecificWord("Đức", Kind.NAME), "vi", "en", False),  # Germany
        (SpecificWord("Kilimanjaro", Kind.NAME), "vi", "en", True),
        (SpecificWord("Germany", Kind.NAME), "en", "vi", False),
        (SpecificWord("UK", Kind.ACRONYM), "en", "vi", False),
        (SpecificWord("COPX", Kind.ACRONYM), "en", "vi", True),
        (SpecificWord("2019", Kind.FIGURE), "en", "vi", True),
        (SpecificWord("Berlin", Kind.NAME), "", "", False),
    ],
)
def test_another_language_is_only_searched_for_what_it_would_write_alike(
    word: SpecificWord, asked_in: str, written_in: str, expected: bool
) -> None:
    assert word.is_looked_up(asked_in, written_in) is expected
