"""The inbox: what Telegram delivers is kept before it hears so, and marked when it is handled.

The inbox is the queue between python-telegram-bot's updater and its application. Polling puts an
update there before the next getUpdates confirms it, and the webhook's server before it answers
200; either waits until the update is in the database. It is done when every task that the
application started for it has ended, those that a chat does not wait for included. An update that
comes again is passed over.

After a crash the rest is handled before anything new. What was being handled might have caused the
crash, so it comes first and one by one, what was begun most often before all: only the culprit is
begun again at the next crash, and set aside once it was begun `ATTEMPTS` times and never finished.
A question whose answer is kept was answered, whether it is marked or not.

The window: between Telegram's taking an answer and the commit that keeps it lie some milliseconds,
most of them the response's way. Who was being answered in them when the process was killed is
answered again, and nobody else: the Bot API tells no bot what it has sent. What is edited, turned
or pressed may be repeated as well, which nobody sees.

Inline queries expire in seconds and are not kept. Where the database fails, a full disk say, the
log says so once, and updates are handled without being kept.
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
PATIENCE = 5.0  # seconds for one of the suspects to be handled alone
PRUNED_EVERY = 1000  # updates

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Inbox(asyncio.Queue[object]):
    """Keeps each `Update` that is put; one thread writes, so that no search delays it."""

    def __init__(self, updates: KeptUpdates) -> None:
        """Start with an empty queue; what is pending in the database waits for `recover`."""
        super().__init__()
        self._updates = updates
        self._claim = Claim(updates.engine, updates.bot_id)
        self._writer = ThreadPoolExecutor(1, "inbox")
        self._tasks: Counter[int] = Counter()  # of each update that is kept and not done
        self._unmarked: set[int] = set()  # done, and not yet marked
        self._fails = False
        self.given_up = 0  # updates set aside in this run

    async def put(self, item: object) -> None:
        """Keep an update, then queue it; pass over one that was delivered before."""
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
        """Wait until no other process handles this bot's updates; False where one goes on."""
        return await asyncio.to_thread(self._claim.take, seconds)

    async def recover(self, bot: Bot) -> tuple[Update, ...]:
        """Queue what an earlier run has left, its suspects once the one before is handled.

        Returns what is set aside, having been begun too often.
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
        """Tell whether an update is kept and not done."""
        return update_id in self._tasks

    async def begin(self, update_id: int) -> None:
        """Note that an update is handled from now on, so that a crash can be traced to it."""
        await self._write(self._updates.begin, update_id)

    async def set_aside(self, update_id: int, error: str) -> None:
        """Have an update never handled again, and say so."""
        logger.error("update %d set aside: %s", update_id, error)
        self.given_up += 1
        await self._write(self._updates.set_aside, update_id, error)

    async def refuse(self, update_id: int, data: str, error: str) -> None:
        """Keep an update that cannot be read, but only to set it aside."""
        await self._write(self._updates.keep, update_id, data)
        await self.set_aside(update_id, error)

    def follow(self, update_id: int, task: asyncio.Task[Any]) -> None:
        """Hold an update for done only after `task`, unless that is cancelled: then never."""
        if update_id not in self:
            return
        self._tasks[update_id] += 1

        def ended(task: asyncio.Task[Any]) -> None:
            if not task.cancelled():
                self._ended(update_id)

        task.add_done_callback(ended)

    def close(self) -> None:
        """Wait until all that is done is marked; blocks."""
        self._writer.shutdown()
        self._claim.release()

    async def _readable(self, kept: KeptUpdate, bot: Bot) -> Update | None:
        """Return a pending update; or set it aside, where it is none."""
        try:
            return Update.de_json(json.loads(kept.data), bot)
        except Exception as unreadable:  # kept by another version of the library
            await self.set_aside(kept.update_id, f"unreadable: {type(unreadable).__name__}")
        return None

    async def _resume(self, update: Update, is_suspect: bool) -> None:
        """Queue an update, unless it was answered; wait until a suspect is handled."""
        if is_suspect and await self._is_answered(update):
            await self._write(self._updates.finish, [update.update_id])
            return
        self._tasks[update.update_id] = 0
        self.put_nowait(update)
        if is_suspect:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.join(), PATIENCE)

    async def _is_answered(self, update: Update) -> bool:
        # The answer is the last that is done for a message. An edited one's is put in its place.
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
        """Mark all that is done at once; what cannot be marked now is tried with the next."""
        done: Sequence[int] = list(self._unmarked)
        if done:
            self._tried(self._updates.finish, done)
            if not self._fails:
                self._unmarked.difference_update(done)

    async def _write(self, function: Callable[..., T], *arguments: object) -> T | None:
        """Call `function` in the writer's thread; None where the database failed."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, self._marked_first, function, *arguments)

    def _marked_first(self, function: Callable[..., T], *arguments: object) -> T | None:
        # What is done must not wait for its mark behind all that comes in.
        self._mark()
        return self._tried(function, *arguments)

    def _tried(self, function: Callable[..., T], *arguments: object) -> T | None:
        try:
            result = function(*arguments)
        except StoreError as error:
            if not self._fails:
                logger.error("updates are handled without being kept: %s", error)
            self._fails = True
            return None
        self._fails = False
        return result


def _json(update: Update) -> str:
    # The library forgets to turn the date of an inaccessible message in a message into a number.
    return json.dumps(update.to_dict(), default=lambda date: int(date.timestamp()))
