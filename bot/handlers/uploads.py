"""An administrator sends a file: it is fetched, read, kept and indexed, one file after the other.

One message tells how far it is. Whoever asks meanwhile is answered from what was there before.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field

from telegram import Document as SentFile
from telegram import Message
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot.chat.own_messages import edit
from bot.chat.people import Languages, Person
from bot.handlers.questions import QuestionHandlers, Retriever
from bot.replies.documents import shown_title
from bot.replies.markup import escaped, line
from bot.replies.replies import TITLE_LIMIT
from bot.texts import Texts
from retrieval.collection.uploads import Uploads, upload_name
from retrieval.errors import CollectionError
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reading.refusals import Cause, UnreadableError

DOWNLOAD_SECONDS = 60

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """The bot's message that tells how far it is."""

    message: Message

    async def show(self, text: str) -> None:
        """Show the next step; whether that can be seen matters less than taking it."""
        with suppress(TelegramError):
            await self._edit(text)

    async def end(self, text: str) -> None:
        """Show how it ended, in a new message where this one is gone."""
        if not await self._edit(text):
            await self.message.reply_text(text)

    async def _edit(self, text: str) -> bool:
        where = self.message
        return await edit(where.get_bot(), where.chat_id, where.message_id, text, None)


@dataclass(frozen=True, slots=True)
class UploadHandlers:
    """Takes up the files that administrators send."""

    retriever: Retriever
    shelf: Uploads
    questions: QuestionHandlers
    languages: Languages
    turns: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def add(self, message: Message) -> None:
        """Add the file to the documents, then answer the question in its caption.

        A caption without a question mark is taken for a description.
        """
        if file := message.document:
            # Its place in line at once: files are taken in the order in which they came.
            turn = asyncio.create_task(self.turns.acquire())
            try:
                await self._add(message, file, turn)
            finally:
                await turn
                self.turns.release()
        if {"?", "？"} & set(message.caption or ""):
            await self.questions.ask(message)

    async def _add(self, message: Message, file: SentFile, turn: Awaitable[object]) -> None:
        texts = await self.languages.texts(Person.behind(message))
        name = upload_name(file.file_name or "")
        try:
            self.shelf.check(name, file.file_size or 0, FileSizeLimit.FILESIZE_DOWNLOAD)
        except UnreadableError as error:
            await message.reply_text(_refused(name, error, texts))
            return
        said = texts.upload_received.format(name=_shown(name))
        progress = Progress(await message.reply_text(said))
        await turn
        await progress.end(await self._outcome(name, file, progress, texts))

    async def _outcome(self, name: str, file: SentFile, progress: Progress, texts: Texts) -> str:
        """Take all steps and return what to say at the end."""
        known = await asyncio.to_thread(self.retriever.named, name)
        try:
            parsed = await self._kept(name, file, progress, texts)
            await progress.show(texts.upload_indexing.format(name=_shown(name)))
            count = await asyncio.to_thread(self._indexed, parsed)
        except UnreadableError as error:
            return _refused(name, error, texts)
        except TelegramError as error:
            logger.warning("file not fetched: %s", type(error).__name__)
            return texts.upload_lost.format(name=_shown(name))
        except OSError as error:
            logger.warning("file not saved: %s", error.strerror)
            reason = escaped(error.strerror or "")
            return texts.upload_not_saved.format(name=_shown(name), reason=reason)
        except CollectionError as error:
            logger.warning("documents not indexed: %s", error)
            reason = escaped(str(error))
            return texts.upload_not_indexed.format(name=_shown(name), reason=reason)
        said = texts.upload_replaced if known else texts.upload_added
        return said.format(title=shown_title(parsed.document), count=count)

    async def _kept(
        self, name: str, file: SentFile, progress: Progress, texts: Texts
    ) -> ParsedFile:
        await progress.show(texts.upload_reading.format(name=_shown(name)))
        fetched = await file.get_file(read_timeout=DOWNLOAD_SECONDS)
        data = await fetched.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS)
        return await asyncio.to_thread(self._saved, name, bytes(data))

    def _saved(self, name: str, data: bytes) -> ParsedFile:
        parsed = self.shelf.read(name, data)
        same = self.retriever.with_hash(parsed.document.hash)
        if same and same.name != name:
            raise UnreadableError(Cause.SAME_TEXT, name=same.name)
        self.shelf.save(name, data)
        return parsed

    def _indexed(self, parsed: ParsedFile) -> int:
        self.retriever.reopen(parsed)
        return len(self.retriever.passages(parsed.document))


def _refused(name: str, error: UnreadableError, texts: Texts) -> str:
    details = {key: escaped(value) for key, value in error.details.items()}
    reason = texts.refusals[error.cause].format(**details)
    return texts.upload_refused.format(name=_shown(name), reason=reason)


def _shown(name: str) -> str:
    return escaped(line(name.rpartition("/")[2], TITLE_LIMIT))
