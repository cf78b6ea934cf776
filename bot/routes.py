"""Which update goes to which handler: python-telegram-bot's handlers around plain methods.

The handlers of `bot.handlers` take the one thing they are about, a message, a pressed button or
an inline query; what unpacks it from an `Update` is here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import CallbackQuery, InlineQuery, Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.ext.filters import BaseFilter

Handler = BaseHandler[Update, Any, Any]
Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


def on_command(
    name: str, handle: Callable[[Message], Awaitable[None]], kind: BaseFilter = filters.ALL
) -> Handler:
    """Give `handle` every new message of that kind that begins with the command `name`."""
    return CommandHandler(name, _of_message(handle), filters.UpdateType.MESSAGE & kind)


def on_message(
    kind: BaseFilter, handle: Callable[[Message], Awaitable[None]], block: bool = True
) -> Handler:
    """Give `handle` every new message of that kind; without `block` the chat goes on meanwhile."""
    return MessageHandler(filters.UpdateType.MESSAGE & kind, _of_message(handle), block)


def on_edit(kind: BaseFilter, handle: Callable[[Message], Awaitable[None]]) -> Handler:
    """Give `handle` every edited message of that kind, as it reads now."""

    async def callback(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.edited_message is not None:
            await handle(update.edited_message)

    return MessageHandler(filters.UpdateType.EDITED_MESSAGE & kind, callback)


def on_button(
    handle: Callable[[CallbackQuery], Awaitable[None]],
    pattern: str | None = None,
    block: bool = True,
) -> Handler:
    """Give `handle` every pressed button whose data match `pattern`, or any where it is None.

    Without `block` the chat goes on meanwhile.
    """

    async def callback(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.callback_query is not None:
            await handle(update.callback_query)

    return CallbackQueryHandler(callback, pattern, block=block)


def on_inline_query(handle: Callable[[InlineQuery], Awaitable[None]]) -> Handler:
    """Give `handle` every inline query."""

    async def callback(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.inline_query is not None:
            await handle(update.inline_query)

    return InlineQueryHandler(callback)


def _of_message(handle: Callable[[Message], Awaitable[None]]) -> Callback:
    async def callback(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            await handle(update.message)

    return callback
