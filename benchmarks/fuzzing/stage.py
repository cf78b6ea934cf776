"""Runs the bot on one update at a time and judges what it does about each.

The application, its store and its inbox are the real ones. Telegram is the fake of the tests: it
accepts every call and checks it against the Bot API's description. The bot's waiting times are
switched off, because they would only make the run longer: the limiter for Telegram's rates, the
pauses before a retry, and the pause before an inline query is answered.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import AIORateLimiter
from telegram.request import RequestData

from benchmarks.fuzzing.values import PEOPLE
from bot.chat.addressing import question_in
from bot.delivery.inbox_application import InboxApplication
from bot.settings import Settings
from retrieval.asking.courtesies import courtesy_in
from retrieval.library import Library
from retrieval.settings import RetrievalSettings
from tests.helpers.fake_telegram import Call, FakeTelegram, opened

Json = dict[str, Any]

TOKEN = "123456:not-a-secret"  # noqa: S105
ADMIN = PEOPLE[-1]
NO_LIMIT = 10**9  # questions a minute
REPLIES = ("sendMessage", "editMessageText")
FEW = 12  # the bot's message ids are below this, so that drawn presses often hit one


@dataclass(frozen=True)
class Verdict:
    """What the bot did about an update.

    `asks` tells whether the update had to lead to a reply. `crashes` and `invalid` describe what
    went wrong, one line each.
    """

    unreadable: bool
    asks: bool
    crashes: tuple[str, ...]
    unanswered: bool
    invalid: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing went wrong."""
        return not (self.crashes or self.unanswered or self.invalid)


@dataclass
class StrictTelegram(FakeTelegram):
    """Delivers the update `next`; reports text that no request can carry, such as half an emoji."""

    next: Json = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: cycle(range(1, FEW)))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: Any,  # noqa: ANN401 - timeouts
        **kwargs: Any,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Answer a call. Every file that the bot downloads has the same content."""
        if method == "GET":
            return 200, "Ai dự hội nghị?".encode()
        try:
            json.dumps(request_data.parameters if request_data else {}, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            self.violations.append(f"{url.rpartition('/')[2]}: {error.reason}")
        return await super().do_request(url, method, request_data, *args, **kwargs)

    def _result(self, call: Call) -> object:
        if call.method == "getUpdates":
            return [self.next]
        result = super()._result(call)
        if call.method in REPLIES and isinstance(result, dict):
            result["message_id"] = next(self.numbers)
            result["chat"] = {"id": call.parameters["chat_id"], "type": "private"}
            self.messages.clear()
        return result


class Complaints(logging.Handler):
    """Collects the errors in the log: of handlers, of updates set aside, of libraries."""

    def __init__(self) -> None:
        """Start with no errors."""
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record's message."""
        self.lines.append(record.getMessage())

    def taken(self) -> tuple[str, ...]:
        """Return the errors since the last call."""
        lines = tuple(self.lines)
        self.lines.clear()
        return lines


@dataclass
class Stage:
    """The started bot.

    `asked` holds the questions so far, each with its chat and message, so that an edit which leaves
    the words unchanged can be told from a new question.
    """

    application: InboxApplication
    telegram: StrictTelegram
    complaints: Complaints
    asked: set[tuple[int, int, str | None]] = field(default_factory=set)

    @classmethod
    @asynccontextmanager
    async def opened(cls, folder: Path, library: Library) -> AsyncIterator[Stage]:
        """Start the bot with its database and its documents in `folder`."""
        telegram, complaints = StrictTelegram(), Complaints()
        settings = Settings(
            RetrievalSettings(seeds=folder),
            TOKEN,
            database_url=f"sqlite:///{folder}/bot.sqlite3",
            admin_ids=frozenset({ADMIN}),
            questions_per_minute=NO_LIMIT,
        )
        with _listening(complaints), _without_waiting():
            async with opened(settings, library, telegram) as application:
                await application.start()
                yield cls(application, telegram, complaints)

    async def play(self, update: Json) -> Verdict:
        """Deliver an update, wait until the bot is done with it, and return the verdict."""
        self.telegram.next = update
        self.telegram.calls.clear()
        self.telegram.violations.clear()
        inbox = self.application.inbox
        [read] = await self.application.bot.get_updates()
        set_aside = self.complaints.taken()
        await inbox.put(read)
        await inbox.join()
        while read.update_id in inbox:  # noqa: ASYNC110 - a file is added in the background
            await asyncio.sleep(0.001)
        owed = self._owed(read)
        called = {call.method for call in self.telegram.calls}
        return Verdict(
            unreadable=bool(set_aside),
            asks=bool(owed),
            crashes=self.complaints.taken(),
            unanswered=bool(owed) and owed.isdisjoint(called),
            invalid=tuple(self.telegram.violations),
        )

    def _owed(self, update: Update) -> set[str]:
        """Return the calls of which one must follow, or none where the update needs no reply."""
        if update.callback_query:
            return {"answerCallbackQuery"}
        if update.inline_query:
            return {"answerInlineQuery"}
        message = update.message or update.edited_message
        asks = message and self._asks(message, is_new=update.message is not None)
        return set(REPLIES) if asks else set()

    def _asks(self, message: Message, is_new: bool) -> bool:
        me, sender = self.application.bot.bot, message.from_user
        if sender and sender.is_bot and not message.sender_chat:
            return False
        if message.via_bot == me or not (message.text or message.caption):
            return False
        question = question_in(message, me)
        asked = message.chat.id, message.message_id, question
        is_known = asked in self.asked
        self.asked.add(asked)
        if is_new:
            return message.chat.type == ChatType.PRIVATE or question is not None
        # An edit that leaves the words as they were, or is now a courtesy, asks nothing.
        return not (question is None or is_known or courtesy_in(question))


@contextmanager
def _listening(complaints: Complaints) -> Iterator[None]:
    logging.getLogger().addHandler(complaints)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(complaints)


@contextmanager
def _without_waiting() -> Iterator[None]:
    with (
        patch("bot.application.FloodLimiter", lambda: AIORateLimiter(0, 1, 0, 1)),
        patch("bot.delivery.inbox_application.PAUSES", (0.0,)),
        patch("bot.handlers.inline.QUIET", 0.0),
    ):
        yield
