"""A citation in its document: opened by a button or a link, and read on passage by passage."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.own_messages import acknowledge, reply, show_instead
from bot.chat.people import Person
from bot.handlers.cited import tell_loss, texts_behind
from bot.handlers.services import Services
from bot.replies.callback_data import ReadDocument, TurnDocument
from bot.replies.deep_links import Place
from bot.replies.quotations import loss_reply
from bot.replies.reader import DocumentPage, document_keyboard, document_reply
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
        texts = await texts_behind(query, self.services)
        place = Place(pressed.document, Span(pressed.start, pressed.end))
        page = await self._page(query, place, pressed.start)
        if page and query.message:
            shown, keyboard = document_reply(page, texts), document_keyboard(page, texts)
            await reply(query.message, shown, keyboard)

    async def turn(self, query: CallbackQuery, pressed: TurnDocument) -> None:
        """Show the passage that the button names in place of the one above it."""
        texts = await texts_behind(query, self.services)
        place = Place(pressed.document, Span(pressed.start, pressed.end))
        page = await self._page(query, place, pressed.offset)
        if page:
            await show_instead(query, document_reply(page, texts), document_keyboard(page, texts))

    async def _page(self, query: CallbackQuery, place: Place, offset: int) -> DocumentPage | None:
        """Acknowledge the button; where the page is lost, with what has become of it."""
        search = await self.services.search_for(query)
        page = await search.document_page(place, offset)
        if page:
            await acknowledge(query)
        else:
            await tell_loss(query, place, self.services)
        return page
