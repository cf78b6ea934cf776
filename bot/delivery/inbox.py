"""The inbox: it stores each update before Telegram gets a confirmation, and marks handled ones.

The inbox is the queue between python-telegram-bot's updater and its application. Polling puts an
update there before the next getUpdates confirms it, and the webhook's server before it answers
200. Both wait until the update is in the database. An update is done when every task that the
application started for it has ended, including the tasks that its chat does not wait for. An
update that is delivered again is skipped.

After a crash, the updates left over are handled before new ones. Those whose handling had begun
are suspects: one of them may have caused the crash. They come first and one at a time, starting
with the one that was begun most often. So only the culprit is begun again before the next crash.
An update that was begun `ATTEMPTS` times and never finished is set aside. A question whose answer
is stored was answered, even if its update is not marked.

One gap remains. Between the moment when Telegram accepts an answer and the commit that stores it
lie some milliseconds, mostly the way of Telegram's response. If the process is killed in that gap,
the question is answered again, because the Bot API does not tell a bot what it has sent. A crash
repeats no other answer. It may repeat edits, page turns and button presses, but nobody sees that.

Inline queries expire in seconds and are not stored. If the database fails, for example because the
disk is full, updates are handled without being stored, and the log says so once.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from telegram import Bot, Update

from bot.store import Claim, KeptUpdate, KeptUpdates, StoreError

ATTEMPTS = 3
PATIENCE = 5.0  # seconds that the next suspect waits for the one before
PRUNED_EVERY = 1000  # updates

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Inbox(asyncio.Queue[object]):
    """A queue that stores each `Update` in the database before it queues it.

    It writes in a thread of its own, so that searches, which fill the other threads, do not delay
    it.
    """

    def __init__(self, updates: KeptUpdates) -> None:
        """Start with an empty queue; `recover` adds what is pending in the database."""
        super().__init__()
        self._updates = updates
        self._claim = Claim(updates.engine, updates.bot_id)
        self._writer = ThreadPoolExecutor(1, "inbox")
        self._tasks: Counter[int] = Counter()  # running ones, of each update stored and not done
        self._unmarked: set[int] = set()  # done, but not yet marked in the database
        self._database_fails = False
        self.given_up = 0  # updates set aside in this run

    async def put(self, item: object) -> None:
        """Store an update, then queue it; skip one that was delivered before."""
        if isinstance(item, Update) and item.inline_query is None:
            is_new = await self._write(self._updates.keep, item.update_id, _json(item))
            if is_new is False:
                return
            if is_new:
                self._tasks[item.update_id] = 0
            if item.update_id % PRUNED_EVERY == 0:
                await self._write(self._updates.prune)
        await super().put(item)

    async def claim(self, seconds: float) -> bool:
        """Wait until no other process handles this bot's updates.

        Args:
            seconds: How long to wait.

        Returns:
            False if another process still handles them after that time.

        Raises:
            StoreError: The updates cannot be claimed.
        """
        return await asyncio.to_thread(self._claim.take, seconds)

    async def recover(self, bot: Bot) -> tuple[Update, ...]:
        """Queue the updates that an earlier run left; a suspect waits for the one before it.

        Args:
            bot: The bot that the updates belong to.

        Returns:
            The updates that are set aside because they were begun too often.
        """
        await self._write(self._updates.prune)
        left = await self._write(self._updates.pending) or ()
        if left:
            logger.info("updates left by an earlier run, handled first: %d", len(left))
        given_up = []
        for kept in sorted(left, key=lambda kept: -kept.attempts):
            update = await self._readable(kept, bot)
            if update and kept.attempts >= ATTEMPTS:
                given_up.append(update)
                error = f"begun {kept.attempts} times and never finished"
                await self.set_aside(update.update_id, error)
            elif update:
                await self._resume(update, is_suspect=kept.attempts > 0)
        return tuple(given_up)

    def __contains__(self, update_id: int) -> bool:
        """Return whether an update is stored and not done."""
        return update_id in self._tasks

    async def begin(self, update_id: int) -> None:
        """Record that the handling of an update begins, so that a crash can be traced to it."""
        await self._write(self._updates.begin, update_id)

    async def set_aside(self, update_id: int, error: str) -> None:
        """Log an error, and make sure that its update is never handled again."""
        logger.error("update %d set aside: %s", update_id, error)
        self.given_up += 1
        await self._write(self._updates.set_aside, update_id, error)

    async def refuse(self, update_id: int, data: str, error: str) -> None:
        """Store an unreadable update, given as JSON, and set it aside."""
        await self._write(self._updates.keep, update_id, data)
        await self.set_aside(update_id, error)

    def follow(self, update_id: int, task: asyncio.Task[Any]) -> None:
        """Count an update as done only after `task` has ended; never if `task` is cancelled."""
        if update_id not in self:
            return
        self._tasks[update_id] += 1

        def ended(task: asyncio.Task[Any]) -> None:
            if not task.cancelled():
                self._ended(update_id)

        task.add_done_callback(ended)

    def close(self) -> None:
        """Wait until all done updates are marked, then release the claim; blocks."""
        self._writer.shutdown()
        self._claim.release()

    async def _readable(self, kept: KeptUpdate, bot: Bot) -> Update | None:
        """Return a pending update; set it aside and return None if it cannot be read."""
        try:
            return Update.de_json(json.loads(kept.data), bot)
        except Exception as unreadable:  # stored by another version of the library
            await self.set_aside(kept.update_id, f"unreadable: {type(unreadable).__name__}")
        return None

    async def _resume(self, update: Update, is_suspect: bool) -> None:
        """Queue an update; skip a suspect that was answered, and wait for one that was not."""
        if is_suspect and await self._is_answered(update):
            await self._write(self._updates.finish, [update.update_id])
            return
        self._tasks[update.update_id] = 0
        self.put_nowait(update)
        if is_suspect:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.join(), PATIENCE)

    async def _is_answered(self, update: Update) -> bool:
        # The answer is stored last of all for a message. For an edited message it replaces the
        # answer to the first version, so a stored answer does not tell which version it is for.
        if (message := update.message) is None:
            return False
        where = message.chat_id, message.message_id
        return bool(await self._write(self._updates.is_answered, *where))

    def _ended(self, update_id: int) -> None:
        self._tasks[update_id] -= 1
        if not self._tasks[update_id]:
            del self._tasks[update_id]
            self._unmarked.add(update_id)
            self._writer.submit(self._mark)

    def _mark(self) -> None:
        """Mark all done updates in one go; if that fails, they are marked with the next ones."""
        done: Sequence[int] = list(self._unmarked)
        if done:
            self._try(self._updates.finish, done)
            if not self._database_fails:
                self._unmarked.difference_update(done)

    async def _write(self, function: Callable[..., T], *arguments: object) -> T | None:
        """Call `function` in the writer's thread; return None if the database failed."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, self._mark_and_try, function, *arguments)

    def _mark_and_try(self, function: Callable[..., T], *arguments: object) -> T | None:
        # Otherwise the marks would wait behind all incoming updates.
        self._mark()
        return self._try(function, *arguments)

    def _try(self, function: Callable[..., T], *arguments: object) -> T | None:
        try:
            result = function(*arguments)
        except StoreError as error:
            if not self._database_fails:
                logger.error("updates are handled without being kept: %s", error)
            self._database_fails = True
            return None
        self._database_fails = False
        return result


def _json(update: Update) -> str:
    # The library leaves the date of an inaccessible message within a message as a datetime.
    return json.dumps(update.to_dict(), default=lambda date: int(date.timestamp()))
