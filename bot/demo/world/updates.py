"""The queue of updates for the bot: kept until confirmed, given to one receiver at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice

from telegram import TelegramObject, Update

from bot.demo.errors import ApiError, Conflict


class UpdateQueue:
    """Updates that are not confirmed, in order; their ids count up from 1."""

    def __init__(self) -> None:
        """Start empty, for every kind of update."""
        self.wanted: frozenset[str] = frozenset()
        self._pending: deque[Update] = deque()
        self._last_id = 0
        self._receiver: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        """Return how many updates are not confirmed."""
        return len(self._pending)

    def want(self, kinds: Sequence[str]) -> None:
        """Queue only these kinds of update from now on; an empty list means all."""
        self.wanted = frozenset(kinds)

    def add(self, kind: str, content: TelegramObject) -> None:
        """Queue an update with `content` in its field `kind`, if that kind is wanted."""
        if self.wanted and kind not in self.wanted:
            return
        self._last_id += 1
        fields = {"update_id": self._last_id, kind: content.to_dict()}
        self._pending.append(Update.de_json(fields, None))
        if self._receiver and not self._receiver.done():
            self._receiver.set_result(None)

    def confirm(self, offset: int) -> None:
        """Forget updates with ids below `offset`; a negative one keeps that many from the end."""
        first = offset if offset >= 0 else self._last_id + 1 + offset
        while self._pending and self._pending[0].update_id < first:
            self._pending.popleft()

    def clear(self) -> None:
        """Forget all updates."""
        self._pending.clear()

    def interrupt(self, reason: ApiError) -> None:
        """Raise `reason` in a call of `receive` that still waits."""
        if self._receiver and not self._receiver.done():
            self._receiver.set_exception(reason)

    async def receive(self, limit: int, seconds: float) -> list[Update]:
        """Return the first updates, at most `limit`; wait up to `seconds` if there are none.

        A call that still waits ends with `Conflict`, as in Telegram.
        """
        self.interrupt(
            Conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
        )
        if not self._pending:
            self._receiver = asyncio.get_running_loop().create_future()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._receiver, seconds)
        return list(islice(self._pending, limit))
