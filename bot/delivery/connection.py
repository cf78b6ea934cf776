"""The connection with Telegram: whether it holds, and what ended it for good.

Every answer from Telegram is heard here. Two of them, in reply to getUpdates, mean that the bot
is of no more use: the token was revoked, or another instance fetches the updates as well. Both
instances are told of the conflict alike, so the newcomer gives up first, and only after some
seconds, in which the one that it replaces may have ended. Of two that share a database, one alone
gets as far: see `bot.store.claim`.
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
SILENCE = 90.0  # without an answer, after which the connection is taken for broken
NEWCOMER = 5.0  # of a process's life: a conflict that begins in it is of its own making
NEWCOMER_PATIENCE = 4.0  # of conflict, for the former instance to end
PATIENCE = 60.0
CALM = 60.0  # without a conflict, after which another is a new one

RIVAL = "another instance of the bot runs with the same TELEGRAM_BOT_TOKEN"


class ConnectionLost(UserError):
    """Telegram serves the bot no longer."""


@dataclass(slots=True)
class _Conflict:
    """Conflicts in a row: when the first and the latest were, and how many seconds are borne."""

    first: float
    latest: float
    patience: float


class Connection:
    """Hears how every call ended; `receiving` is set while updates are fetched or listened for."""

    def __init__(self, metrics: Metrics, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without an answer; `clock` gives seconds."""
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
        """Note that Telegram answered a call of `method` with the HTTP status `code`."""
        self.metrics.called(method, str(code))
        if code == HTTPStatus.OK:
            self._answered = self._clock()
            self._has_polled |= method == GET_UPDATES
        elif method == GET_UPDATES and code in REVOKED:
            self.end("Telegram refuses TELEGRAM_BOT_TOKEN now: has it been revoked?")
        elif method == GET_UPDATES and code == HTTPStatus.CONFLICT:
            self._note_conflict(self._clock())

    def failed(self, method: str, error: TelegramError) -> None:
        """Note that a call of `method` got no answer."""
        self.metrics.called(method, type(error).__name__)

    def end(self, reason: str) -> None:
        """Let `wait` end with `reason`, one line fit for the user; the first one counts."""
        self._end = self._end or reason
        self._ended.set()

    async def wait(self) -> NoReturn:
        """Wait until the connection is lost for good, and raise ConnectionLost."""
        await self._ended.wait()
        raise ConnectionLost(self._end)

    def complaint(self) -> str | None:
        """Return what is wrong with the connection now, None where it is well."""
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
