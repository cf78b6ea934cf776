"""An administrator sends a file: it is fetched, read, kept and indexed, one file after the other.

One message tells how far it is. Questions asked meanwhile are answered from the documents that were
there before.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field

from telegram import CallbackQuery, Message
from telegram import Document as SentFile
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot.chat.own_messages import acknowledge, edit, show_instead
from bot.chat.people import Person
from bot.chat.question import Question
from bot.desk import Desk
from bot.handlers.questions import QuestionHandlers
from bot.handlers.services import Services
from bot.replies.callback_data import AddTo
from bot.replies.collections import desks_keyboard, key_of_collection
from bot.replies.uploads import (
    added_reply,
    indexing_reply,
    lost_reply,
    not_indexed_reply,
    not_read_reply,
    not_saved_reply,
    reading_reply,
    received_reply,
    refused_reply,
    upload_chosen_reply,
)
from bot.texts import Texts
from retrieval.errors import UserError
from retrieval.reading.parse_cache import ParsedFile
from retrieval.refusals import Cause, UnreadableError

DOWNLOAD_SECONDS = 60

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """The bot's message that tells how far it is."""

    message: Message

    async def show(self, text: str) -> None:
        """Show the next step; a failure to show it does not stop the work."""
        with suppress(TelegramError):
            await self._edit(text)

    async def end(self, text: str) -> None:
        """Show the result, in a new message where this one is gone."""
        if not await self._edit(text):
            await self.message.reply_text(text)

    async def _edit(self, text: str) -> bool:
        where = self.message
        return await edit(where.get_bot(), where.chat_id, where.message_id, text, None)


@dataclass(frozen=True, slots=True)
class UploadHandlers:
    """Takes up the files that administrators send."""

    services: Services
    questions: QuestionHandlers
    turns: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def add(self, message: Message, question: Question | None) -> None:
        """Add the file to the documents, then answer the question in its caption.

        A person who administers several collections is asked to which one. A caption without a
        question mark is taken for a description.
        """
        desks = self.services.desks_of(message)
        if len(desks) > 1:
            texts = await self.services.languages.texts(Person.behind(message))
            await message.reply_text(
                texts.upload_where,
                reply_markup=desks_keyboard([(one.name, one.title) for one in desks]),
            )
        elif desks and (file := message.document):
            await self._add_in_turn(message, file, desks[0])
        if question and {"?", "？"} & set(message.caption or ""):
            await self.questions.ask(message, question)

    async def add_to(self, query: CallbackQuery, pressed: AddTo) -> None:
        """Add the file that the pressed message replies to, to the collection that is chosen."""
        desks = self.services.desks_of(query)
        desk = next(
            (one for one in desks if key_of_collection(one.name) == pressed.collection), None
        )
        asked = query.message if isinstance(query.message, Message) else None
        sent = asked.reply_to_message if asked else None
        if desk is None or asked is None or sent is None or sent.document is None:
            texts = await self.services.languages.texts(Person.of(query.from_user))
            await acknowledge(query, texts.old_button)
            return
        await acknowledge(query)
        texts = await self.services.languages.texts(Person.of(query.from_user))
        await show_instead(query, upload_chosen_reply(desk.title, texts))
        await self._add_in_turn(sent, sent.document, desk)

    async def _add_in_turn(self, message: Message, file: SentFile, desk: Desk) -> None:
        # It joins the line at once, so that files are taken in the order in which they came.
        turn = asyncio.create_task(self.turns.acquire())
        try:
            await self._add(message, file, desk, turn)
        finally:
            await turn
            self.turns.release()

    async def _add(
        self, message: Message, file: SentFile, desk: Desk, turn: Awaitable[object]
    ) -> None:
        texts = await self.services.languages.texts(Person.behind(message))
        name = desk.upload_name(file.file_name or "")
        try:
            desk.uploads.check(name, file.file_size or 0, FileSizeLimit.FILESIZE_DOWNLOAD)
        except UnreadableError as error:
            await message.reply_text(refused_reply(name, error, texts))
            return
        progress = Progress(await message.reply_text(received_reply(name, texts)))
        await turn
        await progress.end(await self._outcome(name, file, desk, progress, texts))

    async def _outcome(
        self, name: str, file: SentFile, desk: Desk, progress: Progress, texts: Texts
    ) -> str:
        """Take all steps and return what to say at the end."""
        known = await desk.search.named(name)
        try:
            await progress.show(reading_reply(name, texts))
            parsed = await _saved(name, await _fetched(file), desk)
        except UnreadableError as error:
            return refused_reply(name, error, texts)
        except TelegramError as error:
            logger.warning("file not fetched: %s", type(error).__name__)
            return lost_reply(name, texts)
        except OSError as error:
            logger.warning("file not saved: %s", error.strerror)
            return not_saved_reply(name, error.strerror or "", texts)
        except UserError as error:
            logger.warning("file not read: %s", error)
            return not_read_reply(name, str(error), texts)
        await progress.show(indexing_reply(name, texts))
        return await _indexed(name, parsed, desk, known is not None, texts)


async def _saved(name: str, data: bytes, desk: Desk) -> ParsedFile:
    """Read a file, then save it; a file that cannot be read replaces nothing."""
    parsed = await asyncio.to_thread(desk.uploads.read, name, data)
    same = await desk.search.with_hash(parsed.document.hash)
    if same and same.name != name:
        raise UnreadableError(Cause.SAME_TEXT, name=same.name)
    await asyncio.to_thread(desk.uploads.save, name, data)
    return parsed


async def _indexed(name: str, parsed: ParsedFile, desk: Desk, replaced: bool, texts: Texts) -> str:
    try:
        await desk.reopen(parsed)
    except UserError as error:
        logger.warning("documents not indexed: %s", error)
        return not_indexed_reply(name, str(error), texts)
    count = await desk.search.count_passages(parsed.document)
    return added_reply(parsed.document, count, replaced, texts)


async def _fetched(file: SentFile) -> bytes:
    """Download a file; raises TelegramError."""
    fetched = await file.get_file(read_timeout=DOWNLOAD_SECONDS)
    return bytes(await fetched.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS))
