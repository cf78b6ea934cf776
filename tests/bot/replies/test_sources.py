from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citations import Citation
from bot.replies.answers import AnswerPage, page_reply
from bot.replies.callback_data import TurnCollection
from bot.replies.collection import CollectionPage, turning_keyboard
from bot.replies.quotations import Loss, Quotation
from bot.replies.sources import collection_reply, sources_keyboard, sources_reply
from bot.texts import ENGLISH, VIETNAMESE, Texts
from retrieval.answers import Hit
from retrieval.documents import Document
from retrieval.pages import PageStart
from tests.helpers.replies import (
    LIMIT,
    SUMMIT_COPIED,
    VISIT_COPIED,
    entities,
    hits,
    length,
    page_of,
    shown,
    texts,
)
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, answer, hit


def test_ten_documents_are_one_page() -> None:
    assert CollectionPage.of([VISIT] * 10, 1) == CollectionPage((VISIT,) * 10, 1, 1, 10)


def test_the_eleventh_stands_on_the_second() -> None:
    page = CollectionPage.of([*[VISIT] * 10, SUMMIT], 2)
    assert page == CollectionPage((SUMMIT,), number=2, count=2, total=11)
    assert list(page.numbered()) == [(11, SUMMIT)]


@pytest.mark.parametrize(
    ("documents", "asked", "shown"), [(0, 9, 1), (10, 9, 1), (21, 9, 3), (21, 0, 1)]
)
def test_a_page_that_there_is_not_is_the_nearest_one(
    documents: int, asked: int, shown: int
) -> None:
    assert CollectionPage.of([VISIT] * documents, asked).number == shown


@pytest.mark.parametrize(
    ("source", "date", "expected"),
    [
        ("", "", "1. AMMTC"),
        ("VNA", "", "1. AMMTC — <i>VNA</i>"),
        ("", "2021", "1. AMMTC — <i>2021</i>"),
        ("VNA", "2021-09", "1. AMMTC — <i>VNA, September 2021</i>"),
    ],
)
def test_only_what_is_known_of_a_document_is_shown(source: str, date: str, expected: str) -> None:
    document = Document(name="a.txt", text="", title="AMMTC", source=source, date=date)
    page = CollectionPage.of([document], 1)
    assert collection_reply(page, ENGLISH) == f"<b>Documents (1)</b>\n{expected}"


def test_long_titles_and_names_are_cut() -> None:
    document = Document(name="b" * 500 + ".txt", text="A met B.", title="T" * 500, source="S" * 500)
    cited = sources_reply(page_of(hit(document, "A met B.")), ENGLISH, "TrichDanBot")
    assert cited == (
        f"<b>Sources</b>\n\n<b>[1]</b> {'T' * 119}… — <i>{'S' * 59}…</i>\n"
        f"File {'b' * 119}…, characters 0–8"
        f' · <a href="https://t.me/TrichDanBot?start=src_{document.hash[:16]}_0_8">'
        "show the passage</a>\n"
        "<blockquote>A met B.</blockquote>"
    )


@pytest.mark.parametrize("number", [1, 2])
def test_the_nearest_passages_are_not_passed_off_as_an_answer(number: int) -> None:
    page = AnswerPage((Quotation.of(VISIT_HIT),), number, count=2, answered=False)
    assert page_reply(page, ENGLISH).startswith(f"{ENGLISH.nearest_passages}\n\n<b>[")
    shown = sources_reply(page, ENGLISH, "TrichDanBot")
    assert shown.startswith(f"{ENGLISH.nearest_passages}\n\n<b>[")


@pytest.mark.parametrize(
    ("loss", "said"), [(Loss.CHANGED, ENGLISH.changed), (Loss.GONE, ENGLISH.gone)]
)
def test_of_a_lost_document_its_origin_is_left_and_what_became_of_it(loss: Loss, said: str) -> None:
    lost = Quotation(Citation.of(VISIT_HIT), loss)
    page = AnswerPage((lost, Quotation.of(VISIT_HIT)), 1, 1, answered=True)
    assert page_reply(page, ENGLISH) == (
        f"<b>[1]</b> visit — <i>August 2024</i>\n{said}\n\n"
        "<b>[2]</b> visit — <i>August 2024</i>\n"
        "<blockquote expandable><b>Minister Quang met Kao Kim Hourn in Vientiane.</b> "
        "They spoke about training.</blockquote>"
    )
    alone = AnswerPage((lost,), 1, 1, answered=True)
    assert sources_reply(alone, ENGLISH, "TrichDanBot") == (
        "<b>Sources</b>\n\n<b>[1]</b> visit — <i>August 2024</i>\n"
        f"File visit.pdf, characters 0–73\n{said}"
    )


