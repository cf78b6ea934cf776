"""A citation in its document: opened by a button or a link, and read on passage by passage."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message

from bot.chat.own_messages import acknowledge, reply, show_instead
from bot.chat.people import Languages, Person
from bot.handlers.questions import Retriever
from bot.replies.buttons import document_keyboard
from bot.replies.deep_links import Place, place_in
from bot.replies.document_pages import DocumentPage
from bot.replies.quotations import Loss, Quotation
from bot.replies.replies import document_reply, loss_reply
from bot.store import GivenAnswer, Store
from bot.texts import Texts
from retrieval.documents import Span


@dataclass(frozen=True, slots=True)
class ReaderHandlers:
    """Shows the passages around a citation, as long as its document is the one that was cited."""

    retriever: Retriever
    store: Store
    languages: Languages

    async def follow(self, message: Message) -> None:
        """Open the citation that a followed link names."""
        place = place_in(message.text or "")
        if place is None:
            return
        texts = await self.languages.texts(Person.behind(message))
        if page := await asyncio.to_thread(self._page, place, place.span.start):
            shown, keyboard = document_reply(page, texts), document_keyboard(page, texts)
            await message.reply_text(shown, reply_markup=keyboard)
        else:
            await message.reply_text(loss_reply(None, texts))

    async def open(self, query: CallbackQuery) -> None:
        """Show the cited passage in a reply to the answer."""
        _, digits, start, end = (query.data or "").split(":")
        texts = await self._texts(query)
        page = await self._page_for(query, Place(digits, Span(int(start), int(end))), int(start))
        if page and query.message:
            shown, keyboard = document_reply(page, texts), document_keyboard(page, texts)
            await reply(query.message, shown, keyboard)

    async def turn(self, query: CallbackQuery) -> None:
        """Show the passage that the button names in place of the one above it."""
        _, digits, offset, start, end = (query.data or "").split(":")
        texts = await self._texts(query)
        page = await self._page_for(query, Place(digits, Span(int(start), int(end))), int(offset))
        if page:
            await show_instead(query, document_reply(page, texts), document_keyboard(page, texts))

    async def _texts(self, query: CallbackQuery) -> Texts:
        """Return the texts in the language of the question that led here."""
        given = await asyncio.to_thread(self._answer_behind, query.message)
        person = Person.of(query.from_user)
        return await self.languages.texts(person, given.language if given else "")

    async def _page_for(
        self, query: CallbackQuery, place: Place, offset: int
    ) -> DocumentPage | None:
        """Answer the button: with nothing if the page is there, else with what became of it."""
        page = await asyncio.to_thread(self._page, place, offset)
        if page:
            await acknowledge(query)
        else:
            loss = await asyncio.to_thread(self._loss, query.message, place)
            await acknowledge(query, loss_reply(loss, await self._texts(query)), alert=True)
        return page

    def _page(self, place: Place, offset: int) -> DocumentPage | None:
        """Open the document at `offset`; None where it, or that place in it, is not there."""
        document = self.retriever.with_hash(place.document)
        if document is None or not place.span.start < place.span.end <= len(document.text):
            return None
        return DocumentPage.at(offset, document, place.span, self.retriever)

    def _loss(self, pressed: MaybeInaccessibleMessage | None, place: Place) -> Loss | None:
        """Return what became of a document; its name is known from the answer that cited it."""
        given = self._answer_behind(pressed)
        for citation in given.citations if given else ():
            if citation.hash.startswith(place.document):
                passage = Quotation.again(citation, self.retriever).passage
                return passage if isinstance(passage, Loss) else None
        return None

    def _answer_behind(self, pressed: MaybeInaccessibleMessage | None) -> GivenAnswer | None:
        """Return the answer that the pressed message is, or that it replies to."""
        replied = pressed.reply_to_message if isinstance(pressed, Message) else None
        found = (
            self.store.answer_of(message.chat.id, message.message_id)
            for message in (pressed, replied)
            if message
        )
        return next(filter(None, found), None)
