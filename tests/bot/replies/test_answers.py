from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from bot.citations import Citation
from bot.lookups import find_answer_page
from bot.replies.answers import AnswerPage, answer_keyboard, page_reply
from bot.replies.quotations import Loss, Quotation
from bot.replies.sources import (
    sources_keyboard,
    sources_reply,
)
from bot.store import GivenAnswer
from bot.texts import ENGLISH, VIETNAMESE, Texts
from retrieval.documents import Heading, Span
from tests.helpers.replies import (
    LIMIT,
    READ_SUMMIT,
    READ_VISIT,
    SUMMIT_CITED,
    SUMMIT_COPIED,
    VISIT_CITED,
    VISIT_COPIED,
    entities,
    length,
    page_of,
    pages,
    shown,
    texts,
)
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, FakeRetriever, answer, hit

BOTH = FakeRetriever()


def given_answer(citations: int, answered: bool = True) -> GivenAnswer:
    cited = (Citation.of(SUMMIT_HIT), *[Citation.of(VISIT_HIT)] * (citations - 1))
    return GivenAnswer(
        chat_id=7,
        message_id=2,
        thread_id=None,
        user_id=7,
        question_id=1,
        question="Ai?",
        language="vi",
        answered=answered,
        asked_at=datetime(2021, 9, 29, tzinfo=UTC),
        citations=cited,
    )


def test_the_first_page_shows_the_best_three() -> None:
    page = AnswerPage.first(answer(SUMMIT_HIT, *[VISIT_HIT] * 9))
    summit, visit = Quotation.of(SUMMIT_HIT), Quotation.of(VISIT_HIT)
    assert page == AnswerPage((summit, visit, visit), number=1, count=4, answered=True)


def test_the_first_page_is_shown_again_as_it_was() -> None:
    page = AnswerPage.first(answer(SUMMIT_HIT, *[VISIT_HIT] * 9))
    assert find_answer_page(given_answer(10), 1, BOTH) == page


def test_quotations_are_numbered_through_all_pages() -> None:
    page = find_answer_page(given_answer(10), 2, BOTH)
    assert [number for number, _ in page.numbered()] == [4, 5, 6]
    last = find_answer_page(given_answer(10), 4, BOTH)
    assert [number for number, _ in last.numbered()] == [10]


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (2, 2), (3, 2), (999, 2)])
def test_a_page_that_there_is_not_is_the_nearest_one(asked: int, shown: int) -> None:
    assert find_answer_page(given_answer(6), asked, BOTH).number == shown


def test_what_was_not_answered_stays_so() -> None:
    assert find_answer_page(given_answer(3, answered=False), 1, BOTH).answered is False


def test_what_is_lost_keeps_its_place() -> None:
    page = find_answer_page(given_answer(2), 1, FakeRetriever(documents=(VISIT,)))
    assert [quotation.passage for quotation in page.quotations] == [Loss.GONE, VISIT_HIT.passage]


def test_the_next_page_says_that_it_is_not_the_best() -> None:
    page = AnswerPage((Quotation.of(VISIT_HIT),), number=2, count=2, answered=True)
    assert page_reply(page, ENGLISH) == (
        f"{ENGLISH.further}\n\n"
        "<b>[4]</b> visit — <i>August 2024</i>\n"
        "<blockquote><b>Minister Quang met Kao Kim Hourn in Vientiane.</b> "
        "They spoke about training.</blockquote>"
    )


@given(pages().filter(lambda page: page.quotations), texts)
def test_any_page_is_a_message_that_telegram_takes(page: AnswerPage, texts: Texts) -> None:
    for reply in (page_reply(page, texts), sources_reply(page, texts, "x" * 32)):
        assert 0 < length(reply) <= LIMIT
        assert entities(reply) <= 100


def test_an_answer_can_be_read_turned_copied_opened_and_rated() -> None:
    page = AnswerPage.first(answer(SUMMIT_HIT, VISIT_HIT, VISIT_HIT, VISIT_HIT))
    assert shown(answer_keyboard(page, VIETNAMESE)) == [
        [("📖 [1]", READ_SUMMIT), ("📖 [2]", READ_VISIT), ("📖 [3]", READ_VISIT), ("▶", "more:2")],
        [
            ("📋 Sao chép [1]", SUMMIT_COPIED),
            ("🔗 Mở [1]", "https://example.org/ammtc?id=15&lang=vi"),
        ],
        [("📚 Nguồn", "sources:1"), ("👍", "rate:up"), ("👎", "rate:down")],
    ]


