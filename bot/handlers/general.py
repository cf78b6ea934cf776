"""Greeting, help, and replies to messages and buttons that ask nothing."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.own_messages import acknowledge
from bot.chat.people import Person
from bot.handlers.services import Services


@dataclass(frozen=True, slots=True)
class GeneralHandlers:
    """Replies that need nothing but the right language."""

    services: Services

    async def start(self, message: Message) -> None:
        """Greet, and say what the bot does."""
        texts = await self.services.languages.texts(Person.behind(message))
        await message.reply_text(texts.start)

    async def help(self, message: Message) -> None:
        """Say how the bot is used."""
        texts = await self.services.languages.texts(Person.behind(message))
        divided = self.services.access.is_divided
        await message.reply_text(texts.divided_usage if divided else texts.usage)

    async def no_text(self, message: Message) -> None:
        """Say that the bot reads text; not once more for every picture of an album."""
        if message.media_group_id is None:
            texts = await self.services.languages.texts(Person.behind(message))
            await message.reply_text(texts.only_text)

    async def old_button(self, query: CallbackQuery) -> None:
        """Answer a button that this version does not know, so that it stops spinning."""
        texts = await self.services.languages.texts(Person.of(query.from_user))
        await acknowledge(query, texts.old_button)
