"""Which buttons the demo's server takes, as Telegram does."""

from __future__ import annotations

import pytest
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.demo.errors import BadRequest
from bot.demo.rules.keyboards import checked_keyboard

Button = InlineKeyboardButton


@pytest.mark.parametrize(
    "button",
    [
        Button("x", callback_data="đ" * 32),
        Button("x", url="https://example.org/?a=b#c"),
        Button("x", url="https://t.me/trichdan_bot?start=src_1"),
        Button("x", url="tg://resolve?domain=trichdan_bot"),
        Button("x", url="http://127.0.0.1:8808/"),
        Button("x", copy_text=CopyTextButton("😀" * 128)),
        Button("x", switch_inline_query=""),
        Button("x", switch_inline_query_current_chat="ai?"),
    ],
)
def test_what_is_taken(button: Button) -> None:
    keyboard = InlineKeyboardMarkup.from_button(button)
    assert checked_keyboard(keyboard) == keyboard


@pytest.mark.parametrize(
    ("button", "description"),
    [
        (Button("x"), "can't parse inline keyboard button: it needs a text and one action"),
        (
            Button(" ", callback_data="x"),
            "can't parse inline keyboard button: it needs a text and one action",
        ),
        (
            Button("x", callback_data="x", url="https://a.vn"),
            "can't parse inline keyboard button: it needs a text and one action",
        ),
        (Button("x", callback_data="đ" * 33), "BUTTON_DATA_INVALID"),
        (Button("x", copy_text=CopyTextButton("")), "BUTTON_COPY_TEXT_INVALID"),
        (Button("x", copy_text=CopyTextButton("x" * 257)), "BUTTON_COPY_TEXT_INVALID"),
        (
            Button("x", url="a b"),
            "inline keyboard button URL 'a b' is invalid: Wrong HTTP URL",
        ),
        (
            Button("x", url="https://nowhere"),
            "inline keyboard button URL 'https://nowhere' is invalid: Wrong HTTP URL",
        ),
    ],
)
def test_what_is_refused(button: Button, description: str) -> None:
    with pytest.raises(BadRequest) as refused:
        checked_keyboard(InlineKeyboardMarkup.from_button(button))
    assert refused.value.description == f"Bad Request: {description}"


def test_a_keyboard_has_its_size() -> None:
    button = Button("x", callback_data="x")
    assert checked_keyboard(InlineKeyboardMarkup([[button] * 8] * 12)) is not None
    for rows in ([[button] * 9], [[button] * 8] * 13):
        with pytest.raises(BadRequest, match="reply markup is too long"):
            checked_keyboard(InlineKeyboardMarkup(rows))


def test_no_buttons_are_no_keyboard() -> None:
    assert checked_keyboard(InlineKeyboardMarkup([[]])) is None
    assert checked_keyboard(None) is None
