"""The buttons below an answer: its next hits, those nearest where none answers, its sources.

The message itself turns its pages; the sources come in a reply to it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery

from bot.chat.own_messages import acknowledge, reply, show_instead
from bot.chat.people import Person
from bot.handlers.services import Services
from bot.replies.answers import AnswerPage, answer_keyboard, page_reply
from bot.replies.callback_data import ShowNearest, ShowSources, TurnAnswer
from bot.replies.sources import sources_keyboard, sources_reply
from bot.store import GivenAnswer
from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class AnswerHandlers:
    """Shows more of an answer to anybody in its chat, however old it is."""

    services: Services

    async def nearest(self, query: CallbackQuery, _: ShowNearest) -> None:
        """Show the passages nearest to a question that found no answer."""
        await self._show(query, 1)

    async def turn(self, query: CallbackQuery, pressed: TurnAnswer) -> None:
        """Show another page of the answer."""
        await self._show(query, pressed.page)

    async def sources(self, query: CallbackQuery, pressed: ShowSources) -> None:
        """Show the sources of a page."""
        found = await self._found(query, pressed.page)
        if found and (message := query.message):
            page, texts = found
            shown = sources_reply(page, texts, query.get_bot().username)
            await reply(message, shown, sources_keyboard(page, texts))

    async def _show(self, query: CallbackQuery, number: int) -> None:
        if found := await self._found(query, number):
            page, texts = found
            await show_instead(query, page_reply(page, texts), answer_keyboard(page, texts))

    async def _found(self, query: CallbackQuery, number: int) -> tuple[AnswerPage, Texts] | None:
        """Acknowledge the button and return a page of the answer that it stands on.

        None where the answer is not known, because it was given with another database, or where
        nothing is left of it that may be read here.
        """
        given, person = await self._given(query), Person.of(query.from_user)
        if given is None or not given.citations:
            texts = await self.services.languages.texts(person)
            await acknowledge(query, texts.old_button)
            return None
        texts = await self.services.languages.texts(person, given.language)
        search = await self.services.search_for(query)
        if page := await search.answer_page(given, number):
            await acknowledge(query)
            return page, texts
        await acknowledge(query, texts.unavailable, alert=True)
        return None

    async def _given(self, query: CallbackQuery) -> GivenAnswer | None:
        message, store = query.message, self.services.store
        if message is None:
            return None
        return await asyncio.to_thread(store.answer_of, message.chat.id, message.message_id)
