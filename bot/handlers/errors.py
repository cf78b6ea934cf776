"""Something went wrong: the log gets what and where, the user one line."""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress
from dataclasses import dataclass

from telegram import Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.handlers.people import Languages, Person

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorHandlers:
    """Receives every exception that a handler, or the fetching of updates, has raised."""

    languages: Languages

    async def report(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log the error; tell whoever caused it, if there is somebody."""
        if isinstance(update, Update):
            _log(context.error, update.update_id)
            with suppress(TelegramError):
                await self._tell(update)
        else:
            logger.warning("no updates from Telegram, trying again: %s", context.error)

    async def _tell(self, update: Update) -> None:
        if (query := update.callback_query) is not None:
            texts = await self.languages.texts(Person.of(query.from_user))
            await query.answer(texts.failed)
        elif update.message is not None:
            texts = await self.languages.texts(Person.behind(update.message))
            await update.message.reply_text(texts.failed)


def _log(error: Exception | None, update_id: int) -> None:
    # An exception's message may repeat what the user wrote; its type and place cannot, and
    # what Telegram says of a call does not.
    said = f": {error}" if isinstance(error, BadRequest | Forbidden) else ""
    frames = "".join(traceback.format_tb(error.__traceback__)) if error else ""
    logger.error("update %d failed: %s%s\n%s", update_id, type(error).__name__, said, frames)
    logger.debug("update %d failed", update_id, exc_info=error)
