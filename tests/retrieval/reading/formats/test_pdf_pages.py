"""The pages that a PDF's text stands on."""

from __future__ import annotations

from retrieval.documents import Document, Span
from retrieval.reading.parser import parse
from tests.helpers.pdf_bytes import Drawn, Text, drawn_pdf, lines_at, pdf

ONE = (
    "The reading room opens at eight on every day of the week and",
    "closes at five. Its lamps are lent to readers who have left a",
    "deposit at the desk, and the deposit is paid back when a lamp",
)
TWO = (
    "is returned unbroken. The catalogue of the maps lies on the",
    "long table below the window and is copied once in a year.",
)


def page_of(document: Document, words: str) -> tuple[int, ...]:
    start = document.text.index(words)
    return document.pages_of(Span(start, start + len(words)))


def test_a_sentence_over_a_page_break_stands_on_both_pages() -> None:
    document = parse("a.pdf", pdf(ONE, TWO))
    assert page_of(document, "The reading room opens") == (1,)
    assert page_of(document, "when a lamp is returned unbroken.") == (1, 2)
    assert page_of(document, "The catalogue of the maps") == (2,)
    assert "when a lamp is returned" in document.text
    assert [start.page for start in document.page_starts] == [1, 2]


def test_a_page_without_text_is_counted() -> None:
    picture = Drawn([], picture=True)
    pages = [Drawn(lines_at(60, 700, *lines)) for lines in (ONE, TWO)]
    document = parse("a.pdf", drawn_pdf(pages[0], picture, Drawn([]), pages[1]))
    assert page_of(document, "is returned unbroken") == (4,)
    assert [start.page for start in document.page_starts] == [1, 4]


def test_a_word_cut_by_the_page_break_belongs_to_the_page_where_it_begins() -> None:
    first = (*ONE[:2], "deposit at the desk, and every deposit is paid at the next inspec-")
    second = ("tion of the lamps, which the board orders once in every quarter.",)
    document = parse("a.pdf", pdf(first, second))
    assert "the next inspection of the lamps" in document.text
    assert page_of(document, "the next inspection") == (1,)
    assert page_of(document, "of the lamps, which") == (2,)


def test_running_heads_shift_no_page() -> None:
    def page(number: int, *lines: str) -> Drawn:
        head = Text(60, 770, "Rules of the reading room")
        return Drawn([head, *lines_at(60, 700, *lines), Text(300, 30, str(number))])

    rules = [
        (f"Rule {name} tells the readers what they must do with lamps.",)
        for name in ("alpha", "beta", "gamma", "delta")
    ]
    document = parse("a.pdf", drawn_pdf(*(page(n, *lines) for n, lines in enumerate(rules, 1))))
    assert document.text.count("Rules of the reading room") == 0
    assert page_of(document, "Rule gamma") == (3,)
    assert page_of(document, "Rule delta") == (4,)


def test_a_footnote_before_the_rest_of_a_paragraph_keeps_its_page() -> None:
    note = [Text(60, 60, "1 The deposit is twenty coins.", 8)]
    first = Drawn([*lines_at(60, 700, *ONE), *note])
    document = parse("a.pdf", drawn_pdf(first, Drawn(lines_at(60, 700, *TWO))))
    assert "when a lamp is returned" in document.text
    assert page_of(document, "The deposit is twenty coins") == (1,)
    assert page_of(document, "The catalogue of the maps") == (2,)


def test_other_formats_have_no_pages() -> None:
    assert parse("a.txt", b"They met at noon.").page_starts == ()
