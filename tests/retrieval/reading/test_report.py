"""A document as `python -m retrieval read` shows it."""

import json
from dataclasses import replace

from retrieval.documents import Document, Heading, Span
from retrieval.pages import PageStart
from retrieval.reading.report import as_json, as_text
from retrieval.refusals import Cause, ReadingWarning

DOCUMENT = Document(
    "họp.md",
    "Mở đầu\n\nHọp lúc chín giờ.\n\nKết",
    "Tiêu đề",
    "2021-09-29",
    language="vi",
    headings=(Heading(Span(0, 6)), Heading(Span(27, 30), 2)),
    left_out=("Chia sẻ", "In bài"),
    warnings=(ReadingWarning(Cause.BLANK_PAGES, {"pages": "2, 5-7"}),),
)


def test_a_document_for_people() -> None:
    assert as_text(DOCUMENT) == (
        "họp.md\n"
        "title:      Tiêu đề\n"
        "date:       2021-09-29\n"
        "source:     -\n"
        "url:        -\n"
        "language:   vi\n"
        "headings:   Mở đầu\n"
        "            Kết\n"
        "pages:      -\n"
        "recognised: -\n"
        "left out:   Chia sẻ\n"
        "            In bài\n"
        "warnings:   page 2, 5-7: a picture in which no text was found\n"
        "\n"
        "Mở đầu\n\nHọp lúc chín giờ.\n\nKết\n"
    )


def test_a_document_as_json() -> None:
    line = as_json(DOCUMENT)
    assert "\n" not in line
    assert json.loads(line) == {
        "document": "họp.md",
        "title": "Tiêu đề",
        "date": "2021-09-29",
        "source": "",
        "url": "",
        "language": "vi",
        "headings": ["Mở đầu", "Kết"],
        "pages": None,
        "recognised": False,
        "left_out": ["Chia sẻ", "In bài"],
        "warnings": ["page 2, 5-7: a picture in which no text was found"],
        "text": DOCUMENT.text,
    }


def test_the_pages_that_have_text() -> None:
    starts = (PageStart(0, 1), PageStart(8, 2), PageStart(27, 4))
    paged = replace(DOCUMENT, page_starts=starts)
    assert json.loads(as_json(paged))["pages"] == [1, 2, 4]
    assert "\npages:      1–2, 4\n" in as_text(paged)


def test_what_was_recognised_in_a_picture() -> None:
    recognised = replace(DOCUMENT, recognised=(Span(8, 25),))
    assert json.loads(as_json(recognised))["recognised"] is True
    assert "\nrecognised: in part\n" in as_text(recognised)
    whole = replace(DOCUMENT, recognised=(Span(0, 6), Span(8, 25), Span(27, 30)))
    assert "\nrecognised: all\n" in as_text(whole)
