"""The state of the connection with Telegram: whether it works, and what ended it for good.

Every answer from Telegram is reported here. Two answers to getUpdates mean that the bot cannot go
on: the token was revoked, or another instance fetches the updates as well. Telegram reports this
conflict to both instances, so the newer one gives up first. It waits some seconds before that,
because the older one may be ending. Of two instances that share a database, only one gets this
far: see `bot.store.claim`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import NoReturn

from telegram.error import TelegramError

from bot.monitoring.metrics import Metrics
from retrieval.errors import UserError

GET_UPDATES = "getUpdates"
REVOKED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}

# All in seconds.
SILENCE = 90.0  # without an answer, after which the connection counts as broken
NEWCOMER = 5.0  # after its start, in which an instance that meets a conflict is the newer one
NEWCOMER_PATIENCE = 4.0  # of conflict that the newer instance bears, while the older one may end
PATIENCE = 60.0  # of conflict that the older instance bears
CALM = 60.0  # without a conflict, after which the next one counts as new

RIVAL = "another instance of the bot runs with the same TELEGRAM_BOT_TOKEN"


class ConnectionLost(UserError):
    """Telegram no longer serves the bot."""


@dataclass(slots=True)
class _Conflict:
    """Conflicts in a row: the times of the first and the latest, and for how long to bear them."""

    first: float
    latest: float
    patience: float


class Connection:
    """Records how every call ended; `receiving` is set while updates are polled or awaited."""

    def __init__(self, metrics: Metrics, clock: Callable[[], float] = time.monotonic) -> None:
        """Start without an answer.

        Args:
            metrics: Counts the calls.
            clock: Returns the time in seconds.
        """
        self.metrics = metrics
        self.receiving = False
        self._clock = clock
        self._began = clock()
        self._answered = clock()
        self._has_polled = False
        self._conflict: _Conflict | None = None
        self._end: str | None = None
        self._ended = asyncio.Event()

    def answered(self, method: str, code: int) -> None:
        """Record that Telegram answered a call of `method` with the HTTP status `code`."""
        self.metrics.called(method, str(code))
        if code == HTTPStatus.OK:
            self._answered = self._clock()
            self._has_polled |= method == GET_UPDATES
        elif method == GET_UPDATES and code in REVOKED:
            self.end("Telegram refuses TELEGRAM_BOT_TOKEN now: has it been revoked?")
        elif method == GET_UPDATES and code == HTTPStatus.CONFLICT:
            self._note_conflict(self._clock())

    def failed(self, method: str, error: TelegramError) -> None:
        """Record that a call of `method` got no answer."""
        self.metrics.called(method, type(error).__name__)

    def end(self, reason: str) -> None:
        """Let `wait` raise ConnectionLost with `reason`, one line for the user.

        Only the first reason counts.
        """
        self._end = self._end or reason
        self._ended.set()

    async def wait(self) -> NoReturn:
        """Wait until the connection is lost for good.

        Raises:
            ConnectionLost: Always; the message is the reason.
        """
        await self._ended.wait()
        raise ConnectionLost(self._end)

    def complaint(self) -> str | None:
        """Return what is wrong with the connection now, None if nothing is."""
        if not self.receiving:
            return "not receiving updates"
        silence = self._clock() - self._answered
        return f"no answer from Telegram for {silence:.0f} seconds" if silence > SILENCE else None

    def _note_conflict(self, now: float) -> None:
        conflict = self._conflict
        if conflict is None or now - conflict.latest > CALM:
            is_newcomer = not self._has_polled or now - self._began < NEWCOMER
            conflict = _Conflict(now, now, NEWCOMER_PATIENCE if is_newcomer else PATIENCE)
            self._conflict = conflict
        conflict.latest = now
        if now - conflict.first >= conflict.patience:
            self.end(RIVAL)
