"""Wraps and blank lines: what is joined, and what is not."""

from __future__ import annotations

import pytest

from retrieval.reading.cleaning.paragraphs import paragraphs_of, rejoined
from retrieval.reading.draft import Paragraph, ParagraphKind


def whole(text: str) -> list[str]:
    return [paragraph.text for paragraph in rejoined(paragraphs_of([Paragraph(text)]).paragraphs)]


def test_hard_wraps_are_joined() -> None:
    text = (
        "During the meeting, Minister Quang thanked the ASEAN Chief and the ASEAN\n"
        "Secretariat for their support to the Ministry of Public Security in post-\n"
        "pandemic times. It was the third meeting of its kind. The next one is in\n"
        "Hanoi.\n"
        "Another paragraph begins here."
    )
    assert whole(text) == [
        "During the meeting, Minister Quang thanked the ASEAN Chief and the ASEAN Secretariat for"
        " their support to the Ministry of Public Security in post-pandemic times. It was the third"
        " meeting of its kind. The next one is in Hanoi.",
        "Another paragraph begins here.",
    ]


def test_a_paragraph_a_line_stays_so() -> None:
    long = "Hội nghị bàn về phòng, chống tội phạm xuyên quốc gia trong khu vực. " * 3
    assert whole(f"{long}\nTiêu đề phụ\n{long}") == [long.strip(), "Tiêu đề phụ", long.strip()]


def test_list_items_are_not_joined() -> None:
    text = (
        "- the first item of the list, too long for the line it had been put\n"
        "  on\n"
        "- the second\n"
        "1. Một\n"
        "b) hai"
    )
    assert whole(text) == [
        "- the first item of the list, too long for the line it had been put on",
        "- the second",
        "1. Một",
        "b) hai",
    ]


def test_a_sentence_cut_by_a_blank_line_is_joined() -> None:
    assert whole("các nước đã thảo luận về tác động của nó đối với\n\nan ninh trong khu vực.") == [
        "các nước đã thảo luận về tác động của nó đối với an ninh trong khu vực."
    ]


def test_a_sentence_cut_by_a_picture_is_joined_before_its_caption() -> None:
    text = (
        "The two ministers met on Tuesday and agreed on a plan for\n\n"
        "The ministers in Hanoi. (Photo: VNA)\n\n"
        "security in the region."
    )
    assert whole(text) == [
        "The two ministers met on Tuesday and agreed on a plan for security in the region.",
        "The ministers in Hanoi. (Photo: VNA)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met in Hanoi on the last Tuesday of May.\n\nthis begins small.",
        "The seven things that the ministers agreed on are:\n\nthis begins small.",
        "Highlights\n\nthis begins small.",
        "a) thông qua tuyên bố chung của tất cả các nước;\n\nb) thông qua kế hoạch",
        "Nước | Số vụ án trong năm nay của cả khu vực\n\nnga | ba",
    ],
)
def test_what_is_no_cut_sentence_is_not_joined(text: str) -> None:
    assert whole(text) == text.split("\n\n")


def test_boilerplate_parts_lines_and_goes() -> None:
    assert whole("First line\n{keywords}\nSecond line") == ["First line", "Second line"]


def test_what_is_left_out_is_listed() -> None:
    text = "First line\n{keywords}\n* * *\nXem thêm: Họp báo\nSecond line"
    assert paragraphs_of([Paragraph(text)]).left_out == ("{keywords}", "Xem thêm: Họp báo")


def test_columns_between_tabs_or_wide_gaps_become_rows() -> None:
    assert whole("Tên\tTuổi\nLan\t20") == ["Tên | Tuổi", "Lan | 20"]
    assert whole("BỘ Y TẾ        HÀ NỘI\nSố 5        Ngày 6") == [
        "BỘ Y TẾ | HÀ NỘI",
        "Số 5 | Ngày 6",
    ]
    assert whole("One\tline alone") == ["One line alone"]


def test_a_wrapped_word_is_no_boilerplate() -> None:
    text = "Ministers exchanged their\ncomments"
    assert whole(text) == ["Ministers exchanged their comments"]


def test_a_credit_joins_its_caption() -> None:
    assert whole("Đại tướng Tô Lâm phát biểu\nẢnh: TTXVN") == [
        "Đại tướng Tô Lâm phát biểu Ảnh: TTXVN"
    ]


def test_what_a_format_told_apart_stays_apart() -> None:
    heading = Paragraph("What the ministers of the ten countries agreed on", ParagraphKind.HEADING)
    prose = Paragraph("in May was a plan.")
    assert rejoined([heading, prose]) == [heading, prose]
