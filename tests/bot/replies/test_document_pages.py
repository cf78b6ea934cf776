from __future__ import annotations

import pytest

from bot.replies.deep_links import Place
from bot.replies.reader import DocumentPage
from retrieval.documents import Document, Span
from retrieval.passages import passages_of
from tests.helpers.samples import VISIT, FakeRetriever

# Three paragraphs that make a passage each.
STORY = Document(name="story.txt", text="\n\n".join(f"{n} {'và ' * 99}hết." for n in "123"))
FIRST, SECOND, THIRD = passages_of(STORY)
COLLECTION = FakeRetriever(documents=(STORY, VISIT))
START = Span(0, 1)


def page_of(document: Document, offset: int, cited: Span = START) -> DocumentPage:
    page = DocumentPage.at(offset, Place(document.hash[:16], cited), COLLECTION)
    assert page is not None
    return page


def opened(offset: int, cited: Span = START) -> DocumentPage:
    return page_of(STORY, offset, cited)


@pytest.mark.parametrize(
    ("offset", "number"),
    [
        (0, 1),
        (SECOND.span.start - 1, 1),
        (SECOND.span.start, 2),
        (SECOND.span.end - 1, 2),
        (SECOND.span.end, 2),  # the blank line behind it
        (THIRD.span.start, 3),
        (10**8, 3),
    ],
)
def test_a_document_opens_at_the_passage_that_holds_the_offset(offset: int, number: int) -> None:
    page = opened(offset)
    assert page.number == number
    assert page.passage == page.passages[number - 1]
    assert page.document is STORY


def test_a_passage_stands_between_its_neighbours() -> None:
    assert opened(0).neighbours == (None, SECOND)
    assert opened(SECOND.span.start).neighbours == (FIRST, THIRD)
    assert opened(THIRD.span.start).neighbours == (SECOND, None)
    assert page_of(VISIT, 0).neighbours == (None, None)


def test_space_before_the_first_passage_belongs_to_it() -> None:
    indented = Document(name="a.txt", text="\n A met B.")
    place = Place(indented.hash[:16], START)
    page = DocumentPage.at(0, place, FakeRetriever(documents=(indented,)))
    assert page is not None
    assert page.number == 1


@pytest.mark.parametrize(
    ("cited", "highlight"),
    [
        (Span(SECOND.span.start + 2, SECOND.span.end - 5),) * 2,
        (Span(0, SECOND.span.start + 9), Span(SECOND.span.start, SECOND.span.start + 9)),
        (Span(SECOND.span.end - 5, len(STORY.text)), Span(SECOND.span.end - 5, SECOND.span.end)),
        (SECOND.span, None),  # all of it: nothing stands out
        (FIRST.span, None),
        (THIRD.span, None),
    ],
)
def test_what_was_cited_of_the_page_stands_out(cited: Span, highlight: Span | None) -> None:
    assert opened(SECOND.span.start, cited).highlight == highlight
