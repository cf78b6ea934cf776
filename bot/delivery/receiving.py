"""How updates come: fetched from the Bot API again and again, or delivered by it to a webhook.

A webhook is silent where nobody writes, and where it was taken away. So the bot asks now and then
whether it is still its own.
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
)
HEARTBEAT = 30.0  # seconds between two looks at the webhook

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Brings updates by `webhook`, or by polling where there is none."""

    updater: Updater
    connection: Connection
    webhook: Webhook | None

    async def start(self) -> None:
        """Begin; raises TelegramError, and OSError where the webhook cannot listen."""
        if webhook := self.webhook:
            await self.updater.start_webhook(
                listen=webhook.host,
                port=webhook.port,
                url_path=re.escape(_path(webhook.url)),  # the library takes a pattern
                webhook_url=webhook.url,
                secret_token=webhook.secret,
                allowed_updates=ALLOWED_UPDATES,
            )
        else:
            await self.updater.start_polling(allowed_updates=ALLOWED_UPDATES, error_callback=_log)

    async def watch(self) -> None:
        """See now and then that Telegram answers, and that it still delivers to this bot."""
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
        """End what is begun, if anything is."""
        if self.updater.running:
            with suppress(InvalidToken):  # what has ended the polling is raised here again
                await self.updater.stop()


def _path(url: str) -> str:
    return urlsplit(url).path


def _log(error: TelegramError) -> None:
    logger.warning("no updates from Telegram, trying again: %s", error)
