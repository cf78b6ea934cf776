"""This process's hold on the bot's updates: alone, or as one of several replicas.

Replicas share a PostgreSQL database, and each is delivered some of the updates by webhook. One that
dies is noticed by the others within seconds, and they take its updates over. A dropped connection
to the database is noticed at once, and the claim is taken again as soon as the database answers.
Meanwhile the bot goes on: no other process gets the claim while the database is away.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic

from telegram import Bot

from bot.delivery.connection import RIVAL, Connection
from bot.delivery.inbox import Inbox
from bot.store import ALONE, LEASE, Claim, KeptReplicas, KeptUpdates, Standing, StoreError, Word
from bot.threads import in_thread

# All in seconds.
ROUND = 1.0  # between two signs of life
PATIENCE = 60.0  # for a claim that another process holds, once it was lost

logger = logging.getLogger(__name__)


class Holding:
    """Holds the claim to `updates`, gives signs of life, and takes over what dead replicas left."""

    def __init__(
        self,
        updates: KeptUpdates,
        inbox: Inbox,
        connection: Connection,
        show: Callable[[Standing], None],
    ) -> None:
        """Store what is held; nothing is claimed yet.

        Args:
            updates: The updates. Where they have a holder's name, this is a replica of that name.
            inbox: Takes what is for this process.
            connection: Ends where another process keeps the claim from this one.
            show: Is told how this process stands among the replicas, every other second.
        """
        what = updates.engine, updates.bot_id, updates.holder
        self.updates = updates
        self._claim = Claim(*what)
        self._replicas = KeptReplicas(*what) if updates.holder else None
        self._inbox = inbox
        self._connection = connection
        self._show = show
        self._steady_since = self._lost_at = self._beat_at = monotonic()
        self._recoveries: set[asyncio.Future[None]] = set()

    async def take(self, seconds: float) -> bool:
        """Wait until no other process keeps this one from the updates, and take them.

        Args:
            seconds: How long to wait.

        Returns:
            False if another process still handles the updates after that time.

        Raises:
            StoreError: The updates cannot be claimed.
        """
        if not await asyncio.to_thread(self._claim.take, seconds):
            return False
        self._show(await asyncio.to_thread(self._enter))
        return True

    async def keep(self, bot: Bot, recover: Callable[[], Awaitable[None]]) -> None:
        """Keep the claim until cancelled, and queue what comes for this process.

        Args:
            bot: The bot that the updates belong to.
            recover: Queues what a dead process has begun.
        """
        is_away = False
        while self.updates.engine.dialect.name == "postgresql":  # a file is not lost
            try:
                await self._round(bot, recover)
                is_away = False
            except StoreError as error:
                if not is_away:
                    logger.warning("the database does not answer: %s", error)
                is_away = True
                self._steady_since = monotonic()
                await asyncio.sleep(ROUND)

    def release(self) -> None:
        """Leave what is not done to the other replicas, and release the claim; blocks."""
        with suppress(StoreError):
            if self._replicas:
                self._replicas.leave()
        self._claim.release()

    def _enter(self) -> Standing:
        """Take the updates over from an earlier process, or take a place among the replicas."""
        if not self._replicas:
            # Where this fails, updates are handled without being kept, and the writer tells it.
            with suppress(StoreError):
                self.updates.take_all()
            return ALONE
        if self._claim.was_alone:
            self._replicas.clear()
        standing = self._replicas.beat(may_judge=False)
        if self._claim.was_alone:
            self._replicas.adopt()
        return standing

    async def _round(self, bot: Bot, recover: Callable[[], Awaitable[None]]) -> None:
        word = await self._word()
        if self._replicas is None or word is None:
            return
        queued = [
            await self._inbox.fetch(chat, bot) for chat in ([None] if word.missed else word.chats)
        ]
        adopted = await self._beat(self._replicas)
        if adopted or not all(queued):
            self._beside(recover())

    async def _word(self) -> Word | None:
        """Wait for a word, or take the claim again; None where another process keeps it."""
        if self._claim.is_held:
            self._lost_at = monotonic()
            return await in_thread(self._claim.listen, ROUND)
        if await in_thread(self._claim.take, 0.0):
            logger.info("the database answers again")
            return Word(missed=True)
        if monotonic() - self._lost_at > PATIENCE:
            self._connection.end(RIVAL)
        await asyncio.sleep(ROUND)
        return None

    async def _beat(self, replicas: KeptReplicas) -> bool:
        """Give a sign of life when it is time; return whether updates of dead ones were taken."""
        if (now := monotonic()) - self._beat_at < ROUND:
            return False
        self._beat_at = now
        standing = await in_thread(replicas.beat, now - self._steady_since > LEASE.total_seconds())
        self._show(standing)
        if standing.orphans:
            await in_thread(replicas.adopt)
        return standing.orphans

    def _beside(self, recovery: Awaitable[None]) -> None:
        """Let a recovery go on beside the signs of life: it waits for what may end the process."""
        going_on = asyncio.ensure_future(recovery)
        self._recoveries.add(going_on)
        going_on.add_done_callback(self._recoveries.discard)
