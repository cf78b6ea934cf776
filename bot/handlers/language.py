"""/language: the language for everything that is not the answer to a question."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.own_messages import acknowledge, show_instead
from bot.chat.people import Person
from bot.handlers.services import Services
from bot.replies.callback_data import AUTOMATIC, ChooseLanguage
from bot.replies.language import language_keyboard


@dataclass(frozen=True, slots=True)
class LanguageHandlers:
    """Offers the languages and keeps the one that a person chooses."""

    services: Services

    async def offer(self, message: Message) -> None:
        """Show the choice as buttons."""
        texts = await self.services.languages.texts(Person.behind(message))
        await message.reply_text(texts.choose_language, reply_markup=language_keyboard(texts))

    async def choose(self, query: CallbackQuery, pressed: ChooseLanguage) -> None:
        """Keep the choice of the person who pressed the button, and say so in its place."""
        person = Person.of(query.from_user)
        language = None if pressed.choice == AUTOMATIC else pressed.choice
        await asyncio.to_thread(self.services.store.choose_language, person.id, language)
        texts = await self.services.languages.texts(person)
        said = texts.language_chosen if language else texts.language_automatic
        await acknowledge(query, said)
        await show_instead(query, said)
