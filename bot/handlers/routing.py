"""Routes: an update of a kind is unpacked, and its part given to a handler.

A handler takes only what it is about: a message, a question, a file, a followed link, a pressed
button with its data, or an inline query.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from telegram import CallbackQuery, InlineQuery, Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.ext.filters import BaseFilter

from bot.chat.question import Question
from bot.handlers.context import Context
from bot.replies.callback_data import ButtonData
from bot.replies.deep_links import TO_WORDS, Place, followed_pattern, place_in

Route = BaseHandler[Update, Any, Any]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]
Data = TypeVar("Data", bound=ButtonData)

NOTHING = "(?!)"  # a pattern that matches nothing

MessageHandle = Callable[[Message], Awaitable[None]]
ButtonHandle = Callable[[CallbackQuery], Awaitable[None]]
QuestionHandle = Callable[[Message, Question], Awaitable[None]]


def on_command(
    name: str, handle: MessageHandle, kind: BaseFilter = filters.ALL, block: bool = True
) -> Route:
    """Give `handle` every new message of that kind that begins with the command `name`.

    Args:
        name: The command, without the slash.
        handle: Is awaited with the message.
        kind: Which messages are meant.
        block: Whether the chat's next update waits until `handle` is done.
    """
    kind = filters.UpdateType.MESSAGE & kind
    return CommandHandler(name, _of_message(handle), kind, block=block)


def on_link(
    kind: BaseFilter,
    handle: Callable[[Message, Place], Awaitable[None]],
    opens: str = TO_WORDS,
    block: bool = True,
) -> Route:
    """Give `handle` every followed link to a citation, with the place that it names.

    Args:
        kind: In which messages links are followed.
        handle: Is awaited with the message and the place.
        opens: What the link opens, `TO_WORDS` or `TO_PAGE`.
        block: Whether the chat's next update waits until `handle` is done.
    """

    async def callback(update: Update, _: Context) -> None:
        if (message := update.message) and (place := place_in(message.text or "", opens)):
            await handle(message, place)

    followed = filters.Regex(followed_pattern(opens))
    return MessageHandler(filters.UpdateType.MESSAGE & kind & followed, callback, block=block)


def on_ask_command(handle: QuestionHandle) -> Route:
    """Give `handle` every new question that is asked by /ask."""
    return CommandHandler("ask", _of_question(handle), filters.UpdateType.MESSAGE)


def on_question(kind: BaseFilter, handle: QuestionHandle) -> Route:
    """Give `handle` every new message of that kind that is meant for the bot."""
    return MessageHandler(filters.UpdateType.MESSAGE & kind, _of_question(handle))


def on_guest_question(kind: BaseFilter, handle: QuestionHandle) -> Route:
    """Give `handle` every mention of the bot in a chat that it is not a member of."""

    async def callback(update: Update, context: Context) -> None:
        if update.guest_message is not None and context.question is not None:
            await handle(update.guest_message, context.question)

    return MessageHandler(filters.UpdateType.GUEST_MESSAGE & kind, callback)


def on_message(kind: BaseFilter, handle: MessageHandle) -> Route:
    """Give `handle` every new message of that kind."""
    return MessageHandler(filters.UpdateType.MESSAGE & kind, _of_message(handle))


def on_file(
    kind: BaseFilter, handle: Callable[[Message, Question | None], Awaitable[None]]
) -> Route:
    """Give `handle` every new file of that kind, with its caption; the chat goes on meanwhile."""

    async def callback(update: Update, context: Context) -> None:
        if update.message is not None:
            await handle(update.message, context.question)

    return MessageHandler(filters.UpdateType.MESSAGE & kind, callback, block=False)


def on_edit(kind: BaseFilter, handle: QuestionHandle) -> Route:
    """Give `handle` every edited message of that kind, as it reads now, if it is for the bot."""

    async def callback(update: Update, context: Context) -> None:
        if update.edited_message is not None and context.question is not None:
            await handle(update.edited_message, context.question)

    return MessageHandler(filters.UpdateType.EDITED_MESSAGE & kind, callback)


def on_button(
    kind: type[Data],
    handle: Callable[[CallbackQuery, Data], Awaitable[None]],
    block: bool = True,
) -> Route:
    """Give `handle` every press of that kind of button, with what the button carries.

    Args:
        kind: What the button carries.
        handle: Is awaited with the press and its data.
        block: Whether the chat's next update waits until `handle` is done.
    """

    async def callback(update: Update, _: Context) -> None:
        if (query := update.callback_query) is not None:
            await handle(query, kind.read(query.data or ""))

    return CallbackQueryHandler(callback, kind.pattern(), block=block)


def on_empty_button(handle: ButtonHandle) -> Route:
    """Give `handle` every press that carries nothing.

    The library gives such a press to the first route for buttons, whatever its pattern is.
    """
    return CallbackQueryHandler(_of_button(handle), NOTHING)


def on_other_button(handle: ButtonHandle) -> Route:
    """Give `handle` every press of a button of any other kind."""
    return CallbackQueryHandler(_of_button(handle))


def on_inline_query(handle: Callable[[InlineQuery], Awaitable[None]]) -> Route:
    """Give `handle` every inline query."""

    async def callback(update: Update, _: Context) -> None:
        if update.inline_query is not None:
            await handle(update.inline_query)

    return InlineQueryHandler(callback)


def _of_message(handle: MessageHandle) -> Callback:
    async def callback(update: Update, _: Context) -> None:
        if update.message is not None:
            await handle(update.message)

    return callback


def _of_button(handle: ButtonHandle) -> Callback:
    async def callback(update: Update, _: Context) -> None:
        if update.callback_query is not None:
            await handle(update.callback_query)

    return callback


def _of_question(handle: QuestionHandle) -> Callback:
    async def callback(update: Update, context: Context) -> None:
        if update.message is not None and context.question is not None:
            await handle(update.message, context.question)

    return callback
