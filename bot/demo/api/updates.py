"""The Bot API's methods for updates: polling, the webhook, and who the bot is."""

from __future__ import annotations

import asyncio

from telegram import Update, User, WebhookInfo
from telegram.constants import PollingLimit

from bot.demo.errors import Conflict
from bot.demo.rules.webhooks import check_webhook
from bot.demo.world.cast import BOT
from bot.demo.world.webhook_delivery import WebhookDelivery
from bot.demo.world.world import World

LONGEST_POLL_SECONDS = 50


class UpdateMethods:
    """Updates by polling or by webhook, never both at the same time."""

    def __init__(self, world: World) -> None:
        """Keep the world that queues the updates."""
        self._world = world
        self._webhook: WebhookDelivery | None = None
        self._delivery: asyncio.Task[None] | None = None

    async def getMe(self) -> User:
        """Return the bot."""
        return BOT

    async def logOut(self) -> bool:
        """Return True, as Telegram does; there is no other server to change to."""
        return True

    async def close(self) -> bool:
        """Return True, as Telegram does; there is no other server to change to."""
        return True

    async def getUpdates(
        self,
        offset: int = 0,
        limit: int = PollingLimit.MAX_LIMIT,
        timeout: int = 0,  # noqa: ASYNC109 - the Bot API's own name
        allowed_updates: list[str] | None = None,
    ) -> list[Update]:
        """Return updates from `offset` on and forget earlier ones; wait up to `timeout` seconds."""
        if self._webhook:
            raise Conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self._world.come_online()
        self._want(allowed_updates)
        self._world.updates.confirm(offset)
        most = min(max(limit, PollingLimit.MIN_LIMIT), PollingLimit.MAX_LIMIT)
        return await self._world.updates.receive(most, min(timeout, LONGEST_POLL_SECONDS))

    async def setWebhook(
        self,
        url: str,
        max_connections: int = 40,
        allowed_updates: list[str] | None = None,
        drop_pending_updates: bool = False,
        secret_token: str = "",
    ) -> bool:
        """Post updates to `url`, an address on this machine; an empty one ends the webhook."""
        is_new = self._webhook is None
        await self.deleteWebhook(drop_pending_updates)
        self._want(allowed_updates)
        if not url:
            return True
        check_webhook(url, secret_token)
        if is_new:  # else it is the delivery to the address before that waits, and has ended
            self._world.updates.interrupt(Conflict("terminated by setWebhook request"))
        self._webhook = WebhookDelivery(url, secret_token, max_connections)
        self._delivery = asyncio.create_task(self._webhook.deliver(self._world.updates))
        self._world.come_online()
        return True

    async def deleteWebhook(self, drop_pending_updates: bool = False) -> bool:
        """End the webhook."""
        if self._delivery:
            self._delivery.cancel()
        self._webhook = self._delivery = None
        if drop_pending_updates:
            self._world.updates.clear()
        return True

    async def getWebhookInfo(self) -> WebhookInfo:
        """Return the address that updates go to, and how many of them wait."""
        return (self._webhook or WebhookDelivery("")).info(
            len(self._world.updates), sorted(self._world.updates.wanted)
        )

    def _want(self, allowed_updates: list[str] | None) -> None:
        if allowed_updates is not None:
            self._world.updates.want(allowed_updates)
