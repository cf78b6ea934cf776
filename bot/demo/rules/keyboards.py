"""Which buttons Telegram accepts below a message."""

from __future__ import annotations

import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from bot.demo.errors import BadRequest
from bot.demo.rules.entities import utf16_length

LINK = re.compile(r"(?:https?://[^\s/]+\.[^\s/]+|tg://\S|https?://(?:127\.0\.0\.1|localhost)\b)\S*")


def checked_keyboard(markup: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """Return the keyboard without empty rows, None if it has no buttons.

    Raises:
        BadRequest: There are too many buttons, or Telegram does not accept one of them.
    """
    rows = [row for row in markup.inline_keyboard if row] if markup else []
    if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER or any(
        len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows
    ):
        raise BadRequest("reply markup is too long")
    for row in rows:
        for button in row:
            _check(button)
    return InlineKeyboardMarkup(rows) if rows else None


def _check(button: InlineKeyboardButton) -> None:
    actions = (
        button.callback_data,
        button.url,
        button.copy_text,
        button.switch_inline_query,
        button.switch_inline_query_current_chat,
    )
    if not button.text.strip() or sum(action is not None for action in actions) != 1:
        raise BadRequest("can't parse inline keyboard button: it needs a text and one action")
    if button.callback_data is not None:
        _check_data(str(button.callback_data))
    if button.url is not None and not LINK.fullmatch(button.url):
        raise BadRequest(f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL")
    if button.copy_text is not None:
        _check_copy(button.copy_text.text)


def _check_data(data: str) -> None:
    fewest = InlineKeyboardButtonLimit.MIN_CALLBACK_DATA
    if not fewest <= len(data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise BadRequest("BUTTON_DATA_INVALID")


def _check_copy(text: str) -> None:
    fewest = InlineKeyboardButtonLimit.MIN_COPY_TEXT
    if not fewest <= utf16_length(text) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT:
        raise BadRequest("BUTTON_COPY_TEXT_INVALID")
