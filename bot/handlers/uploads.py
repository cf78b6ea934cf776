"""An administrator sends a file or a photo: it is fetched and taken into the documents."""

from __future__ import annotations

import logging
import sys
from collections.abc import Awaitable
from dataclasses import dataclass

from telegram import Bot, Message, PhotoSize
from telegram import Document as SentFile
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot.chat.people import Person
from bot.chat.question import Question
from bot.handlers.intake import Intake, NewFile, Progress
from bot.handlers.questions import QuestionHandlers
from bot.handlers.services import Services
from bot.replies.uploads import lost_reply, photo_name, received_reply, refused_reply
from bot.settings import TELEGRAM
from bot.texts import Texts
from retrieval.collection.uploads import upload_name
from retrieval.refusals import UnreadableError

DOWNLOAD_SECONDS = 60

Sent = SentFile | PhotoSize

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UploadHandlers:
    """Takes up the files that administrators send."""

    services: Services
    questions: QuestionHandlers
    intake: Intake

    async def add(self, message: Message, question: Question | None) -> None:
        """Add the file or photo to the documents, then answer the question in its caption.

        A caption without a question mark is taken for a description, and names a photo.
        """
        asks = bool({"?", "？"} & set(message.caption or ""))
        if file := message.document or (message.photo and message.photo[-1]):  # the largest size
            async with self.intake.turn() as turn:
                await self._add(message, file, "" if asks else message.caption or "", turn)
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
        limit = download_limit(message.get_bot())
        try:
            self.services.uploads.check(name, file.file_size or 0, limit)
        except UnreadableError as error:
            await message.reply_text(refused_reply(name, error, texts))
            return
        progress = Progress(await message.reply_text(received_reply(name, texts)))
        await turn
        await progress.end(await self._outcome(name, file, progress, texts))

    async def _outcome(self, name: str, file: Sent, progress: Progress, texts: Texts) -> str:
        try:
            data = await _fetched(file)
        except TelegramError as error:
            logger.warning("file not fetched: %s", type(error).__name__)
            return lost_reply(name, texts)
        return await self.intake.take(NewFile(name, data), progress, texts)


def download_limit(bot: Bot) -> int:
    """Return how many bytes a bot may download; a Bot API server of one's own sets no limit."""
    return FileSizeLimit.FILESIZE_DOWNLOAD if bot.base_url.startswith(TELEGRAM) else sys.maxsize


async def _fetched(file: Sent) -> bytes:
    """Download a file; raises TelegramError."""
    fetched = await file.get_file(read_timeout=DOWNLOAD_SECONDS)
    return bytes(await fetched.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS))