def test_the_sources_are_listed_in_full() -> None:
    assert sources_reply(page_of(SUMMIT_HIT, VISIT_HIT), VIETNAMESE, "TrichDanBot") == (
        "<b>Nguồn trích dẫn</b>\n\n"
        '<b>[1]</b> <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29/9/2021</i>\n"
        "Tệp 2021/hoi_nghi_ammtc_15.txt, ký tự 0–118"
        f' · <a href="https://t.me/TrichDanBot?start=src_{SUMMIT.hash[:16]}_44_94">'
        "xem đoạn trích</a>\n"
        "<blockquote>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</blockquote>\n\n"
        "<b>[2]</b> visit — <i>8/2024</i>\n"
        "Tệp visit.pdf, ký tự 0–73"
        f' · <a href="https://t.me/TrichDanBot?start=src_{VISIT.hash[:16]}_0_46">'
        "xem đoạn trích</a>\n"
        "<blockquote>Minister Quang met Kao Kim Hourn in Vientiane.</blockquote>"
    )


def test_the_collection_is_listed_with_its_numbers() -> None:
    page = CollectionPage((SUMMIT, VISIT), number=2, count=2, total=12)
    assert collection_reply(page, VIETNAMESE) == (
        "<b>Kho tài liệu (12)</b>\n"
        '11. <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29/9/2021</i>\n"
        "12. visit — <i>8/2024</i>"
    )


def test_an_empty_collection_has_no_documents() -> None:
    assert collection_reply(CollectionPage.of([], 1), ENGLISH) == "<b>Documents (0)</b>"


@given(st.lists(hits(), max_size=9), texts)
def test_any_collection_is_a_message_that_telegram_takes(found: list[Hit], texts: Texts) -> None:
    documents = [one.document for one in found] * 30
    reply = collection_reply(CollectionPage.of(documents, 1), texts)
    assert 0 < length(reply) <= LIMIT
    assert entities(reply) <= 100


def test_every_source_can_be_copied() -> None:
    page = AnswerPage.first(answer(SUMMIT_HIT, VISIT_HIT))
    assert shown(sources_keyboard(page, VIETNAMESE)) == [
        [("📋 [1]", SUMMIT_COPIED), ("📋 [2]", VISIT_COPIED)]
    ]


@pytest.mark.parametrize(
    ("number", "count", "buttons"),
    [
        (1, 3, [("▶", "list:2")]),
        (2, 3, [("◀", "list:1"), ("▶", "list:3")]),
        (3, 3, [("◀", "list:2")]),
    ],
)
def test_the_list_of_documents_turns(
    number: int, count: int, buttons: list[tuple[str, str]]
) -> None:
    page = CollectionPage((VISIT,), number, count, 30)
    assert shown(turning_keyboard(TurnCollection, page)) == [buttons]


def test_a_list_on_one_page_has_no_buttons() -> None:
    assert turning_keyboard(TurnCollection, CollectionPage.of([VISIT], 1)) is None


@pytest.mark.parametrize(
    ("texts", "starts", "expected"),
    [
        (VIETNAMESE, (PageStart(0, 3),), "<i>8/2024, tr. 3</i>"),
        (VIETNAMESE, (PageStart(0, 3), PageStart(9, 4)), "<i>8/2024, tr. 3–4</i>"),
        (ENGLISH, (PageStart(0, 3),), "<i>August 2024, p. 3</i>"),
        (ENGLISH, (PageStart(0, 3), PageStart(9, 5)), "<i>August 2024, pp. 3, 5</i>"),
    ],
)
def test_answers_and_sources_name_the_pages(
    texts: Texts, starts: tuple[PageStart, ...], expected: str
) -> None:
    paged = replace(VISIT, page_starts=starts)
    page = page_of(hit(paged, "They spoke about training."))
    assert expected in page_reply(page, texts)
    assert expected in sources_reply(page, texts, "TrichDanBot")


def test_the_link_to_a_pdf_opens_it_at_the_page() -> None:
    paged = replace(VISIT, page_starts=(PageStart(0, 3),), url="https://a.vn/b.pdf")
    cited = sources_reply(page_of(hit(paged, "They spoke about training.")), ENGLISH, "TrichDanBot")
    assert '<a href="https://a.vn/b.pdf#page=3">visit</a>' in cited
