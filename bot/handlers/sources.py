"""/sources: where an answer comes from, or what the bot has to answer from."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import Message

from bot.citations import Citation
from bot.handlers.people import Languages, Person
from bot.handlers.questions import Retriever, topic_of
from bot.replies import collection_reply, sources_reply
from bot.store import Store


@dataclass(frozen=True, slots=True)
class SourcesHandlers:
    """Shows the citations of answers given, and the collection."""

    retriever: Retriever
    store: Store
    languages: Languages

    async def sources(self, message: Message) -> None:
        """Show the citations of the answer replied to, else of the last one, else all documents."""
        texts = await self.languages.texts(Person.behind(message))
        if citations := await asyncio.to_thread(self._citations_for, message):
            await message.reply_text(sources_reply(citations, texts))
        else:
            await message.reply_text(collection_reply(self.retriever.documents, texts))

    def _citations_for(self, message: Message) -> tuple[Citation, ...]:
        chat, replied = message.chat_id, message.reply_to_message
        of_replied = self.store.citations_of(chat, replied.message_id) if replied else ()
        return of_replied or self.store.last_citations(
            chat, topic_of(message), Person.behind(message).id
        )
