from __future__ import annotations

from dataclasses import replace

import pytest
from telegram import InlineKeyboardMarkup, InputTextMessageContent

from bot.replies.inline import InlinePage, inline_button, inline_result
from bot.texts import ENGLISH, VIETNAMESE
from retrieval.answers import Hit
from retrieval.pages import PageStart
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, answer, hit

HITS = tuple([SUMMIT_HIT, VISIT_HIT] * 6)


@pytest.mark.parametrize(
    ("offset", "hits", "next_offset"),
    [
        ("", HITS[:5], "5"),
        ("5", HITS[5:10], None),
        ("10", (), None),
        ("no number", HITS[:5], "5"),
    ],
)
def test_ten_hits_are_offered_five_at_a_time(
    offset: str, hits: tuple[Hit, ...], next_offset: str | None
) -> None:
    assert InlinePage.of(answer(*HITS), offset) == InlinePage(hits, next_offset)


def test_a_page_that_holds_all_is_the_last() -> None:
    assert InlinePage.of(answer(*HITS[:5]), "") == InlinePage(HITS[:5], None)


def test_what_does_not_answer_is_not_offered() -> None:
    assert InlinePage.of(answer(*HITS, answered=False), "") == InlinePage((), None)


def test_a_result_is_a_message_ready_to_send() -> None:
    result = inline_result(SUMMIT_HIT, VIETNAMESE, "TrichDanBot")
    assert result.title == "Hội nghị AMMTC 15"
    assert result.description == "Trung tướng Lương Tam Quang dự hội nghị sáng 29/9."
    content = result.input_message_content
    assert isinstance(content, InputTextMessageContent)
    assert content.message_text == (
        '<a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29/9/2021</i>\n"
        "<blockquote>Hội nghị diễn ra theo hình thức trực tuyến. "
        "<b>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</b> "
        "Brunei là nước chủ nhà.</blockquote>"
    )


def test_a_result_of_a_pdf_leads_to_its_page_too() -> None:
    paged = replace(VISIT, page_starts=(PageStart(0, 3),))
    result = inline_result(hit(paged, "They spoke about training."), VIETNAMESE, "TrichDanBot")
    assert isinstance(result.reply_markup, InlineKeyboardMarkup)
    _, (button,) = result.reply_markup.inline_keyboard
    assert button.text == "🖼 Xem trang 3"
    assert button.url == f"https://t.me/TrichDanBot?start=page_{VISIT.hash[:16]}_47_73"


def test_a_result_leads_to_its_words_in_the_bot_s_chat() -> None:
    result = inline_result(SUMMIT_HIT, ENGLISH, "TrichDanBot")
    assert isinstance(result.reply_markup, InlineKeyboardMarkup)
    ((button,),) = result.reply_markup.inline_keyboard
    assert button.text == ENGLISH.read_button
    words = SUMMIT_HIT.highlight
    assert button.url == (
        f"https://t.me/TrichDanBot?start=src_{SUMMIT.hash[:16]}_{words.start}_{words.end}"
    )
    assert result.id == f"src_{SUMMIT.hash[:16]}_0_{len(SUMMIT.text)}"


def test_a_button_leads_into_the_bot_s_chat() -> None:
    button = inline_button("Ask")
    assert (button.text, button.start_parameter) == ("Ask", "inline")
