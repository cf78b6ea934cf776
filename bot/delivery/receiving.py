"""Receives updates, by polling the Bot API or through a webhook.

A webhook is silent when nobody writes, but also when it was taken away from the bot. So the bot
checks at intervals whether the webhook is still its own.
"""

from __future__ import annotations

import asyncio
import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram.constants import UpdateType
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Updater

from bot.delivery.connection import Connection
from bot.settings import Webhook

ALLOWED_UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.GUEST_MESSAGE,
)
HEARTBEAT = 30.0  # seconds between two checks of the webhook

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Receives updates through `webhook`, or by polling if that is None."""

    updater: Updater
    connection: Connection
    webhook: Webhook | None

    async def start(self) -> None:
        """Start receiving.

        Raises:
            TelegramError: Telegram cannot be reached, or refuses.
            OSError: The webhook's server cannot listen at its address.
        """
        if webhook := self.webhook:
            await self.updater.start_webhook(
                listen=webhook.host,
                port=webhook.port,
                url_path=re.escape(_path(webhook.url)),  # the library expects a pattern
                webhook_url=webhook.url,
                secret_token=webhook.secret,
                allowed_updates=ALLOWED_UPDATES,
            )
        else:
            await self.updater.start_polling(allowed_updates=ALLOWED_UPDATES, error_callback=_log)

    async def watch(self) -> None:
        """Check at intervals that Telegram answers and still delivers to this bot's webhook.

        If it delivers elsewhere, the connection ends. Without a webhook there is nothing to check.
        """
        while webhook := self.webhook:
            await asyncio.sleep(HEARTBEAT)
            try:
                told = (await self.updater.bot.get_webhook_info()).url
            except TelegramError as error:
                _log(error)
            else:
                if _path(told) != _path(webhook.url):
                    self.connection.end(
                        "the webhook was taken away: "
                        "another instance runs with the same TELEGRAM_BOT_TOKEN"
                    )

    async def stop(self) -> None:
        """Stop receiving, if it was started."""
        if self.updater.running:
            with suppress(InvalidToken):  # the error that ended the polling is raised here again
                await self.updater.stop()


def _path(url: str) -> str:
    return urlsplit(url).path


def _log(error: TelegramError) -> None:
    logger.warning("no updates from Telegram, trying again: %s", error)
