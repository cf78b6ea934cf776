"""/documents and /forget: administrators list the documents and remove those from the chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.own_messages import acknowledge, show_instead
from bot.chat.people import Person
from bot.handlers.services import Services
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
from retrieval.collection.uploads import KEPT, key_of, upload_name
from retrieval.documents import Document
from retrieval.errors import UserError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DocumentHandlers:
    """Lists the documents and removes those that came from the chat, for administrators alone."""

    services: Services

    async def show(self, message: Message) -> None:
        """List the documents; those that came from the chat are marked."""
        texts = await self.services.languages.texts(Person.behind(message))
        page = await self.services.search.collection_page(1)
        shown = documents_reply(page, texts)
        await message.reply_text(shown, reply_markup=documents_keyboard(page))

    async def turn(self, query: CallbackQuery, pressed: TurnDocuments) -> None:
        """Turn the page of the list."""
        if texts := await self._pressed(query):
            page = await self.services.search.collection_page(pressed.page)
            await show_instead(query, documents_reply(page, texts), documents_keyboard(page))

    async def offer(self, message: Message) -> None:
        """Offer the documents from the chat, or the one whose file is replied to, for removal."""
        texts = await self.services.languages.texts(Person.behind(message))
        if document := await self._replied_to(message):
            await message.reply_text(
                removal_question(document, texts), reply_markup=removal_keyboard(document, texts)
            )
        elif documents := await self._uploaded():
            page = CollectionPage.of(documents, 1)
            await message.reply_text(texts.forget_which, reply_markup=choice_keyboard(page))
        else:
            await message.reply_text(texts.forget_none)

    async def turn_offer(self, query: CallbackQuery, pressed: TurnRemovable) -> None:
        """Turn the page of the offer."""
        if texts := await self._pressed(query):
            documents = await self._uploaded()
            page = CollectionPage.of(documents, pressed.page)
            await show_instead(query, texts.forget_which, choice_keyboard(page))

    async def choose(self, query: CallbackQuery, pressed: Remove) -> None:
        """Ask whether to remove the document that the button names."""
        if texts := await self._pressed(query):
            if document := await self._named(pressed.document):
                await show_instead(
                    query, removal_question(document, texts), removal_keyboard(document, texts)
                )
            else:
                await show_instead(query, texts.gone)

    async def remove(self, query: CallbackQuery, pressed: RemoveSurely) -> None:
        """Remove the document that the button names, and say so in its place."""
        if texts := await self._pressed(query):
            document = await self._named(pressed.document)
            await show_instead(
                query, await self._removed(document, texts) if document else texts.gone
            )

    async def keep(self, query: CallbackQuery, _: Keep) -> None:
        """Say that nothing was removed."""
        if texts := await self._pressed(query):
            await show_instead(query, texts.forget_kept)

    async def _pressed(self, query: CallbackQuery) -> Texts | None:
        """Acknowledge the button and return the texts; None for a former administrator."""
        texts = await self.services.languages.texts(Person.of(query.from_user))
        may = query.from_user.id in self.services.admin_ids
        await acknowledge(query, "" if may else texts.old_button)
        return texts if may else None

    async def _removed(self, document: Document, texts: Texts) -> str:
        if self.services.search.document_count == 1:
            return texts.forget_last
        try:
            await asyncio.to_thread(self.services.uploads.remove, document.name)
        except OSError as error:
            logger.warning("document not removed: %s", error.strerror)
            return not_removed_reply(document, error.strerror or "", texts)
        try:
            await self.services.search.reopen()
        except UserError as error:
            logger.warning("documents not indexed: %s", error)
            return still_indexed_reply(document, str(error), texts)
        return removed_reply(document, texts)

    async def _replied_to(self, message: Message) -> Document | None:
        """Return the document whose file the message replies to, if there is one."""
        replied = message.reply_to_message
        if replied is None or replied.document is None:
            return None
        return await self.services.search.named(upload_name(replied.document.file_name or ""))

    async def _uploaded(self) -> Sequence[Document]:
        between = self.services.search.named_between
        return [document for names in KEPT for document in await between(*names)]

    async def _named(self, key: str) -> Document | None:
        return next((one for one in await self._uploaded() if key_of(one) == key), None)
