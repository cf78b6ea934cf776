"""Where the pages of a file begin in a text."""

from __future__ import annotations

import pytest

from retrieval.documents import Document, Passage, Span
from retrieval.pages import PageStart, listed, pages_between, without_repeats

STARTS = (PageStart(0, 1), PageStart(10, 2), PageStart(20, 4))


@pytest.mark.parametrize(
    ("start", "end", "pages"),
    [
        (0, 10, (1,)),
        (9, 11, (1, 2)),
        (10, 20, (2,)),
        (10, 21, (2, 4)),
        (5, 40, (1, 2, 4)),
        (30, 40, (4,)),
        (10, 10, (2,)),
    ],
)
def test_a_span_has_the_pages_that_it_touches(start: int, end: int, pages: tuple[int, ...]) -> None:
    assert pages_between(STARTS, start, end) == pages


def test_a_text_without_pages_has_none() -> None:
    assert pages_between((), 0, 10) == ()


def test_pages_ascend_where_a_footnote_goes_back() -> None:
    starts = (PageStart(0, 3), PageStart(10, 4), PageStart(20, 3), PageStart(30, 4))
    assert pages_between(starts, 12, 25) == (3, 4)
    assert pages_between(starts, 21, 25) == (3,)


def test_only_another_page_begins() -> None:
    repeated = [PageStart(0, 1), PageStart(5, 1), PageStart(9, 2), PageStart(12, 1)]
    assert list(without_repeats(repeated)) == [repeated[0], repeated[2], repeated[3]]


def test_pages_as_a_citation_has_them() -> None:
    assert [listed(pages) for pages in ((3,), (3, 4), (2, 3, 4, 9), (1, 3))] == [
        "3",
        "3–4",
        "2–4, 9",
        "1, 3",
    ]


def test_a_passage_has_its_document_s_pages() -> None:
    document = Document("a.pdf", "x" * 40, page_starts=STARTS)
    assert Passage(document, Span(8, 22), ()).pages == (1, 2, 4)
    assert document.pages_of(Span(8, 9)) == (1,)
