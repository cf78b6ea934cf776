"""/sources: where an answer comes from, or what the bot has to answer from."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.own_messages import acknowledge, show_instead, topic_of
from bot.chat.people import Person
from bot.handlers.services import Services
from bot.replies.callback_data import TurnCollection
from bot.replies.collection import turning_keyboard
from bot.replies.sources import (
    collection_reply,
    sources_keyboard,
    sources_reply,
)
from bot.store import GivenAnswer


@dataclass(frozen=True, slots=True)
class SourcesHandlers:
    """Shows the citations of answers given, and the collection."""

    services: Services

    async def sources(self, message: Message) -> None:
        """Show the citations of the answer replied to, else of the last one, else all documents."""
        search = await self.services.search_for(message)
        texts = await self.services.languages.texts(Person.behind(message))
        given = await asyncio.to_thread(self._answer_meant, message)
        if search.is_nothing:
            await message.reply_text(texts.nothing_readable)
        elif given and given.citations:
            if page := await search.answer_page(given, 1):
                shown = sources_reply(page, texts, message.get_bot().username)
                await message.reply_text(shown, reply_markup=sources_keyboard(page, texts))
            else:
                await message.reply_text(texts.unavailable)
        else:
            listed = await search.collection_page(1)
            shown = collection_reply(listed, texts)
            await message.reply_text(shown, reply_markup=turning_keyboard(TurnCollection, listed))

    async def turn(self, query: CallbackQuery, pressed: TurnCollection) -> None:
        """Turn the list of the documents."""
        search = await self.services.search_for(query)
        texts = await self.services.languages.texts(Person.of(query.from_user))
        if search.is_nothing:
            await acknowledge(query, texts.unavailable, alert=True)
            return
        await acknowledge(query)
        page = await search.collection_page(pressed.page)
        await show_instead(
            query, collection_reply(page, texts), turning_keyboard(TurnCollection, page)
        )

    def _answer_meant(self, message: Message) -> GivenAnswer | None:
        store, chat, replied = self.services.store, message.chat_id, message.reply_to_message
        of_replied = store.answer_of(chat, replied.message_id) if replied else None
        return of_replied or store.last_answer(chat, topic_of(message), Person.behind(message).id)
