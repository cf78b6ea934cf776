"""The answer behind a pressed button, and what has become of a document that it cited."""

from __future__ import annotations

import asyncio

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message

from bot.chat.own_messages import acknowledge
from bot.chat.people import Person
from bot.handlers.services import Services
from bot.replies.deep_links import Place
from bot.replies.quotations import Loss, loss_reply
from bot.search import Search
from bot.store import GivenAnswer
from bot.texts import Texts


async def texts_behind(query: CallbackQuery, services: Services) -> Texts:
    """Return the texts in the language of the question that led to the button."""
    given = await asyncio.to_thread(_answer_behind, query.message, services)
    person = Person.of(query.from_user)
    return await services.languages.texts(person, given.language if given else "")


async def tell_loss(query: CallbackQuery, place: Place, services: Services) -> None:
    """Acknowledge a button with what has become of the document that it names.

    The document's name is known from the answer that cited it.
    """
    given = await asyncio.to_thread(_answer_behind, query.message, services)
    loss = await _loss(given, place, await services.search_for(query))
    texts = await texts_behind(query, services)
    await acknowledge(query, loss_reply(loss, texts), alert=True)


async def _loss(given: GivenAnswer | None, place: Place, search: Search) -> Loss | None:
    if search.is_divided:  # it may lie in another collection now
        return None
    for citation in given.citations if given else ():
        if citation.digits == place.document:
            passage = (await search.quotation(citation)).passage
            return passage if isinstance(passage, Loss) else None
    return None


def _answer_behind(
    pressed: MaybeInaccessibleMessage | None, services: Services
) -> GivenAnswer | None:
    """Return the answer that the pressed message is, or that it replies to."""
    replied = pressed.reply_to_message if isinstance(pressed, Message) else None
    found = (
        services.store.answer_of(message.chat.id, message.message_id)
        for message in (pressed, replied)
        if message
    )
    return next(filter(None, found), None)
