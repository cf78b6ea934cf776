"""Title, date, source and address found in a text's own lines, and what is left of it."""

from __future__ import annotations

import pytest

from retrieval.reading.cleaning.origins import origin_of
from retrieval.reading.draft import Metadata, Paragraph

PROSE = "The ministers met."


def found(*lines: str, language: str = "en") -> tuple[Metadata, list[str]]:
    draft = origin_of([Paragraph(line) for line in lines], language)
    return draft.metadata, [paragraph.text for paragraph in draft.paragraphs]


def test_labels_become_metadata() -> None:
    lines = (
        "Title: A meeting",
        "Date: 28 August 2024",
        "By: A. Person",
        PROSE,
        "Link: https://a.vn/b",
    )
    metadata = Metadata(title="A meeting", date="2024-08-28", url="https://a.vn/b")
    assert found(*lines) == (metadata, [PROSE])


def test_of_two_dates_the_first_counts_and_both_go() -> None:
    lines = ("Ngày đăng: 23/08/2022", "Cập nhật: 24/08/2022", PROSE)
    assert found(*lines, language="vi") == (Metadata(date="2022-08-23"), [PROSE])


@pytest.mark.parametrize("line", ["14:21 23/08/2022", "date 2022-08-23"])
def test_a_date_line_before_the_text(line: str) -> None:
    assert found(line, PROSE, language="vi") == (Metadata(date="2022-08-23"), [PROSE])


def test_a_date_at_the_start_of_the_text_is_taken_from_it() -> None:
    assert found(f"date 2021-09 {PROSE}") == (Metadata(date="2021-09"), [PROSE])


def test_a_date_within_the_text_is_no_date_of_the_text() -> None:
    lines = (PROSE, "29/09/2021", "They went home.")
    assert found(*lines, language="vi") == (Metadata(), list(lines))


def test_an_ambiguous_date_stays_in_the_text() -> None:
    assert found("Date: 03/04/2022", PROSE) == (Metadata(), ["Date: 03/04/2022", PROSE])


def test_a_question_as_title_is_no_sentence_of_the_text() -> None:
    lines = ("Who met the ministers?", "28 August 2024", PROSE)
    assert found(*lines) == (Metadata(date="2024-08-28"), ["Who met the ministers?", PROSE])


def test_a_source_counts_between_sentences_too() -> None:
    lines = (PROSE, "Source: Vietnam News", "Another article.")
    assert found(*lines) == (Metadata(source="Vietnam News"), [PROSE, "Another article."])


def test_sources_that_differ_count_for_nothing() -> None:
    lines = ("Source: World Bank", PROSE, "Source: Ministry of Finance")
    assert found(*lines) == (Metadata(), list(lines))


def test_an_attribution_counts_after_the_text_alone() -> None:
    assert found(PROSE, "(TTXVN/Vietnam+)") == (Metadata(source="TTXVN/Vietnam+"), [PROSE])
    assert found(PROSE, "Theo TTXVN") == (Metadata(source="TTXVN"), [PROSE])
    assert found("Theo Luật An ninh mạng", PROSE) == (Metadata(), ["Theo Luật An ninh mạng", PROSE])


def test_a_byline_goes() -> None:
    assert found("By John Smith", PROSE) == (Metadata(), [PROSE])
