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
from bot.desk import Desk
from bot.handlers.intake import Intake, NewFile, Progress
from bot.handlers.services import Services
from bot.replies.uploads import lost_reply, photo_name, received_reply, refused_reply
from bot.settings import TELEGRAM
from bot.texts import Texts
from retrieval.refusals import UnreadableError

DOWNLOAD_SECONDS = 60

Sent = SentFile | PhotoSize

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UploadHandlers:
    """Takes up the files that administrators send."""

    services: Services
    intake: Intake

    async def add(self, message: Message, file: Sent, desk: Desk) -> None:
        """Add a file or a photo to the documents of a collection; `message` brought it."""
        async with self.intake.turn() as turn:
            await self._add(message, file, desk, turn)

    async def _add(self, message: Message, file: Sent, desk: Desk, turn: Awaitable[object]) -> None:
        texts = await self.services.languages.texts(Person.behind(message))
        name = desk.upload_name(_file_name(message, file, texts))
        limit = download_limit(message.get_bot())
        try:
            desk.uploads.check(name, file.file_size or 0, limit)
        except UnreadableError as error:
            await message.reply_text(refused_reply(name, error, texts))
            return
        progress = Progress(await message.reply_text(received_reply(name, texts)))
        await turn
        await progress.end(await self._outcome(name, file, desk, progress, texts))

    async def _outcome(
        self, name: str, file: Sent, desk: Desk, progress: Progress, texts: Texts
    ) -> str:
        try:
            data = await _fetched(file)
        except TelegramError as error:
            logger.warning("file not fetched: %s", type(error).__name__)
            return lost_reply(name, texts)
        return await self.intake.take(NewFile(name, data), desk, progress, texts)


def asks(message: Message) -> bool:
    """Tell whether a caption asks something; one without a question mark is a description."""
    return not {"?", "？"}.isdisjoint(message.caption or "")


def _file_name(message: Message, file: Sent, texts: Texts) -> str:
    if not isinstance(file, PhotoSize):
        return file.file_name or ""
    description = "" if asks(message) else message.caption or ""
    return photo_name(description, message.date, message.message_id, texts)


def download_limit(bot: Bot) -> int:
    """Return how many bytes a bot may download; a Bot API server of one's own sets no limit."""
    return FileSizeLimit.FILESIZE_DOWNLOAD if bot.base_url.startswith(TELEGRAM) else sys.maxsize


async def _fetched(file: Sent) -> bytes:
    """Download a file; raises TelegramError."""
    fetched = await file.get_file(read_timeout=DOWNLOAD_SECONDS)
    return bytes(await fetched.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS))
