"""A citation in its document: opened by a button or a link, and read on passage by passage."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message

from bot.chat.own_messages import acknowledge, reply, show_instead
from bot.chat.people import Person
from bot.handlers.services import Services
from bot.replies.callback_data import ReadDocument, TurnDocument
from bot.replies.deep_links import Place
from bot.replies.quotations import Loss, loss_reply
from bot.replies.reader import DocumentPage, document_keyboard, document_reply
from bot.search import Search
from bot.store import GivenAnswer
from bot.texts import Texts
from retrieval.documents import Span


@dataclass(frozen=True, slots=True)
class ReaderHandlers:
    """Shows the passages around a citation, as long as its document is the one that was cited."""

    services: Services

    async def follow(self, message: Message, place: Place) -> None:
        """Open the citation that a followed link names."""
        texts = await self.services.languages.texts(Person.behind(message))
        search = await self.services.search_for(message)
        if page := await search.document_page(place, place.span.start):
            shown, keyboard = document_reply(page, texts), document_keyboard(page, texts)
            await message.reply_text(shown, reply_markup=keyboard)
        else:
            await message.reply_text(loss_reply(None, texts))

    async def open(self, query: CallbackQuery, pressed: ReadDocument) -> None:
        """Show the cited passage in a reply to the answer."""
        texts = await self._texts(query)
        place = Place(pressed.document, Span(pressed.start, pressed.end))
        page = await self._page(query, place, pressed.start)
        if page and query.message:
            shown, keyboard = document_reply(page, texts), document_keyboard(page, texts)
            await reply(query.message, shown, keyboard)

    async def turn(self, query: CallbackQuery, pressed: TurnDocument) -> None:
        """Show the passage that the button names in place of the one above it."""
        texts = await self._texts(query)
        place = Place(pressed.document, Span(pressed.start, pressed.end))
        page = await self._page(query, place, pressed.offset)
        if page:
            await show_instead(query, document_reply(page, texts), document_keyboard(page, texts))

    async def _texts(self, query: CallbackQuery) -> Texts:
        """Return the texts in the language of the question that led here."""
        given = await asyncio.to_thread(self._answer_behind, query.message)
        person = Person.of(query.from_user)
        return await self.services.languages.texts(person, given.language if given else "")

    async def _page(self, query: CallbackQuery, place: Place, offset: int) -> DocumentPage | None:
        """Acknowledge the button; where the page is lost, with what has become of it."""
        search = await self.services.search_for(query)
        page = await search.document_page(place, offset)
        if page:
            await acknowledge(query)
        else:
            loss = await self._loss(query.message, place, search)
            await acknowledge(query, loss_reply(loss, await self._texts(query)), alert=True)
        return page

    async def _loss(
        self, pressed: MaybeInaccessibleMessage | None, place: Place, search: Search
    ) -> Loss | None:
        """Return what became of a document; its name is known from the answer that cited it.

        It is not told where the documents are divided: it may lie in another collection now.
        """
        if search.is_divided:
            return None
        given = await asyncio.to_thread(self._answer_behind, pressed)
        for citation in given.citations if given else ():
            if citation.digits == place.document:
                passage = (await search.quotation(citation)).passage
                return passage if isinstance(passage, Loss) else None
        return None

    def _answer_behind(self, pressed: MaybeInaccessibleMessage | None) -> GivenAnswer | None:
        """Return the answer that the pressed message is, or that it replies to."""
        replied = pressed.reply_to_message if isinstance(pressed, Message) else None
        found = (
            self.services.store.answer_of(message.chat.id, message.message_id)
            for message in (pressed, replied)
            if message
        )
        return next(filter(None, found), None)
