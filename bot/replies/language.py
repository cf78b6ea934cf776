"""The choice of a language."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.replies.buttons import button
from bot.replies.callback_data import AUTOMATIC, ChooseLanguage
from bot.texts import LANGUAGES, Texts


def language_keyboard(texts: Texts) -> InlineKeyboardMarkup:
    """Return a button for each language, and one for that of the person's client."""
    return InlineKeyboardMarkup.from_row(
        [
            *(button(each.name, ChooseLanguage(code)) for code, each in LANGUAGES.items()),
            button(texts.automatic, ChooseLanguage(AUTOMATIC)),
        ]
    )
