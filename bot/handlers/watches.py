"""/watch question: the chat hears when a new document answers it; /watch alone lists them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.own_messages import acknowledge, show_instead, topic_of
from bot.chat.people import Person
from bot.handlers.services import Services
from bot.replies.callback_data import Unwatch
from bot.replies.questions import may_be_searched, objection_reply
from bot.replies.watches import MOST, list_keyboard, list_reply, watching_reply
from bot.store import Watch
from bot.texts import LANGUAGES, Texts
from retrieval.asking.courtesies import courtesy_in
from retrieval.language.detection import language_of


@dataclass(frozen=True, slots=True)
class WatchHandlers:
    """Keeps the questions that people watch, for their chats."""

    services: Services

    async def watch(self, message: Message) -> None:
        """Watch the question after the command, or list what the chat watches."""
        question = " ".join((message.text or "").split()[1:])
        person = Person.behind(message)
        spoken = language_of(question) if question else ""
        texts = await self.services.languages.texts(person, spoken)
        if not question or courtesy_in(question):
            await self._list(message, texts)
        else:
            language = spoken if spoken in LANGUAGES else texts.language
            watch = Watch(
                chat_id=message.chat_id,
                thread_id=topic_of(message),
                user_id=person.id,
                message_id=message.message_id,
                question=question,
                language=language,
            )
            await message.reply_text(await self._added(watch, texts))

    async def unwatch(self, query: CallbackQuery, pressed: Unwatch) -> None:
        """Remove the watch that the button names, and list what is left in its chat."""
        await acknowledge(query)
        if message := query.message:
            kept, chat = self.services.watches, message.chat.id
            await asyncio.to_thread(kept.remove, chat, pressed.watch)
            left = await asyncio.to_thread(kept.of_chat, chat)
            texts = await self.services.languages.texts(Person.of(query.from_user))
            await show_instead(query, list_reply(left[:MOST], texts), list_keyboard(left[:MOST]))

    async def _list(self, message: Message, texts: Texts) -> None:
        watches = await asyncio.to_thread(self.services.watches.of_chat, message.chat_id)
        shown = list_reply(watches[:MOST], texts)
        await message.reply_text(shown, reply_markup=list_keyboard(watches[:MOST]))

    async def _added(self, watch: Watch, texts: Texts) -> str:
        """Keep the watch unless something speaks against it, and return what to say."""
        if not may_be_searched(watch.question):
            return objection_reply(watch.question, texts)
        there = await asyncio.to_thread(self.services.watches.of_chat, watch.chat_id)
        if watch.question.casefold() in (one.question.casefold() for one in there):
            return texts.watch_already
        count = await asyncio.to_thread(self.services.watches.count_of, watch.user_id)
        if count >= MOST or len(there) >= MOST:
            return texts.watch_too_many.format(limit=MOST)
        await asyncio.to_thread(self.services.watches.add, watch)
        return watching_reply(watch.question, texts)
