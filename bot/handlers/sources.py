"""/sources: where an answer comes from, or what the bot has to answer from."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.own_messages import acknowledge, show_instead, topic_of
from bot.chat.people import Languages, Person
from bot.handlers.questions import Retriever
from bot.replies.answer_pages import AnswerPage
from bot.replies.buttons import collection_keyboard, sources_keyboard
from bot.replies.collection_pages import CollectionPage
from bot.replies.replies import collection_reply, sources_reply
from bot.store import GivenAnswer, Store


@dataclass(frozen=True, slots=True)
class SourcesHandlers:
    """Shows the citations of answers given, and the collection."""

    retriever: Retriever
    store: Store
    languages: Languages

    async def sources(self, message: Message) -> None:
        """Show the citations of the answer replied to, else of the last one, else all documents."""
        texts = await self.languages.texts(Person.behind(message))
        given = await asyncio.to_thread(self._answer_meant, message)
        if given and given.citations:
            page = await asyncio.to_thread(AnswerPage.again, given, 1, self.retriever)
            shown = sources_reply(page, texts, message.get_bot().username)
            await message.reply_text(shown, reply_markup=sources_keyboard(page, texts))
        else:
            listed = await asyncio.to_thread(CollectionPage.of, self.retriever.documents, 1)
            shown = collection_reply(listed, texts)
            await message.reply_text(shown, reply_markup=collection_keyboard(listed))

    async def turn(self, query: CallbackQuery) -> None:
        """Turn the list of the documents to the page that the button names."""
        await acknowledge(query)
        number = int((query.data or "").removeprefix("list:"))
        page = await asyncio.to_thread(CollectionPage.of, self.retriever.documents, number)
        texts = await self.languages.texts(Person.of(query.from_user))
        await show_instead(query, collection_reply(page, texts), collection_keyboard(page))

    def _answer_meant(self, message: Message) -> GivenAnswer | None:
        chat, replied = message.chat_id, message.reply_to_message
        of_replied = self.store.answer_of(chat, replied.message_id) if replied else None
        return of_replied or self.store.last_answer(
            chat, topic_of(message), Person.behind(message).id
        )
