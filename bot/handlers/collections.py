"""/collections: what is read here, and in private which of them are asked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, Message
from telegram.constants import ChatType

from bot.chat.own_messages import acknowledge, show_instead
from bot.chat.people import Person
from bot.handlers.services import Services
from bot.replies.callback_data import AskIn, AskInAll
from bot.replies.collections import choice_keyboard, collections_reply, key_of_collection


@dataclass(frozen=True, slots=True)
class CollectionHandlers:
    """Lists the collections that a person or a chat reads, and keeps what a person chooses."""

    services: Services

    async def show(self, message: Message) -> None:
        """List the collections; in private with buttons to choose."""
        texts = await self.services.languages.texts(Person.behind(message))
        search = await self.services.search_for(message)
        private = message.chat.type == ChatType.PRIVATE
        keyboard = choice_keyboard(search.titles, search.asked, texts) if private else None
        await message.reply_text(collections_reply(search.titles, texts), reply_markup=keyboard)

    async def choose(self, query: CallbackQuery, pressed: AskIn) -> None:
        """Put the person's questions to one collection from now on."""
        search = await self.services.search_for(query)
        names = (one for one in search.titles if key_of_collection(one) == pressed.collection)
        await self._chosen(query, next(names, None), is_known=True)

    async def choose_all(self, query: CallbackQuery, _: AskInAll) -> None:
        """Put the person's questions to all collections again."""
        await self._chosen(query, None, is_known=False)

    async def _chosen(self, query: CallbackQuery, name: str | None, is_known: bool) -> None:
        texts = await self.services.languages.texts(Person.of(query.from_user))
        in_private = query.message and query.message.chat.type == ChatType.PRIVATE
        if not in_private or (is_known and name is None):
            await acknowledge(query, texts.unavailable, alert=True)
            return
        await acknowledge(query)
        await asyncio.to_thread(self.services.access.members.choose, query.from_user.id, name)
        search = await self.services.search_for(query)
        keyboard = choice_keyboard(search.titles, search.asked, texts)
        await show_instead(query, collections_reply(search.titles, texts), keyboard)
