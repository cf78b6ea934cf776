"""The order in which updates are handled: one after the other in a chat, chats in parallel.

python-telegram-bot starts a task for every update at once. Here each task waits until the earlier
ones of its chat are done, and only then for one of the places in which handlers work. So a chat
that asks a hundred questions, or a slow one, takes no more than one place from the others.

Inline queries belong to no chat and come with every keystroke. They wait for nothing, and
`bot.handlers.inline` drops those that a later one has overtaken.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

PLACES = 64  # handlers that work at once; mostly they wait for threads and the network
BACKLOG = 100_000  # updates taken in and unfinished; more wait in the application's own queue


class ChatOrder(BaseUpdateProcessor):
    """Handles at most `places` chats at once, and one update of each."""

    def __init__(self, places: int = PLACES) -> None:
        """Store how many chats are handled at once; no update is taken in yet."""
        super().__init__(BACKLOG)
        self._places = asyncio.Semaphore(places)
        # A chat's lock lives only as long as an update holds it or waits for it.
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def initialize(self) -> None:
        """Do nothing: there is nothing to prepare."""

    async def shutdown(self) -> None:
        """Do nothing: the application has waited for its updates before it shuts down."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await `coroutine` when it is the update's turn."""
        try:
            await self._in_turn(chat_of(update), coroutine)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # Python warns of a coroutine that was given up before its turn

    async def _in_turn(self, chat: int | None, coroutine: Awaitable[Any]) -> None:
        if chat is None:
            await coroutine
            return
        # Both serve their waiters first come, first served.
        async with self._turns.setdefault(chat, asyncio.Lock()), self._places:
            await coroutine


def chat_of(update: object) -> int | None:
    """Return the id of the update's chat, else of its person; None if it waits for no other."""
    if not isinstance(update, Update) or update.inline_query is not None:
        return None
    where = update.effective_chat or update.effective_user
    return where.id if where else None
