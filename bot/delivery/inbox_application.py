"""python-telegram-bot's application, extended to tell the inbox what becomes of each update.

If the connection with Telegram fails while an update is handled, and `bot.delivery.calls` cannot
mend that, the update is handled again after each of `PAUSES`. After the last try its person is
told, and the update is set aside. If Telegram carried out a call without confirming it, an answer
is sent twice. A person is also told if their update ended the process several times; the process
that sets the update aside does that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, TypeVar

from telegram import Update
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import Application, Job

from bot.delivery.holding import Holding
from bot.delivery.inbox import Inbox

PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds before each further try to handle an update
# After exactly these errors, not their subclasses, a call may have been carried out or not.
UNCERTAIN = {TelegramError, NetworkError, TimedOut, RetryAfter}


class NeverFinishedError(Exception):
    """The handling of an update was begun too often and never ended."""


AnyApplication = Application[Any, Any, Any, Any, Any, Any]
T = TypeVar("T")


class InboxApplication(AnyApplication):
    """An application that tells its inbox what becomes of each update."""

    def __init__(
        self,
        inbox: Inbox,
        holding: Holding,
        **options: Any,  # noqa: ANN401 - the library's own
    ) -> None:
        """Store what is the bot's own.

        Args:
            inbox: The queue of updates.
            holding: This process's hold on them.
            options: The library's; they must hold the inbox too, as `update_queue`.
        """
        super().__init__(**options)
        self.inbox = inbox
        self.holding = holding
        # By the id of each update that is handled now. An error that calls for another try removes
        # the entry.
        self._tries_left: dict[int, int] = {}
        self.beside: Callable[[], Coroutine[Any, Any, None]] = (
            _nothing  # goes on beside the updates
        )

    async def keep_hold(self) -> None:
        """Keep the hold on the updates until cancelled."""
        await self.holding.keep(self.bot, self.recover)

    async def recover(self) -> None:
        """Queue the updates that a dead process left, and report those that are set aside."""
        for update in await self.inbox.recover(self.bot):
            await self.process_error(update, NeverFinishedError())

    def create_task(
        self,
        coroutine: Generator[asyncio.Future[object], None, T] | Awaitable[T],
        update: object | None = None,
        *,
        name: str | None = None,
    ) -> asyncio.Task[T]:
        """Start a task as the library does, and let the inbox follow it."""
        task: asyncio.Task[T] = super().create_task(coroutine, update, name=name)
        if isinstance(update, Update):
            self.inbox.follow(update.update_id, task)
        return task

    async def process_update(self, update: object) -> None:
        """Handle an update; try again while it is unknown whether it was answered."""
        if not isinstance(update, Update) or update.update_id not in self.inbox:
            await super().process_update(update)
            return
        number = update.update_id
        if not await self.inbox.begin(number):
            return
        for left, pause in zip(range(len(PAUSES), -1, -1), (*PAUSES, 0.0), strict=True):
            self._tries_left[number] = left
            await super().process_update(update)
            if self._tries_left.pop(number, None) is not None:
                return
            await asyncio.sleep(pause)

    async def process_error(
        self,
        update: object | None,
        error: Exception,
        job: Job[Any] | None = None,
        coroutine: Generator[asyncio.Future[object], None, T] | Awaitable[T] | None = None,
    ) -> bool:
        """Report an error, unless the update is handled again because of it.

        Returns:
            Whether the library skips the update's remaining handlers.
        """
        number = update.update_id if isinstance(update, Update) else 0
        if type(error) in UNCERTAIN and number in self.inbox:
            if self._tries_left.get(number):
                del self._tries_left[number]
                return True
            await self.inbox.set_aside(number, type(error).__name__)
        return await super().process_error(update, error, job, coroutine)


async def _nothing() -> None:
    pass
