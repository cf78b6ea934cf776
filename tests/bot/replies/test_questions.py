from __future__ import annotations

import pytest
from hypothesis import given

from bot.replies.collection import CollectionPage
from bot.replies.questions import answer_reply, nearest_keyboard
from bot.replies.reader import DocumentPage, document_reply
from bot.replies.sources import collection_reply, sources_reply
from bot.texts import ENGLISH, VIETNAMESE, Texts
from retrieval.answers import Answer, Hit, Outcome
from retrieval.documents import Document
from tests.helpers.bot_api import shown_text
from tests.helpers.replies import (
    LIMIT,
    answers,
    length,
    page_of,
    shown,
    texts,
)
from tests.helpers.samples import SUMMIT_HIT, VISIT_HIT, answer, hit


def test_an_answer_quotes_each_hit_under_its_number_title_source_and_date() -> None:
    assert answer_reply(answer(SUMMIT_HIT, VISIT_HIT), ENGLISH) == (
        '<b>[1]</b> <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29 September 2021</i>\n"
        "<blockquote>Hội nghị diễn ra theo hình thức trực tuyến. "
        "<b>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</b> "
        "Brunei là nước chủ nhà.</blockquote>\n\n"
        "<b>[2]</b> visit — <i>August 2024</i>\n"
        "<blockquote expandable><b>Minister Quang met Kao Kim Hourn in Vientiane.</b> "
        "They spoke about training.</blockquote>"
    )


def test_an_answer_shows_three_hits_at_most() -> None:
    reply = answer_reply(answer(*[VISIT_HIT] * 5), ENGLISH)
    assert reply.count("<blockquote>") == 1
    assert reply.count("<blockquote expandable>") == 2
    assert "<b>[3]</b>" in reply
    assert "<b>[4]</b>" not in reply


def test_a_restored_question_is_shown_first() -> None:
    reply = answer_reply(answer(VISIT_HIT, restored="Ai gặp <ông> Kao?"), VIETNAMESE)
    assert reply.startswith("Đã hiểu: <i>Ai gặp &lt;ông&gt; Kao?</i>\n\n<b>[1]</b> visit")


def test_what_is_not_found_shows_no_excerpt() -> None:
    assert answer_reply(answer(SUMMIT_HIT, VISIT_HIT, answered=False), VIETNAMESE) == (
        "Tôi không tìm thấy câu trả lời trong kho tài liệu. "
        "Bạn thử hỏi cách khác hoặc nói cụ thể hơn nhé.\n\n"
        'Tài liệu liên quan nhất: <a href="https://example.org/ammtc?id=15&amp;lang=vi">'
        "Hội nghị AMMTC 15</a> — <i>TTXVN, 29/9/2021</i>"
    )


@pytest.mark.parametrize("hits", [(), (SUMMIT_HIT,)])
def test_what_is_not_found_shows_the_restored_question_too(hits: tuple[Hit, ...]) -> None:
    reply = answer_reply(answer(*hits, restored="Ai dự hội nghị?", answered=False), VIETNAMESE)
    assert reply.startswith(f"Đã hiểu: <i>Ai dự hội nghị?</i>\n\n{VIETNAMESE.not_found}")


def test_without_any_hit_it_is_only_not_found() -> None:
    assert answer_reply(answer(answered=False), ENGLISH) == ENGLISH.not_found


def test_everything_foreign_is_escaped() -> None:
    hostile = Document(
        name='a<b>&".txt',
        text='<b>Tom & "Jerry"</b> met. </blockquote> ended.',
        title='</b><a href="tg://x">&amp;',
        source="<i>&",
        date="<u>",
        url='https://x.org/"><script>',
    )
    found = hit(hostile, '<b>Tom & "Jerry"</b> met.')
    reply = answer_reply(answer(found), ENGLISH)
    assert reply == (
        '<b>[1]</b> <a href="https://x.org/&quot;&gt;&lt;script&gt;">'
        '&lt;/b&gt;&lt;a href="tg://x"&gt;&amp;amp;</a>'
        " — <i>&lt;i&gt;&amp;, &lt;u&gt;</i>\n"
        '<blockquote><b>&lt;b&gt;Tom &amp; "Jerry"&lt;/b&gt; met.</b>'
        " &lt;/blockquote&gt; ended.</blockquote>"
    )
    assert hostile.text in shown_text(reply)
    for page in (
        sources_reply(page_of(found), ENGLISH, "TrichDanBot"),
        collection_reply(CollectionPage.of([hostile], 1), ENGLISH),
        document_reply(DocumentPage((found.passage,), 1, found.highlight), ENGLISH),
    ):
        assert hostile.title in shown_text(page)


def test_the_nearest_passages_come_with_what_they_lack() -> None:
    reply = answer_reply(answer(VISIT_HIT, missing=("AMMTC <16>", "2022")), VIETNAMESE)
    assert reply.startswith(
        "Tài liệu không nhắc đến: <b>AMMTC &lt;16&gt;, 2022</b>\n\n"
        f"{VIETNAMESE.nearest_passages}\n\n<b>[1]</b> visit"
    )
    assert ENGLISH.missing.format(words="Laos") == "The documents do not mention: <b>Laos</b>"


def test_where_nothing_can_be_named_they_are_only_called_nearest() -> None:
    reply = answer_reply(answer(VISIT_HIT, missing=()), ENGLISH)
    assert reply.startswith(f"{ENGLISH.nearest_passages}\n\n<b>[1]</b> visit")


@given(answers.filter(lambda given: given.hits or given.outcome is Outcome.NONE), texts)
def test_any_answer_is_a_message_that_telegram_takes(given: Answer, texts: Texts) -> None:
    reply = answer_reply(given, texts)
    assert 0 < length(reply) <= LIMIT
    reply.encode("utf-8")


def test_the_nearest_passages_are_offered() -> None:
    assert shown(nearest_keyboard(ENGLISH)) == [[("🔎 Show the nearest passages", "near")]]
