"""/documents and /forget: administrators see what there is, and remove what came from the chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.buttons import BACK, ON
from bot.citations import title_of
from bot.collection_pages import CollectionPage
from bot.handlers.own_messages import acknowledge, edit
from bot.handlers.people import Languages, Person
from bot.handlers.questions import Retriever
from bot.markup import escaped, line
from bot.replies import TITLE_LIMIT
from bot.shelf import Shelf, is_upload, key_of, upload_name
from bot.texts import Texts
from retrieval.documents import CollectionError, Document

DOCUMENTS_PAGE = r"^documents:(\d{1,6})$"
FORGET_PAGE = r"^forget:page:(\d{1,6})$"
FORGET_ONE = r"^forget:([0-9a-f]{16})$"
FORGET_YES = r"^forget:([0-9a-f]{16}):yes$"
FORGET_NO = r"^forget:keep$"
LABEL_LIMIT = 60

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DocumentHandlers:
    """Lists the documents and removes those from the chat, for administrators alone."""

    retriever: Retriever
    shelf: Shelf
    languages: Languages
    admin_ids: frozenset[int]

    async def show(self, message: Message) -> None:
        """List the documents, marked where they came from the chat."""
        texts = await self.languages.texts(Person.behind(message))
        page = CollectionPage.of(self.retriever.documents, 1)
        await message.reply_text(_list(page, texts), reply_markup=_turning("documents:", page))

    async def turn(self, query: CallbackQuery) -> None:
        """Turn the list to the page that the button names."""
        if texts := await self._pressed(query):
            page = CollectionPage.of(self.retriever.documents, int(_last(query)))
            await _put(query, _list(page, texts), _turning("documents:", page))

    async def offer(self, message: Message) -> None:
        """Offer the documents from the chat, or the one whose file is replied to, for removal."""
        texts = await self.languages.texts(Person.behind(message))
        if document := self._replied_to(message):
            await message.reply_text(
                _question(document, texts), reply_markup=_sure(document, texts)
            )
        elif documents := self._uploaded():
            page = CollectionPage.of(documents, 1)
            await message.reply_text(texts.forget_which, reply_markup=_choice(page))
        else:
            await message.reply_text(texts.forget_none)

    async def turn_offer(self, query: CallbackQuery) -> None:
        """Turn the offer to the page that the button names."""
        if texts := await self._pressed(query):
            page = CollectionPage.of(self._uploaded(), int(_last(query)))
            await _put(query, texts.forget_which, _choice(page))

    async def choose(self, query: CallbackQuery) -> None:
        """Ask whether the document that the button names shall go."""
        if texts := await self._pressed(query):
            if document := self._named(_last(query)):
                await _put(query, _question(document, texts), _sure(document, texts))
            else:
                await _put(query, texts.gone)

    async def remove(self, query: CallbackQuery) -> None:
        """Remove the document that the button names, and say so in its place."""
        if texts := await self._pressed(query):
            document = self._named(_last(query))
            await _put(query, await self._removed(document, texts) if document else texts.gone)

    async def keep(self, query: CallbackQuery) -> None:
        """Say that nothing was removed."""
        if texts := await self._pressed(query):
            await _put(query, texts.forget_kept)

    async def _pressed(self, query: CallbackQuery) -> Texts | None:
        """Answer the button and return the texts; None for who is no administrator any more."""
        texts = await self.languages.texts(Person.of(query.from_user))
        may = query.from_user.id in self.admin_ids
        await acknowledge(query, "" if may else texts.old_button)
        return texts if may else None

    async def _removed(self, document: Document, texts: Texts) -> str:
        if len(self.retriever.documents) == 1:
            return texts.forget_last
        title = _title(document)
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
        name = upload_name(replied.document.file_name or "")
        return next((one for one in self._uploaded() if one.name == name), None)

    def _uploaded(self) -> Sequence[Document]:
        return [document for document in self.retriever.documents if is_upload(document)]

    def _named(self, key: str) -> Document | None:
        return next((one for one in self._uploaded() if key_of(one) == key), None)


async def _put(
    query: CallbackQuery, text: str, keyboard: InlineKeyboardMarkup | None = None
) -> None:
    if message := query.message:
        await edit(query.get_bot(), message.chat.id, message.message_id, text, keyboard)


def _last(query: CallbackQuery) -> str:
    """Return the page or the key that the button's data name."""
    return (query.data or "").removesuffix(":yes").rpartition(":")[2]


def _list(page: CollectionPage, texts: Texts) -> str:
    listed = [
        f"{number}. {'📎 ' if is_upload(document) else ''}{_title(document)}"
        for number, document in page.numbered()
    ]
    heading = texts.documents.format(count=page.total)
    return "\n".join([heading, *listed, "", texts.how_to_add])


def _title(document: Document) -> str:
    return escaped(line(title_of(document), TITLE_LIMIT))


def _question(document: Document, texts: Texts) -> str:
    return texts.forget_sure.format(title=_title(document))


def _sure(document: Document, texts: Texts) -> InlineKeyboardMarkup:
    confirmed = f"forget:{key_of(document)}:yes"
    return InlineKeyboardMarkup.from_row(
        [
            InlineKeyboardButton(texts.forget_button, callback_data=confirmed),
            InlineKeyboardButton(texts.keep_button, callback_data="forget:keep"),
        ]
    )


def _choice(page: CollectionPage) -> InlineKeyboardMarkup:
    rows = [
        [
            InlineKeyboardButton(
                line(title_of(document), LABEL_LIMIT), callback_data=f"forget:{key_of(document)}"
            )
        ]
        for document in page.documents
    ]
    turning = _turning("forget:page:", page)
    return InlineKeyboardMarkup([*rows, *(turning.inline_keyboard if turning else ())])


def _turning(prefix: str, page: CollectionPage) -> InlineKeyboardMarkup | None:
    back = [(BACK, page.number - 1)] if page.number > 1 else []
    on = [(ON, page.number + 1)] if page.number < page.count else []
    buttons = [
        InlineKeyboardButton(label, callback_data=f"{prefix}{number}")
        for label, number in back + on
    ]
    return InlineKeyboardMarkup([buttons]) if buttons else None
