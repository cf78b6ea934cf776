"""The page of a file on which a citation stands, sent as a photo by a button or a link."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message

from bot.chat.own_messages import acknowledge, reply, reply_photo
from bot.chat.people import Person
from bot.handlers.cited import tell_loss, texts_behind
from bot.handlers.services import Services
from bot.replies.callback_data import ShowPage
from bot.replies.deep_links import Place
from bot.replies.page_pictures import not_drawn_reply, picture_caption
from bot.replies.quotations import loss_reply
from bot.replies.reader import DocumentPage
from bot.search import Search
from bot.texts import Texts
from retrieval.documents import Span
from retrieval.page_pictures import PagePicture
from retrieval.refusals import UnreadableError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PagePictureHandlers:
    """Shows the pages of a citation, as long as its document is the one that was cited."""

    services: Services

    async def follow(self, message: Message, place: Place) -> None:
        """Send the pages that a followed link names."""
        texts = await self.services.languages.texts(Person.behind(message))
        search = await self.services.search_for(message)
        page = await search.document_page(place, place.span.start)
        if page is None:
            await message.reply_text(loss_reply(None, texts))
        else:
            await _send(message, page, await _drawn(page, search), texts)

    async def show(self, query: CallbackQuery, pressed: ShowPage) -> None:
        """Send the pages that a button names; it spins until they are drawn."""
        place = Place(pressed.document, Span(pressed.start, pressed.end))
        search = await self.services.search_for(query)
        page = await search.document_page(place, pressed.start)
        if page is None:
            await tell_loss(query, place, self.services)
            return
        drawn = await _drawn(page, search) if query.message else ()
        await acknowledge(query)
        if query.message:
            await _send(query.message, page, drawn, await texts_behind(query, self.services))


async def _drawn(page: DocumentPage, search: Search) -> tuple[PagePicture, ...] | UnreadableError:
    try:
        return tuple(await search.page_pictures(page))
    except UnreadableError as error:
        logger.warning("page not drawn: %s", error)
        return error


async def _send(
    to: MaybeInaccessibleMessage,
    page: DocumentPage,
    drawn: tuple[PagePicture, ...] | UnreadableError,
    texts: Texts,
) -> None:
    if isinstance(drawn, UnreadableError):
        await reply(to, not_drawn_reply(drawn, texts), None)
        return
    for picture in drawn:
        await reply_photo(to, picture.jpeg, picture_caption(page.citation, picture, texts))
