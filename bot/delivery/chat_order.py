"""In which order updates are handled: within a chat as they came, chats beside each other.

python-telegram-bot starts a task for every update at once. Here each waits until the ones before
it in its chat are done, and only then for one of the places in which handlers work; so a chat
that asks a hundred questions, or a slow one, takes no more than one place from the others.

Inline queries belong to no chat and come with every keystroke: they pass beside all of this, and
`bot.handlers.inline` drops those that a later one has overtaken.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

PLACES = 64  # handlers at work at once; they wait for threads and the network, mostly
BACKLOG = 100_000  # updates taken in and unfinished; more wait in the application's own queue


class ChatOrder(BaseUpdateProcessor):
    """Handles at most `places` chats at once, and one update of each."""

    def __init__(self, places: int = PLACES) -> None:
        """Start with no update taken in."""
        super().__init__(BACKLOG)
        self._places = asyncio.Semaphore(places)
        # A chat's lock lives as long as an update holds it or waits for it: nothing to clear up.
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def initialize(self) -> None:
        """Do nothing: there is nothing to prepare."""

    async def shutdown(self) -> None:
        """Do nothing: whoever stops the application has waited for its updates."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await `coroutine` when it is the update's turn."""
        try:
            await self._in_turn(_chat_of(update), coroutine)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # given up before its turn came, it would be complained about

    async def _in_turn(self, chat: int | None, coroutine: Awaitable[Any]) -> None:
        if chat is None:
            await coroutine
            return
        # Both wait in line: whoever came first goes first.
        async with self._turns.setdefault(chat, asyncio.Lock()), self._places:
            await coroutine


def _chat_of(update: object) -> int | None:
    """Return in whose line the update waits, its chat's or else its person's; None for nobody's."""
    if not isinstance(update, Update) or update.inline_query is not None:
        return None
    where = update.effective_chat or update.effective_user
    return where.id if where else None
