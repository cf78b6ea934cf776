"""An administrator sends a file or a photo: it is fetched, read, kept and indexed in its turn.

One message tells how far it is. Questions asked meanwhile are answered from the documents that were
there before.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field

from telegram import Document as SentFile
from telegram import Message, PhotoSize
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot.chat.own_messages import edit
from bot.chat.people import Person
from bot.chat.question import Question
from bot.handlers.questions import QuestionHandlers
from bot.handlers.services import Services
from bot.replies.uploads import (
    added_reply,
    indexing_reply,
    lost_reply,
    not_indexed_reply,
    not_read_reply,
    not_saved_reply,
    photo_name,
    reading_reply,
    received_reply,
    refused_reply,
)
from bot.texts import Texts
from retrieval.collection.uploads import upload_name
from retrieval.errors import UserError
from retrieval.reading.parse_cache import ParsedFile
from retrieval.refusals import Cause, UnreadableError

DOWNLOAD_SECONDS = 60

Sent = SentFile | PhotoSize

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
        """Add the file or photo to the documents, then answer the question in its caption.

        A caption without a question mark is taken for a description, and names a photo.
        """
        asks = bool({"?", "？"} & set(message.caption or ""))
        if file := message.document or (message.photo and message.photo[-1]):  # the largest size
            # It joins the line at once, so that files are taken in the order in which they came.
            turn = asyncio.create_task(self.turns.acquire())
            try:
                await self._add(message, file, "" if asks else message.caption or "", turn)
            finally:
                await turn
                self.turns.release()
        if question and asks:
            await self.questions.ask(message, question)

    async def _add(
        self, message: Message, file: Sent, description: str, turn: Awaitable[object]
    ) -> None:
        texts = await self.services.languages.texts(Person.behind(message))
        if isinstance(file, PhotoSize):
            name = upload_name(photo_name(description, message.date, message.message_id, texts))
        else:
            name = upload_name(file.file_name or "")
        try:
            self.services.uploads.check(name, file.file_size or 0, FileSizeLimit.FILESIZE_DOWNLOAD)
        except UnreadableError as error:
            await message.reply_text(refused_reply(name, error, texts))
            return
        progress = Progress(await message.reply_text(received_reply(name, texts)))
        await turn
        await progress.end(await self._outcome(name, file, progress, texts))

    async def _outcome(self, name: str, file: Sent, progress: Progress, texts: Texts) -> str:
        """Take all steps and return what to say at the end."""
        known = await self.services.search.named(name)
        try:
            await progress.show(reading_reply(name, texts))
            parsed = await self._saved(name, await _fetched(file))
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
        return await self._indexed(name, parsed, known is not None, texts)

    async def _saved(self, name: str, data: bytes) -> ParsedFile:
        """Read a file, then save it; a file that cannot be read replaces nothing."""
        uploads = self.services.uploads
        parsed = await asyncio.to_thread(uploads.read, name, data)
        same = await self.services.search.with_hash(parsed.document.hash)
        if same and same.name != name:
            raise UnreadableError(Cause.SAME_TEXT, name=same.name)
        await asyncio.to_thread(uploads.save, name, data)
        return parsed

    async def _indexed(self, name: str, parsed: ParsedFile, replaced: bool, texts: Texts) -> str:
        try:
            await self.services.search.reopen(parsed)
        except UserError as error:
            logger.warning("documents not indexed: %s", error)
            return not_indexed_reply(name, str(error), texts)
        count = await self.services.search.count_passages(parsed.document)
        return added_reply(parsed.document, count, replaced, texts)


async def _fetched(file: Sent) -> bytes:
    """Download a file; raises TelegramError."""
    fetched = await file.get_file(read_timeout=DOWNLOAD_SECONDS)
    return bytes(await fetched.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS))
