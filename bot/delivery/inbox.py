"""The inbox: it stores each update before Telegram gets a confirmation, and marks handled ones.

The inbox is the queue between python-telegram-bot's updater and its application. Polling puts an
update there before the next getUpdates confirms it, and the webhook's server before it answers
200. Both wait until the update is in the database. An update is done when every task that the
application started for it has ended, including the tasks that its chat does not wait for. An
update that is delivered again is skipped.

After a crash, the updates left over are handled before new ones. Those whose handling had begun
are suspects: one of them may have caused the crash. They come first and one at a time, starting
with the one that was begun most often. So only the culprit is begun again before the next crash.
The same is done with the updates of another replica that has died.
An update that was begun `ATTEMPTS` times and never finished is set aside. A question whose answer
is stored was answered, even if its update is not marked.

One gap remains. Between the moment when Telegram accepts an answer and the commit that stores it
lie some milliseconds, mostly the way of Telegram's response. If the process is killed in that gap,
the question is answered again, because the Bot API does not tell a bot what it has sent. A crash
repeats no other answer. It may repeat edits, page turns and button presses, but nobody sees that.

Inline queries expire in seconds and are not stored. If the database fails, updates are handled
without being stored.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from telegram import Bot, Update

from bot.delivery.chat_order import chat_of
from bot.delivery.update_writer import UpdateWriter
from bot.store import KeptUpdate, KeptUpdates

ATTEMPTS = 3
PATIENCE = 5.0  # seconds that the next suspect waits for the one before
PRUNED_EVERY = 1000  # updates

logger = logging.getLogger(__name__)


class Inbox(asyncio.Queue[object]):
    """A queue that stores each `Update` in the database before it queues it."""

    def __init__(self, updates: KeptUpdates) -> None:
        """Start with an empty queue; `recover` adds what is pending in the database."""
        super().__init__()
        self._updates = updates
        self._writer = UpdateWriter(updates)
        self._tasks: Counter[int] = Counter()  # running ones, of each update stored and not done
        self._suspects: dict[int, asyncio.Event] = {}  # set when the update is done
        self._recovery = asyncio.Lock()
        self._recovering: set[int | None] = set()  # chats whose left-over updates come first
        self.given_up = 0  # updates set aside in this run

    async def put(self, item: object) -> None:
        """Store an update, then queue it; skip one that was delivered before.

        If another process holds the update's chat, the update is stored for that one.
        """
        if not isinstance(item, Update) or item.inline_query is not None:
            await super().put(item)
            return
        number, chat = item.update_id, chat_of(item)
        held = await self._writer.call(self._updates.keep, number, _json(item), chat)
        if held is None:  # the database failed
            self.put_nowait(item)
        elif chat not in self._recovering:
            new = [one for one in held if not self._knows(one)]
            if new == [number]:
                self._take_in(item)
            elif new:  # others came for this chat by another process, and come first
                await self.fetch(chat, item.get_bot())
        if number % PRUNED_EVERY == 0:
            await self._writer.call(self._updates.prune)

    async def fetch(self, chat: int | None, bot: Bot) -> bool:
        """Queue what is stored for this process and not queued yet.

        Args:
            chat: The chat, None for all.
            bot: The bot that the updates belong to.

        Returns:
            False if a dead process had begun some of it. Then nothing is queued: see `recover`.
        """
        new = await self._not_queued(chat)
        if any(one.attempts for one in new):
            return False
        for kept in new:
            if update := await self._readable(kept, bot):
                self._take_in(update)
        return True

    async def recover(self, bot: Bot) -> tuple[Update, ...]:
        """Queue the updates that a dead process left; a suspect waits for the one before it.

        Args:
            bot: The bot that the updates belong to.

        Returns:
            The updates that are set aside because they were begun too often.
        """
        await self._writer.call(self._updates.prune)
        async with self._recovery:
            left = await self._not_queued()
            if left:
                logger.info("updates left by an earlier run, handled first: %d", len(left))
            chats = {one.chat_id for one in left if one.chat_id is not None}
            self._recovering |= chats
            try:
                resumed = [await self._resume(one, bot) for one in _suspects_first(left)]
            finally:
                self._recovering.clear()
            for chat in chats:
                await self.fetch(chat, bot)
        return tuple(update for update in resumed if update)

    def __contains__(self, update_id: int) -> bool:
        """Return whether an update is stored and not done."""
        return update_id in self._tasks

    async def begin(self, update_id: int) -> bool:
        """Record that the handling of an update begins, so that a crash can be traced to it.

        Returns:
            False if another process has become its holder: it is not to be handled here.
        """
        mine = await self._writer.call(self._updates.begin, update_id)
        if mine is False:
            self._forget(update_id)
        return mine is not False

    async def set_aside(self, update_id: int, error: str) -> None:
        """Log an error, and make sure that its update is never handled again."""
        logger.error("update %d set aside: %s", update_id, error)
        self.given_up += 1
        await self._writer.call(self._updates.set_aside, update_id, error)

    async def refuse(self, update_id: int, data: str, error: str) -> None:
        """Store an unreadable update, given as JSON, and set it aside."""
        await self._writer.call(self._updates.keep, update_id, data)
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
        """Wait until all done updates are marked; blocks."""
        self._writer.close()

    def _knows(self, update_id: int) -> bool:
        return update_id in self._tasks or update_id in self._writer

    async def _not_queued(self, chat: int | None = None) -> list[KeptUpdate]:
        held = await self._writer.call(self._updates.held, chat) or ()
        return [
            one
            for one in held
            if not self._knows(one.update_id) and one.chat_id not in self._recovering
        ]

    def _take_in(self, update: Update) -> None:
        if not self._knows(update.update_id):
            self._tasks[update.update_id] = 0
            self.put_nowait(update)

    async def _readable(self, kept: KeptUpdate, bot: Bot) -> Update | None:
        """Return a pending update; set it aside and return None if it cannot be read."""
        try:
            return Update.de_json(json.loads(kept.data), bot)
        except Exception as unreadable:  # stored by another version of the library
            await self.set_aside(kept.update_id, f"unreadable: {type(unreadable).__name__}")
        return None

    async def _resume(self, kept: KeptUpdate, bot: Bot) -> Update | None:
        """Queue an update, and wait for a suspect to be done; skip one that was answered.

        Returns:
            The update if it is set aside because it was begun too often.
        """
        update = await self._readable(kept, bot)
        if update is None or not kept.attempts:
            if update:
                self._take_in(update)
            return None
        if kept.attempts >= ATTEMPTS:
            await self.set_aside(kept.update_id, f"begun {kept.attempts} times and never finished")
            return update
        if await self._is_answered(update):
            await self._writer.call(self._updates.finish, [kept.update_id])
            return None
        done = self._suspects[kept.update_id] = asyncio.Event()
        self._take_in(update)
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), PATIENCE)
        return None

    async def _is_answered(self, update: Update) -> bool:
        # The answer is stored last of all for a message. For an edited message it replaces the
        # answer to the first version, so a stored answer does not tell which version it is for.
        if (message := update.message) is None:
            return False
        where = message.chat_id, message.message_id
        return bool(await self._writer.call(self._updates.is_answered, *where))

    def _ended(self, update_id: int) -> None:
        if update_id not in self:
            return
        self._tasks[update_id] -= 1
        if not self._tasks[update_id]:
            self._writer.mark(update_id)
            self._forget(update_id)

    def _forget(self, update_id: int) -> None:
        self._tasks.pop(update_id, None)
        if done := self._suspects.pop(update_id, None):
            done.set()


def _suspects_first(left: Sequence[KeptUpdate]) -> list[KeptUpdate]:
    return sorted(left, key=lambda kept: -kept.attempts)


def _json(update: Update) -> str:
    # The library leaves the date of an inaccessible message within a message as a datetime.
    return json.dumps(update.to_dict(), default=lambda date: int(date.timestamp()))
