"""Presentations: titles, lists, tables, groups, notes, hidden slides."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches

from retrieval.reading.draft import Draft, ParagraphKind
from retrieval.reading.formats.powerpoint import read
from retrieval.reading.parser import parse
from retrieval.refusals import Cause, ReadingWarning, UnreadableError
from tests.helpers.word_bytes import rewritten

HEADING, HEADS = ParagraphKind.HEADING, ParagraphKind.HEADER_ROW
_AREA = (Inches(1), Inches(1), Inches(5), Inches(2))


def deck(*titles: str) -> Any:  # noqa: ANN401
    """A presentation with slides of these titles and a text each."""
    made = Presentation()
    for title in titles:
        made.slides.add_slide(made.slide_layouts[1]).shapes.title.text = title
    return made


def saved(made: Any) -> bytes:  # noqa: ANN401
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def texts(draft: Draft) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs]


def test_each_slide_is_a_section_and_a_page_with_its_notes() -> None:
    made = deck("Kế hoạch năm 2024", "Mục tiêu")
    made.slides[0].placeholders[1].text = "Phòng Kế hoạch"
    made.slides[1].placeholders[1].text = "Xây ba cầu\nTrồng rừng"
    made.slides[1].notes_slide.notes_text_frame.text = "Nhắc hạn 30/6."
    document = parse("ke-hoach.pptx", saved(made))
    assert document.text == (
        "Kế hoạch năm 2024\n\nPhòng Kế hoạch\n\nMục tiêu\n\n- Xây ba cầu\n\n- Trồng rừng\n\n"
        "Nhắc hạn 30/6."
    )
    assert document.title == "Kế hoạch năm 2024"
    headings = {one.span.of(document.text): one.level for one in document.headings}
    assert headings["Kế hoạch năm 2024"] == headings["Mục tiêu"] == 1
    assert [(start.page, document.text[start.offset :][:3]) for start in document.page_starts] == [
        (1, "Kế "),
        (2, "Mục"),
    ]


def test_a_table_has_the_heads_that_the_slide_shows_as_such() -> None:
    made = deck("Kinh phí")
    table = made.slides[0].shapes.add_table(4, 3, *_AREA).table
    rows = (["Việc", "Số tiền", "Người"], ["Cầu", "5 tỷ", "Lan"], ["Rừng", "", "Hoa"], ["", "", ""])
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    draft = read(saved(made))
    assert [(one.text, one.kind is HEADS) for one in draft.paragraphs[1:]] == [
        ("Việc | Số tiền | Người", True),
        ("Cầu | 5 tỷ | Lan", False),
        ("Rừng | 5 tỷ | Hoa", False),
    ]


def test_text_boxes_in_groups_are_read_after_the_title() -> None:
    made = deck("")
    slide = made.slides[0]
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(*_AREA).text_frame.text = "In a group"
    slide.shapes.add_textbox(*_AREA).text_frame.text = "A line\vand its rest"
    slide.shapes.title.text = "The\vtitle"
    assert texts(read(saved(made))) == ["The title", "In a group", "A line\nand its rest"]


def test_numbers_and_bullets_that_the_text_says() -> None:
    made = deck("Steps")
    made.slides[0].placeholders[1].text = "one\ntwo\nplain\nthree"
    data = saved(made)
    number = b'<a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr>'
    for word in (b"one", b"two"):
        run = b"<a:r><a:t>%s</a:t></a:r>" % word
        data = rewritten(data, run, number + run)
    plain = b"<a:r><a:t>plain</a:t></a:r>"
    data = rewritten(data, plain, b"<a:pPr><a:buNone/></a:pPr>" + plain)
    assert texts(read(data)) == ["Steps", "1. one", "2. two", "plain", "- three"]


def test_hidden_slides_and_shapes_are_left_out_and_slides_named() -> None:
    made = deck("One", "Two", "Three")
    made.slides[1]._element.set("show", "0")
    box = made.slides[2].shapes.add_textbox(*_AREA)
    box.text_frame.text = "Hidden"
    box._element.nvSpPr.cNvPr.set("hidden", "1")
    draft = read(saved(made))
    assert [(one.text, one.page) for one in draft.paragraphs] == [("One", 1), ("Three", 3)]
    assert draft.warnings == (ReadingWarning(Cause.HIDDEN_SLIDES, {"slides": "2"}),)


def test_the_title_in_the_properties_counts_where_the_first_slide_has_none() -> None:
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    slide.shapes.add_textbox(*_AREA).text_frame.text = "They met in Hanoi."
    made.core_properties.title = "Kết quả hội nghị lần ba"
    assert read(saved(made)).metadata.title == "Kết quả hội nghị lần ba"
    made.core_properties.title = "PowerPoint Presentation"
    assert read(saved(made)).metadata.title == ""


def test_what_cannot_be_read() -> None:
    cases = {b"PK": Cause.DAMAGED, saved(Presentation()): Cause.EMPTY}
    cases[b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")] = Cause.ENCRYPTED
    for data, cause in cases.items():
        with pytest.raises(UnreadableError) as error:
            parse("a.pptx", data)
        assert error.value.cause is cause
