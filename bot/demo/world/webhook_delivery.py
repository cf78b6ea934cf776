"""Delivery by webhook: updates posted to the bot's web server, one after the other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from telegram import Update, WebhookInfo
from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest

from bot.demo.world.updates import UpdateQueue

FIRST_RETRY_SECONDS = 0.5
LAST_RETRY_SECONDS = 30.0
REQUEST_SECONDS = 60.0


@dataclass
class WebhookDelivery:
    """The address that updates are posted to, and the last error that occurred there.

    `secret_token` is sent along in its header unless it is empty.
    """

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error: tuple[datetime, str] | None = field(default=None, init=False)

    async def deliver(self, queue: UpdateQueue) -> None:
        """Post updates for ever; retry a refused one after longer and longer pauses."""
        pause = FIRST_RETRY_SECONDS
        while True:
            for update in await queue.receive(limit=1, seconds=REQUEST_SECONDS):
                if await self._post(update):
                    queue.confirm(update.update_id + 1)
                    pause = FIRST_RETRY_SECONDS
                else:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LAST_RETRY_SECONDS)

    def info(self, pending: int, allowed_updates: Sequence[str]) -> WebhookInfo:
        """Return the answer to `getWebhookInfo`."""
        date, message = self.last_error or (None, None)
        return WebhookInfo(
            url=self.url,
            has_custom_certificate=False,
            pending_update_count=pending,
            max_connections=self.max_connections,
            allowed_updates=list(allowed_updates) or None,
            last_error_date=date,
            last_error_message=message,
        )

    async def _post(self, update: Update) -> bool:
        headers = {"Content-Type": "application/json"}
        if self.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret_token
        request = HTTPRequest(
            self.url,
            "POST",
            headers,
            json.dumps(update.to_dict()),
            request_timeout=REQUEST_SECONDS,
            follow_redirects=False,
        )
        try:
            await AsyncHTTPClient().fetch(request)
        except HTTPError as error:
            self._note(f"Wrong response from the webhook: {error.code} {error.message}")
        except OSError:
            self._note("Connection refused")
        else:
            return True
        return False

    def _note(self, message: str) -> None:
        self.last_error = (datetime.now(UTC).replace(microsecond=0), message)
