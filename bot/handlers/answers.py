"""The buttons below an answer: its next hits, those nearest where none answers, its sources.

The message itself turns its pages; the sources come in a reply to it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery

from bot.chat.own_messages import acknowledge, reply, show_instead
from bot.chat.people import Languages, Person
from bot.handlers.questions import Retriever
from bot.replies.answer_pages import AnswerPage
from bot.replies.buttons import answer_keyboard, sources_keyboard
from bot.replies.replies import page_reply, sources_reply
from bot.store import GivenAnswer, Store


@dataclass(frozen=True, slots=True)
class AnswerHandlers:
    """Shows more of answers given, whenever that was and whoever in the chat asks for it."""

    retriever: Retriever
    store: Store
    languages: Languages

    async def nearest(self, query: CallbackQuery) -> None:
        """Show the passages nearest to a question that found no answer."""
        await self._show(query, 1)

    async def turn(self, query: CallbackQuery) -> None:
        """Show the page that the button names."""
        await self._show(query, _number(query))

    async def sources(self, query: CallbackQuery) -> None:
        """Show the sources of the page that the button names."""
        if (given := await self._given(query)) and (message := query.message):
            page = await asyncio.to_thread(AnswerPage.again, given, _number(query), self.retriever)
            texts = await self.languages.texts(Person.of(query.from_user), given.language)
            shown = sources_reply(page, texts, query.get_bot().username)
            await reply(message, shown, sources_keyboard(page, texts))

    async def _show(self, query: CallbackQuery, number: int) -> None:
        if given := await self._given(query):
            page = await asyncio.to_thread(AnswerPage.again, given, number, self.retriever)
            texts = await self.languages.texts(Person.of(query.from_user), given.language)
            await show_instead(query, page_reply(page, texts), answer_keyboard(page, texts))

    async def _given(self, query: CallbackQuery) -> GivenAnswer | None:
        """Return the answer that the button stands on, having answered the button.

        None where it is not known, because the answer was given with another database.
        """
        given = None
        if message := query.message:
            given = await asyncio.to_thread(
                self.store.answer_of, message.chat.id, message.message_id
            )
        if given and given.citations:
            await acknowledge(query)
            return given
        texts = await self.languages.texts(Person.of(query.from_user))
        await acknowledge(query, texts.old_button)
        return None


def _number(query: CallbackQuery) -> int:
    return int((query.data or "").rpartition(":")[2])