def test_a_page_in_the_middle_turns_both_ways() -> None:
    page = AnswerPage((Quotation.of(VISIT_HIT),) * 3, number=2, count=3, answered=True)
    first, second, third = shown(answer_keyboard(page, VIETNAMESE))
    assert first == [
        ("◀", "more:1"),
        ("📖 [4]", READ_VISIT),
        ("📖 [5]", READ_VISIT),
        ("📖 [6]", READ_VISIT),
        ("▶", "more:3"),
    ]
    assert second == [("📋 Sao chép [4]", VISIT_COPIED)]
    assert third[0] == ("📚 Nguồn", "sources:2")


def test_a_single_excerpt_needs_no_number() -> None:
    keyboard = answer_keyboard(AnswerPage.first(answer(VISIT_HIT)), VIETNAMESE)
    assert shown(keyboard)[:2] == [
        [("📖 Đọc trong tài liệu", READ_VISIT)],
        [("📋 Sao chép", VISIT_COPIED)],
    ]


def test_what_is_no_answer_is_not_rated() -> None:
    page = AnswerPage.first(answer(VISIT_HIT, answered=False))
    assert shown(answer_keyboard(page, ENGLISH))[-1] == [("📚 Sources", "sources:1")]


def test_what_is_lost_can_be_neither_read_nor_copied() -> None:
    lost = Quotation(SUMMIT_CITED, Loss.GONE)
    page = AnswerPage((lost, Quotation.of(VISIT_HIT)), 1, 1, answered=True)
    assert shown(answer_keyboard(page, ENGLISH))[:2] == [
        [("📖 Read in the document", READ_VISIT)],
        [("📚 Sources", "sources:1"), ("👍", "rate:up"), ("👎", "rate:down")],
    ]
    assert shown(sources_keyboard(page, VIETNAMESE)) == [[("📋 [2]", VISIT_COPIED)]]
    nothing = AnswerPage((lost,), 1, 1, answered=True)
    assert shown(answer_keyboard(nothing, ENGLISH)) == [
        [("📚 Sources", "sources:1"), ("👍", "rate:up"), ("👎", "rate:down")]
    ]
    assert sources_keyboard(nothing, ENGLISH) is None


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.org", True),
        ("http://example.org:8080/a", True),
        ("https://vi.example.org/tin-tức?id=1#2", True),
        ("", False),
        ("https://localhost/a", False),
        ("https://example.org/a b", False),
        ("https://user@example.org/", False),
        ("ftp://example.org", False),
        ("example.org", False),
        ("https://example..org", False),
        ("https://example.org/".ljust(2049, "x"), False),
    ],
)
def test_only_what_telegram_opens_becomes_a_button(url: str, opens: bool) -> None:
    found = hit(replace(VISIT, url=url), VISIT_CITED.quote)
    keyboard = answer_keyboard(AnswerPage.first(answer(found)), ENGLISH)
    assert any(b.url == url for row in keyboard.inline_keyboard for b in row) is opens


def test_the_headings_above_an_excerpt_stand_above_it() -> None:
    first = Span(0, len("Hội nghị diễn ra theo hình thức trực tuyến."))
    document = replace(SUMMIT, headings=(Heading(first),))
    found = replace(SUMMIT_HIT, passage=replace(SUMMIT_HIT.passage, document=document))
    shown = page_reply(AnswerPage.first(answer(found)), VIETNAMESE)
    assert "\n› Hội nghị diễn ra theo hình thức trực tuyến.\n<blockquote>" in shown


