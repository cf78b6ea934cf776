"""Takes files into the documents: read, kept and indexed, one file after the other.

One message tells how far it is. Questions asked meanwhile are answered from the documents that were
there before.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from telegram import Message
from telegram.error import TelegramError

from bot.chat.own_messages import edit
from bot.desk import Desk
from bot.replies.uploads import (
    added_reply,
    indexing_reply,
    not_indexed_reply,
    not_read_reply,
    not_saved_reply,
    reading_reply,
    refused_reply,
)
from bot.texts import Texts
from retrieval.errors import UserError
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reading.web_origin import WebOrigin
from retrieval.refusals import Cause, UnreadableError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is to be a document; `name` is the document's, `origin` where it was fetched."""

    name: str
    data: bytes
    origin: WebOrigin | None = None


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
class Intake:
    """Takes in one file at a time."""

    turns: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Awaitable[object]]:
        """Join the line at once, so that files are taken in the order in which they came.

        Yields:
            What to await before the file is taken in.
        """
        turn = asyncio.create_task(self.turns.acquire())
        try:
            yield turn
        finally:
            await turn
            self.turns.release()

    async def take(self, file: NewFile, desk: Desk, progress: Progress, texts: Texts) -> str:
        """Take all steps and return what to say at the end."""
        name = file.name
        known = await desk.search.named(name)
        try:
            await progress.show(reading_reply(name, texts))
            parsed = await _saved(file, desk)
        except UnreadableError as error:
            return refused_reply(name, error, texts)
        except OSError as error:
            logger.warning("file not saved: %s", error.strerror)
            return not_saved_reply(name, error.strerror or "", texts)
        except UserError as error:
            logger.warning("file not read: %s", error)
            return not_read_reply(name, str(error), texts)
        await progress.show(indexing_reply(name, texts))
        return await _indexed(name, parsed, desk, known is not None, texts)


async def _saved(file: NewFile, desk: Desk) -> ParsedFile:
    """Read a file, then save it; a file that cannot be read replaces nothing."""
    uploads, new = desk.uploads, (file.name, file.data, file.origin)
    parsed = await asyncio.to_thread(uploads.read, *new)
    same = await desk.search.with_hash(parsed.document.hash)
    if same and same.name != file.name:
        raise UnreadableError(Cause.SAME_TEXT, name=same.name)
    await asyncio.to_thread(uploads.save, *new)
    return parsed


async def _indexed(name: str, parsed: ParsedFile, desk: Desk, replaced: bool, texts: Texts) -> str:
    try:
        await desk.reopen(parsed)
    except UserError as error:
        logger.warning("documents not indexed: %s", error)
        return not_indexed_reply(name, str(error), texts)
    count = await desk.search.count_passages(parsed.document)
    return added_reply(parsed.document, count, replaced, texts)
