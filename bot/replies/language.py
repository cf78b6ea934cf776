"""The choice of a language."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.replies.buttons import button
from bot.replies.callback_data import ChooseLanguage
from bot.texts import Texts


def language_keyboard(texts: Texts) -> InlineKeyboardMarkup:
    """Return a button for each language, and one for that of the person's client."""
    return InlineKeyboardMarkup.from_row(
        [
            button("Tiếng Việt", ChooseLanguage("vi")),
            button("English", ChooseLanguage("en")),
            button(texts.automatic, ChooseLanguage("auto")),
        ]
    )
