"""The bot's health: whether Telegram answers, updates come in, and the database answers."""

from __future__ import annotations

import asyncio

from bot.delivery.connection import Connection
from bot.store import KeptUpdates, StoreError

PATIENCE = 3.0  # seconds that the database has for its answer


class Health:
    """Tells what is wrong now; the database is asked whenever somebody wants to know."""

    def __init__(self, connection: Connection, updates: KeptUpdates) -> None:
        """Store what is looked at."""
        self._connection = connection
        self._updates = updates
        self._asking: asyncio.Task[None] | None = None

    async def complaint(self) -> str | None:
        """Return what is wrong, None if nothing is."""
        return self._connection.complaint() or await self._of_database()

    async def _of_database(self) -> str | None:
        # A database that hangs is not asked again, or each question would take one more thread.
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(asyncio.to_thread(self._updates.check))
        try:
            await asyncio.wait_for(asyncio.shield(self._asking), PATIENCE)
        except TimeoutError:
            return f"no answer from the database for {PATIENCE:.0f} seconds"
        except StoreError as error:
            return str(error)
        return None
