"""/documents and /forget: administrators see what there is, and remove what came from the chat."""

from __future__ import annotations

import asyncio
import logging
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.own_messages import acknowledge, show_instead
from bot.chat.people import Languages, Person
from bot.handlers.questions import Retriever
from bot.replies.collection_pages import CollectionPage
from bot.replies.documents import (
    choice_keyboard,
    documents_keyboard,
    documents_list,
    removal_keyboard,
    removal_question,
    shown_title,
)
from bot.replies.markup import escaped
from bot.texts import Texts
from retrieval.collection.uploads import UPLOADS, Uploads, key_of, upload_name
from retrieval.documents import Document
from retrieval.errors import CollectionError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DocumentHandlers:
    """Lists the documents and removes those from the chat, for administrators alone."""

    retriever: Retriever
    shelf: Uploads
    languages: Languages
    admin_ids: frozenset[int]

    async def show(self, message: Message) -> None:
        """List the documents, marked where they came from the chat."""
        texts = await self.languages.texts(Person.behind(message))
        page = await asyncio.to_thread(CollectionPage.of, self.retriever.documents, 1)
        await message.reply_text(documents_list(page, texts), reply_markup=documents_keyboard(page))

    async def turn(self, query: CallbackQuery) -> None:
        """Turn the list to the page that the button names."""
        if texts := await self._pressed(query):
            number = int(_last(query))
            page = await asyncio.to_thread(CollectionPage.of, self.retriever.documents, number)
            await show_instead(query, documents_list(page, texts), documents_keyboard(page))

    async def offer(self, message: Message) -> None:
        """Offer the documents from the chat, or the one whose file is replied to, for removal."""
        texts = await self.languages.texts(Person.behind(message))
        if document := await asyncio.to_thread(self._replied_to, message):
            await message.reply_text(
                removal_question(document, texts), reply_markup=removal_keyboard(document, texts)
            )
        elif documents := await asyncio.to_thread(self._uploaded):
            page = CollectionPage.of(documents, 1)
            await message.reply_text(texts.forget_which, reply_markup=choice_keyboard(page))
        else:
            await message.reply_text(texts.forget_none)

    async def turn_offer(self, query: CallbackQuery) -> None:
        """Turn the offer to the page that the button names."""
        if texts := await self._pressed(query):
            documents = await asyncio.to_thread(self._uploaded)
            page = CollectionPage.of(documents, int(_last(query)))
            await show_instead(query, texts.forget_which, choice_keyboard(page))

    async def choose(self, query: CallbackQuery) -> None:
        """Ask whether the document that the button names shall go."""
        if texts := await self._pressed(query):
            if document := await asyncio.to_thread(self._named, _last(query)):
                await show_instead(
                    query, removal_question(document, texts), removal_keyboard(document, texts)
                )
            else:
                await show_instead(query, texts.gone)

    async def remove(self, query: CallbackQuery) -> None:
        """Remove the document that the button names, and say so in its place."""
        if texts := await self._pressed(query):
            document = await asyncio.to_thread(self._named, _last(query))
            await show_instead(
                query, await self._removed(document, texts) if document else texts.gone
            )

    async def keep(self, query: CallbackQuery) -> None:
        """Say that nothing was removed."""
        if texts := await self._pressed(query):
            await show_instead(query, texts.forget_kept)

    async def _pressed(self, query: CallbackQuery) -> Texts | None:
        """Answer the button and return the texts; None for who is no administrator any more."""
        texts = await self.languages.texts(Person.of(query.from_user))
        may = query.from_user.id in self.admin_ids
        await acknowledge(query, "" if may else texts.old_button)
        return texts if may else None

    async def _removed(self, document: Document, texts: Texts) -> str:
        if len(self.retriever.documents) == 1:
            return texts.forget_last
        title = shown_title(document)
        try:
            await asyncio.to_thread(self.shelf.remove, document.name)
            await asyncio.to_thread(self.retriever.reopen)
        except (OSError, CollectionError) as error:
            reason = (error.strerror or "") if isinstance(error, OSError) else str(error)
            logger.warning("document not removed: %s", reason)
            return texts.forget_failed.format(title=title, reason=escaped(reason))
        return texts.forgotten.format(title=title)

    def _replied_to(self, message: Message) -> Document | None:
        replied = message.reply_to_message
        if replied is None or replied.document is None:
            return None
        return self.retriever.named(upload_name(replied.document.file_name or ""))

    def _uploaded(self) -> Sequence[Document]:
        # They stand in the order of their names, so few have to be read to find the uploads.
        documents = self.retriever.documents
        first, behind = (bisect_left(documents, name, key=_name) for name in UPLOADS)
        return documents[first:behind]

    def _named(self, key: str) -> Document | None:
        return next((one for one in self._uploaded() if key_of(one) == key), None)


def _name(document: Document) -> str:
    return document.name


def _last(query: CallbackQuery) -> str:
    """Return the page or the key that the button's data name."""
    return (query.data or "").removesuffix(":yes").rpartition(":")[2]