@pytest.mark.parametrize(
    ("texts", "restored", "told"),
    [
        (VIETNAMESE, "Ai dự? after:2024-08 before:2024-09", "của tháng 8/2024"),
        (VIETNAMESE, "Ai dự? before:2023", "trước năm 2023"),
        (VIETNAMESE, "Ai dự? after:2024-06 source:<b>", "từ tháng 6/2024, nguồn &lt;b&gt;"),
        (VIETNAMESE, "Ai dự? after:2022 before:2024", "từ năm 2022 đến hết năm 2023"),
        (VIETNAMESE, "Ai dự? after:2024-08-05 before:2024-08-06", "của ngày 5/8/2024"),
        (ENGLISH, "Ai dự? after:2024-08 before:2024-10", "from August 2024 to September 2024"),
        (ENGLISH, "Ai dự? source:TTXVN", "published by TTXVN"),
        (ENGLISH, "Ai dự? after:2024-08-05", "since 5 August 2024"),
        (ENGLISH, "Ai dự? after:2024-08-05 before:2024-09", "from 5 August 2024 to 31 August 2024"),
    ],
)
def test_the_limits_of_a_question_are_told(texts: Texts, restored: str, told: str) -> None:
    reply = page_reply(AnswerPage.first(answer(VISIT_HIT, restored=restored)), texts)
    lines = reply.splitlines()[:2]
    assert lines[0] == texts.understood.format(question="Ai dự?")
    assert lines[1] == texts.only_within.format(limits=told)


def test_what_lies_outside_the_limits_is_said_to_and_the_undated_is_marked() -> None:
    restored = "Ai dự? after:2025"
    outside = answer(VISIT_HIT, restored=restored, missing=())
    assert ENGLISH.outside in page_reply(AnswerPage.first(outside), ENGLISH)
    undated = replace(VISIT_HIT.passage.document, date="")
    within = replace(VISIT_HIT, passage=replace(VISIT_HIT.passage, document=undated))
    page = AnswerPage.first(answer(within, restored=restored))
    assert ENGLISH.outside not in page_reply(page, ENGLISH)
    for reply in (page_reply(page, VIETNAMESE), sources_reply(page, VIETNAMESE, "bot")):
        assert "visit — <i>không rõ ngày</i>" in reply


def test_a_page_shown_again_tells_its_limits_again() -> None:
    given = replace(given_answer(1), restored="Ai dự? after:2025", answered=False)
    page = AnswerPage.first(answer(SUMMIT_HIT, restored="Ai dự? after:2025", missing=()))
    assert find_answer_page(given, 1, BOTH) == page


def test_that_the_newest_come_first_is_told_where_there_are_dates() -> None:
    newest = replace(answer(VISIT_HIT), question="Tin mới nhất?")
    assert VIETNAMESE.newest_first in page_reply(AnswerPage.first(newest), VIETNAMESE)
    assert VIETNAMESE.newest_first not in page_reply(page_of(VISIT_HIT), VIETNAMESE)


def test_how_many_documents_say_the_same_is_told_and_their_names_are_listed() -> None:
    copies = (SUMMIT, *(replace(SUMMIT, name=f"{number}.pdf") for number in range(5)))
    page = AnswerPage.first(answer(replace(VISIT_HIT, also_in=copies[:1])))
    assert "\n<i>cũng trong 1 tài liệu khác</i>\n<blockquote>" in page_reply(page, VIETNAMESE)
    page = AnswerPage.first(answer(replace(VISIT_HIT, also_in=copies)))
    assert "\n<i>also in 6 other documents</i>\n<blockquote>" in page_reply(page, ENGLISH)
    assert sources_reply(page, ENGLISH, "bot").endswith(
        "</blockquote>\nAlso in:\n"
        "• Hội nghị AMMTC 15 — TTXVN, 29 September 2021 (2021/hoi_nghi_ammtc_15.txt)\n"
        "• Hội nghị AMMTC 15 — TTXVN, 29 September 2021 (0.pdf)\n"
        "• Hội nghị AMMTC 15 — TTXVN, 29 September 2021 (1.pdf)\n"
        "• Hội nghị AMMTC 15 — TTXVN, 29 September 2021 (2.pdf)\n"
        "and 2 more"
    )


def test_an_old_answer_tells_who_says_the_same_by_now() -> None:
    page = find_answer_page(given_answer(1), 1, FakeRetriever(copies=(VISIT,)))
    assert page.quotations[0].also_in == (VISIT,)
