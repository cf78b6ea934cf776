"""Title, date, source and address found in a text's own lines, which all stay."""

from __future__ import annotations

import pytest

from retrieval.reading.cleaning.origins import origin_of
from retrieval.reading.draft import Metadata, Paragraph, ParagraphKind

PROSE = "The ministers met."


def found(*lines: str, language: str = "en") -> Metadata:
    """Return what the lines tell; all of them must stay."""
    draft = origin_of([Paragraph(line) for line in lines], language)
    assert [paragraph.text for paragraph in draft.paragraphs] == list(lines)
    return draft.metadata


def marked(*lines: str, language: str = "en") -> list[str]:
    """Return the lines that are marked as telling the origin."""
    draft = origin_of([Paragraph(line) for line in lines], language)
    return [each.text for each in draft.paragraphs if each.kind is ParagraphKind.ORIGIN]


def test_labels_become_metadata_and_stay() -> None:
    lines = (
        "Title: A meeting",
        "Date: 28 August 2024",
        "By: A. Person",
        PROSE,
        "Link: https://a.vn/b",
    )
    metadata = Metadata(title="A meeting", date="2024-08-28", url="https://a.vn/b")
    assert found(*lines) == metadata
    assert marked(*lines) == [line for line in lines if line != PROSE]


def test_of_two_labelled_dates_the_first_counts_and_both_stay() -> None:
    lines = ("Ngày đăng: 23/08/2022", "Cập nhật: 24/08/2022", PROSE)
    assert found(*lines, language="vi") == Metadata(date="2022-08-23")
    assert marked(*lines, language="vi") == list(lines[:2])


@pytest.mark.parametrize("line", ["14:21 23/08/2022", "date 2022-08-23"])
def test_a_date_line_before_the_text(line: str) -> None:
    assert found(line, PROSE, language="vi") == Metadata(date="2022-08-23")
    assert marked(line, PROSE, language="vi") == [line]


@pytest.mark.parametrize(
    "lines",
    [
        ("Ngày khai giảng", "05/09/2024", PROSE),
        ("Lịch", "05/09/2024", "Nghỉ", "23/12/2024", PROSE),
    ],
)
def test_a_date_that_the_text_is_about_is_no_date_of_the_text(lines: tuple[str, ...]) -> None:
    assert found(*lines, language="vi") == Metadata()
    assert marked(*lines, language="vi") == []


def test_a_date_at_the_start_of_the_text_becomes_a_paragraph() -> None:
    draft = origin_of([Paragraph(f"date 2021-09 {PROSE}")], "en")
    assert draft.metadata == Metadata(date="2021-09")
    assert draft.paragraphs == (
        Paragraph("date 2021-09", ParagraphKind.ORIGIN),
        Paragraph(PROSE),
    )


def test_a_date_within_the_text_is_no_date_of_the_text() -> None:
    assert found(PROSE, "29/09/2021", "They went home.", language="vi") == Metadata()


def test_an_ambiguous_date_is_no_date() -> None:
    assert found("Date: 03/04/2022", PROSE) == Metadata()


def test_a_question_as_title_is_no_sentence_of_the_text() -> None:
    lines = ("Who met the ministers?", "28 August 2024", PROSE)
    assert found(*lines) == Metadata(date="2024-08-28")


def test_a_source_counts_between_sentences_too() -> None:
    lines = (PROSE, "Source: Vietnam News", "Another article.")
    assert found(*lines) == Metadata(source="Vietnam News")


def test_a_link_to_something_else_is_no_address_of_the_text() -> None:
    assert found(PROSE, "Link: https://a.vn/hop", "They will meet there.") == Metadata()


def test_sources_that_differ_count_for_nothing() -> None:
    lines = ("Source: World Bank", PROSE, "Source: Ministry of Finance")
    assert found(*lines) == Metadata()
    assert marked(*lines) == []


def test_an_attribution_counts_after_the_text_alone() -> None:
    assert found(PROSE, "(TTXVN/Vietnam+)") == Metadata(source="TTXVN/Vietnam+")
    assert found(PROSE, "Theo TTXVN") == Metadata(source="TTXVN")
    assert found("Theo Luật An ninh mạng", PROSE) == Metadata()


def test_a_byline_is_told_apart_from_the_text() -> None:
    assert found("By John Smith", PROSE) == Metadata()
    assert marked("By John Smith", PROSE) == ["By John Smith"]
