"""/documents and /forget: administrators list the documents and remove those from the chat."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.own_messages import acknowledge, show_instead
from bot.chat.people import Person
from bot.desk import Desk
from bot.handlers.services import Asked, Services
from bot.replies.callback_data import (
    Keep,
    Remove,
    RemoveSurely,
    TurnDocuments,
    TurnRemovable,
)
from bot.replies.collection import CollectionPage
from bot.replies.documents import (
    choice_keyboard,
    documents_keyboard,
    documents_reply,
    not_removed_reply,
    removal_keyboard,
    removal_question,
    removed_reply,
    still_indexed_reply,
)
from bot.texts import Texts
from retrieval.collection.uploads import key_of
from retrieval.documents import Document
from retrieval.errors import UserError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A document from the chat, and the collection that it is in."""

    desk: Desk
    document: Document


@dataclass(frozen=True, slots=True)
class DocumentHandlers:
    """Lists the documents and removes those that came from the chat, for administrators alone."""

    services: Services

    async def show(self, message: Message) -> None:
        """List the documents; those that came from the chat are marked."""
        texts = await self.services.languages.texts(Person.behind(message))
        page = await self.services.administered(message).collection_page(1)
        shown = documents_reply(page, texts)
        await message.reply_text(shown, reply_markup=documents_keyboard(page))

    async def turn(self, query: CallbackQuery, pressed: TurnDocuments) -> None:
        """Turn the page of the list."""
        if texts := await self._pressed(query):
            page = await self.services.administered(query).collection_page(pressed.page)
            await show_instead(query, documents_reply(page, texts), documents_keyboard(page))

    async def offer(self, message: Message) -> None:
        """Offer the documents from the chat, or the one whose file is replied to, for removal."""
        texts = await self.services.languages.texts(Person.behind(message))
        if document := await self._replied_to(message):
            await message.reply_text(
                removal_question(document, texts), reply_markup=removal_keyboard(document, texts)
            )
        elif documents := await self._uploaded(message):
            page = CollectionPage.of(documents, 1)
            await message.reply_text(texts.forget_which, reply_markup=choice_keyboard(page))
        else:
            await message.reply_text(texts.forget_none)

    async def turn_offer(self, query: CallbackQuery, pressed: TurnRemovable) -> None:
        """Turn the page of the offer."""
        if texts := await self._pressed(query):
            documents = await self._uploaded(query)
            page = CollectionPage.of(documents, pressed.page)
            await show_instead(query, texts.forget_which, choice_keyboard(page))

    async def choose(self, query: CallbackQuery, pressed: Remove) -> None:
        """Ask whether to remove the document that the button names."""
        if texts := await self._pressed(query):
            if found := await self._named(pressed.document, query):
                document = found.document
                await show_instead(
                    query, removal_question(document, texts), removal_keyboard(document, texts)
                )
            else:
                await show_instead(query, texts.gone)

    async def remove(self, query: CallbackQuery, pressed: RemoveSurely) -> None:
        """Remove the document that the button names, and say so in its place."""
        if texts := await self._pressed(query):
            found = await self._named(pressed.document, query)
            await show_instead(query, await self._removed(found, texts) if found else texts.gone)

    async def keep(self, query: CallbackQuery, _: Keep) -> None:
        """Say that nothing was removed."""
        if texts := await self._pressed(query):
            await show_instead(query, texts.forget_kept)

    async def _pressed(self, query: CallbackQuery) -> Texts | None:
        """Acknowledge the button and return the texts.

        None for a former administrator, and in a group, where others would see the documents.
        """
        texts = await self.services.languages.texts(Person.of(query.from_user))
        may = bool(self.services.desks_of(query))
        await acknowledge(query, "" if may else texts.old_button)
        return texts if may else None

    async def _removed(self, found: OnDesk, texts: Texts) -> str:
        desk, document = found.desk, found.document
        if not desk.search.is_divided and desk.search.document_count == 1:
            return texts.forget_last
        try:
            await asyncio.to_thread(desk.uploads.remove, document.name)
        except OSError as error:
            logger.warning("document not removed: %s", error.strerror)
            return not_removed_reply(document, error.strerror or "", texts)
        try:
            await desk.reopen()
        except UserError as error:
            logger.warning("documents not indexed: %s", error)
            return still_indexed_reply(document, str(error), texts)
        return removed_reply(document, texts)

    async def _replied_to(self, message: Message) -> Document | None:
        """Return the document whose file the message replies to, if there is one."""
        replied = message.reply_to_message
        if replied is None or replied.document is None:
            return None
        file_name = replied.document.file_name or ""
        for desk in self.services.desks_of(message):
            if document := await desk.search.named(desk.upload_name(file_name)):
                return document
        return None

    async def _on_desks(self, asked: Asked) -> list[OnDesk]:
        """Return what the bot keeps in all collections that somebody administers."""
        return [
            OnDesk(desk, document)
            for desk in self.services.desks_of(asked)
            for document in await desk.uploaded()
        ]

    async def _uploaded(self, asked: Asked) -> list[Document]:
        return [one.document for one in await self._on_desks(asked)]

    async def _named(self, key: str, asked: Asked) -> OnDesk | None:
        found = await self._on_desks(asked)
        return next((one for one in found if key_of(one.document) == key), None)
