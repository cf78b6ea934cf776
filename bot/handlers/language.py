"""/language: the language for everything that is not the answer to a question."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.chat.own_messages import acknowledge, show_instead
from bot.chat.people import Languages, Person
from bot.store import Store
from bot.texts import ENGLISH, VIETNAMESE, Texts

AUTOMATIC = "auto"
CHOICE = r"^language:(vi|en|auto)$"


@dataclass(frozen=True, slots=True)
class LanguageHandlers:
    """Offers the languages and keeps the one that a person chooses."""

    store: Store
    languages: Languages

    async def offer(self, message: Message) -> None:
        """Show the choice as buttons."""
        texts = await self.languages.texts(Person.behind(message))
        await message.reply_text(texts.choose_language, reply_markup=_buttons(texts))

    async def choose(self, query: CallbackQuery) -> None:
        """Keep the choice of whoever pressed the button, and say so in its place."""
        person = Person.of(query.from_user)
        choice = (query.data or "").removeprefix("language:")
        language = None if choice == AUTOMATIC else choice
        await asyncio.to_thread(self.store.choose_language, person.id, language)
        texts = await self.languages.texts(person)
        said = texts.language_chosen if language else texts.language_automatic
        await acknowledge(query, said)
        await show_instead(query, said)


def _buttons(texts: Texts) -> InlineKeyboardMarkup:
    choices = {
        "Tiếng Việt": VIETNAMESE.language,
        "English": ENGLISH.language,
        texts.automatic: AUTOMATIC,
    }
    return InlineKeyboardMarkup.from_row(
        [
            InlineKeyboardButton(label, callback_data=f"language:{choice}")
            for label, choice in choices.items()
        ]
    )
