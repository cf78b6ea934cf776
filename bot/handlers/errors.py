"""An error in a handler: the log says what and where, the user gets one line."""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress
from dataclasses import dataclass

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.chat.people import Person
from bot.handlers.context import Context
from bot.handlers.services import Services

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorHandlers:
    """Receives every exception that a handler raises."""

    services: Services

    async def report(self, update: object, context: Context) -> None:
        """Log the error, and tell the person whose update caused it, if there is one.

        Raises:
            ApplicationHandlerStop: Always, for an update: where the gate has failed, the update
                must not be answered.
        """
        if not isinstance(update, Update):
            _log(context.error, "a task")
            return
        _log(context.error, f"update {update.update_id}")
        with suppress(TelegramError):
            await self._tell(update)
        raise ApplicationHandlerStop

    async def _tell(self, update: Update) -> None:
        if (query := update.callback_query) is not None:
            texts = await self.services.languages.texts(Person.of(query.from_user))
            await query.answer(texts.failed)
        elif (message := update.message or update.edited_message) is not None:
            texts = await self.services.languages.texts(Person.behind(message))
            await message.reply_text(texts.failed)


def _log(error: Exception | None, what: str) -> None:
    # An exception's message may repeat what the user wrote. Its type and place cannot, and neither
    # does Telegram's own reason for refusing a call.
    said = f": {error}" if isinstance(error, TelegramError) else ""
    frames = "".join(traceback.format_tb(error.__traceback__)) if error else ""
    logger.error("%s failed: %s%s\n%s", what, type(error).__name__, said, frames)
    logger.debug("%s failed", what, exc_info=error)
