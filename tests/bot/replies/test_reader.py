from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lookups import find_document_page
from bot.replies.deep_links import Place
from bot.replies.reader import DocumentPage, document_keyboard, document_reply
from bot.texts import ENGLISH, VIETNAMESE, Texts
from retrieval.answers import Hit
from retrieval.documents import Document, Span
from retrieval.passages import passages_of
from tests.helpers.replies import LIMIT, SUMMIT_COPIED, hits, length, shown, texts
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, FakeRetriever

# Three paragraphs that make a passage each.
STORY = Document(name="story.txt", text="\n\n".join(f"{n} {'và ' * 99}hết." for n in "123"))


FIRST, SECOND, THIRD = passages_of(STORY)


COLLECTION = FakeRetriever(documents=(STORY, VISIT))


START = Span(0, 1)


def page_of(document: Document, offset: int, cited: Span = START) -> DocumentPage:
    page = find_document_page(Place(document.digits, cited), offset, COLLECTION)
    assert page is not None
    return page


def opened(offset: int, cited: Span = START) -> DocumentPage:
    return page_of(STORY, offset, cited)


def test_space_before_the_first_passage_belongs_to_it() -> None:
    indented = Document(name="a.txt", text="\n A met B.")
    place = Place(indented.hash[:16], START)
    page = find_document_page(place, 0, FakeRetriever(documents=(indented,)))
    assert page is not None
    assert page.number == 1


def test_a_page_of_a_document_says_which_it_is_and_marks_what_was_cited() -> None:
    page = DocumentPage((SUMMIT_HIT.passage, VISIT_HIT.passage), 2, Span(0, 46))
    assert document_reply(page, VIETNAMESE) == (
        "visit — <i>8/2024</i>\nĐoạn 2/2\n"
        "<blockquote><b>Minister Quang met Kao Kim Hourn in Vientiane.</b> "
        "They spoke about training.</blockquote>"
    )


def test_a_page_on_which_nothing_was_cited_is_plain() -> None:
    page = DocumentPage((VISIT_HIT.passage,), 1, Span(80, 90))
    assert document_reply(page, ENGLISH) == (
        f"visit — <i>August 2024</i>\nPassage 1 of 1\n<blockquote>{VISIT.text}</blockquote>"
    )


@given(hits(), texts, st.booleans())
def test_any_passage_is_a_message_that_telegram_takes(
    found: Hit, texts: Texts, whole: bool
) -> None:
    cited = found.passage.span if whole else found.highlight
    reply = document_reply(DocumentPage((found.passage,), 1, cited), texts)
    assert 0 < length(reply) <= LIMIT


def test_a_document_can_be_turned_copied_and_opened() -> None:
    later = replace(SUMMIT_HIT.passage, span=Span(95, 118))
    page = DocumentPage((VISIT_HIT.passage, SUMMIT_HIT.passage, later), 2, Span(44, 94))
    digits = SUMMIT.hash[:16]
    assert shown(document_keyboard(page, VIETNAMESE)) == [
        [("◀", f"turn:{digits}:0:44:94"), ("▶", f"turn:{digits}:95:44:94")],
        [
            ("📋 Sao chép", SUMMIT_COPIED),
            ("🔗 Mở", "https://example.org/ammtc?id=15&lang=vi"),
        ],
    ]


def test_a_page_on_which_nothing_was_cited_is_copied_from_its_start() -> None:
    page = DocumentPage((VISIT_HIT.passage,), 1, Span(90, 99))
    assert shown(document_keyboard(page, ENGLISH)) == [
        [("📋 Copy", f"“{VISIT.text}” — visit, August 2024")]
    ]


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
