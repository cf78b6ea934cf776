"""python-telegram-bot's application, as the inbox needs it: it tells what becomes of every update.

Where the connection with Telegram fails while an update is handled, more than `bot.delivery.calls`
can mend, the update is handled again after each of `PAUSES`; then its person is told, and it is set
aside. Should Telegram have carried out what it did not confirm, an answer comes twice. Whose update
ended the process again and again is told as well, by the process that sets it aside.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Generator
from typing import Any, TypeVar

from telegram import Update
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import Application, Job

from bot.delivery.inbox import Inbox

PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds before an update is handled again, each time
# After these, and none of their subclasses, nobody knows whether a call was carried out.
UNCERTAIN = {TelegramError, NetworkError, TimedOut, RetryAfter}


class NeverFinishedError(Exception):
    """The handling of an update was begun too often and never ended."""


AnyApplication = Application[Any, Any, Any, Any, Any, Any]
T = TypeVar("T")


class InboxApplication(AnyApplication):
    """An application that tells its inbox what becomes of every update."""

    def __init__(self, inbox: Inbox, **options: Any) -> None:  # noqa: ANN401 - the library's own
        """Take updates from `inbox`, which is the `update_queue` among the library's options."""
        super().__init__(**options)
        self.inbox = inbox
        # Of what is handled now; taken out by an error after which it is handled again.
        self._tries_left: dict[int, int] = {}

    async def recover(self) -> None:
        """Have what an earlier run has left handled first, and report what is set aside of it."""
        for update in await self.inbox.recover(self.bot):
            await self.process_error(update, NeverFinishedError())

    def create_task(
        self,
        coroutine: Generator[asyncio.Future[object], None, T] | Awaitable[T],
        update: object | None = None,
        *,
        name: str | None = None,
    ) -> asyncio.Task[T]:
        """Start a task as the library does, and have it followed."""
        task: asyncio.Task[T] = super().create_task(coroutine, update, name=name)
        if isinstance(update, Update):
            self.inbox.follow(update.update_id, task)
        return task

    async def process_update(self, update: object) -> None:
        """Handle an update whose turn it is; again where nobody knows whether it was answered."""
        if not isinstance(update, Update) or update.update_id not in self.inbox:
            await super().process_update(update)
            return
        number = update.update_id
        await self.inbox.begin(number)
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
        """Have the error reported, unless the update is handled again because of it."""
        number = update.update_id if isinstance(update, Update) else 0
        if type(error) in UNCERTAIN and number in self.inbox:
            if self._tries_left.get(number):
                del self._tries_left[number]
                return True
            await self.inbox.set_aside(number, type(error).__name__)
        return await super().process_error(update, error, job, coroutine)
