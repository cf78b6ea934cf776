"""Writes to the stored updates in a thread of its own, so that searches do not delay it.

Searches fill the other threads. If the database fails, for example because the disk is full, the
log says so once. A connection that drops is made anew at once, and the call is made again: every
call does the same when it is made twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.store import CutOffError, KeptUpdates, StoreError

T = TypeVar("T")

logger = logging.getLogger(__name__)


class UpdateWriter:
    """Calls methods of `updates`, and marks updates as handled before anything else is written."""

    def __init__(self, updates: KeptUpdates) -> None:
        """Store the updates; the thread starts with the first call."""
        self._updates = updates
        self._thread = ThreadPoolExecutor(1, "inbox")
        self._unmarked: set[int] = set()  # done, but not yet marked in the database
        self._database_fails = False

    def __contains__(self, update_id: int) -> bool:
        """Return whether an update is done and not marked yet."""
        return update_id in self._unmarked

    async def call(self, function: Callable[..., T], *arguments: object) -> T | None:
        """Call `function` in the thread; return None if the database failed."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._mark_and_try, function, *arguments)

    def mark(self, update_id: int) -> None:
        """Mark an update as handled, soon."""
        self._unmarked.add(update_id)
        self._thread.submit(self._mark)

    def close(self) -> None:
        """Wait until all done updates are marked; blocks."""
        self._thread.shutdown()

    def _mark_and_try(self, function: Callable[..., T], *arguments: object) -> T | None:
        # Otherwise the marks would wait behind all incoming updates.
        self._mark()
        return self._try(function, *arguments)

    def _mark(self) -> None:
        """Mark all done updates in one go; if that fails, they are marked with the next ones."""
        done: Sequence[int] = list(self._unmarked)
        if done:
            self._try(self._updates.finish, done)
            if not self._database_fails:
                self._unmarked.difference_update(done)

    def _try(self, function: Callable[..., T], *arguments: object) -> T | None:
        try:
            result = _twice(function, *arguments)
        except StoreError as error:
            if not self._database_fails:
                logger.error("updates are handled without being kept: %s", error)
            self._database_fails = True
            return None
        self._database_fails = False
        return result


def _twice(function: Callable[..., T], *arguments: object) -> T:
    try:
        return function(*arguments)
    except CutOffError:
        return function(*arguments)
