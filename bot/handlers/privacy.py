"""/forgetme: what the bot keeps of a person is erased."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import Message

from bot.chat.people import Person
from bot.handlers.services import Services


@dataclass(frozen=True, slots=True)
class PrivacyHandlers:
    """Erases what the store keeps of a person, at that person's word."""

    services: Services

    async def forget(self, message: Message) -> None:
        """Erase the sender's questions, answers, ratings, watches and language, and say so."""
        person = Person.behind(message)
        texts = await self.services.languages.texts(person)
        await asyncio.to_thread(self.services.watches.forget, person.id)
        count = await asyncio.to_thread(self.services.store.forget, person.id)
        await message.reply_text(texts.person_forgotten.format(count=count))
