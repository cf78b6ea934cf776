"""The table: which update goes to which handler.

The order is the order of precedence: the first route that matches gets the update. Telegram is
asked only for updates that have a route; channel posts and reactions, say, are passed over on
purpose. Below the table stands what unpacks a message, a question, a pressed button or an inline
query from an `Update`, so that the handlers take only what they are about.
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
from bot.handlers.answers import AnswerHandlers
from bot.handlers.documents import DocumentHandlers
from bot.handlers.feedback import FeedbackHandlers
from bot.handlers.gates import Context
from bot.handlers.general import GeneralHandlers
from bot.handlers.inline import InlineHandlers
from bot.handlers.language import LanguageHandlers
from bot.handlers.questions import QuestionHandlers
from bot.handlers.reader import ReaderHandlers
from bot.handlers.services import Services
from bot.handlers.sources import SourcesHandlers
from bot.handlers.uploads import UploadHandlers
from bot.replies.callback_data import (
    ButtonData,
    ChooseLanguage,
    Keep,
    Rate,
    ReadDocument,
    Remove,
    RemoveSurely,
    ShowNearest,
    ShowSources,
    TurnAnswer,
    TurnCollection,
    TurnDocument,
    TurnDocuments,
    TurnRemovable,
)
from bot.replies.deep_links import FOLLOWED

Route = BaseHandler[Update, Any, Any]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]
Data = TypeVar("Data", bound=ButtonData)

PRIVATE, WORDS = filters.ChatType.PRIVATE, filters.TEXT | filters.CAPTION
FILES = filters.Document.ALL & ~filters.ANIMATION  # an animation is a document as well

NOTHING = "(?!)"  # a pattern that matches nothing


def routes(services: Services, personal: bool) -> list[Route]:
    """Return the routes of all updates.

    Args:
        services: What the handlers work with.
        personal: Whether inline results may be shown only to the person who asked.
    """
    general, questions = GeneralHandlers(services), QuestionHandlers(services)
    answers, feedback = AnswerHandlers(services), FeedbackHandlers(services)
    sources, reader = SourcesHandlers(services), ReaderHandlers(services)
    language, inline = LanguageHandlers(services), InlineHandlers(services, personal)
    documents, uploads = DocumentHandlers(services), UploadHandlers(services, questions)
    admins = PRIVATE & filters.User(services.admin_ids)
    return [
        on_empty_button(general.old_button),
        # Administrators see, add and remove documents, in private. Taking up a document may take
        # minutes, in which their chat goes on.
        on_file(admins & FILES, uploads.add),
        on_command("documents", documents.show, admins),
        on_command("forget", documents.offer, admins),
        on_button(TurnDocuments, documents.turn),
        on_button(TurnRemovable, documents.turn_offer),
        on_button(Remove, documents.choose),
        on_button(RemoveSurely, documents.remove, block=False),
        on_button(Keep, documents.keep),
        # Everyone asks and is answered.
        on_message(PRIVATE & filters.Regex(FOLLOWED), reader.follow),
        on_command("start", general.start),
        on_command("help", general.help),
        on_ask_command(questions.ask),
        on_command("sources", sources.sources),
        on_command("language", language.offer),
        # Any other command is a slip of the finger in private; in a group, another bot's.
        on_message(PRIVATE & filters.COMMAND, general.help),
        # All other words, in groups too: the gate knows which of them are for the bot.
        on_question(WORDS, questions.ask),
        on_message(PRIVATE & ~filters.StatusUpdate.ALL, general.no_text),
        on_edit(WORDS, questions.revise),
        # Everyone presses buttons.
        on_button(ChooseLanguage, language.choose),
        on_button(TurnAnswer, answers.turn),
        on_button(ShowNearest, answers.nearest),
        on_button(ShowSources, answers.sources),
        on_button(TurnCollection, sources.turn),
        on_button(ReadDocument, reader.open),
        on_button(TurnDocument, reader.turn),
        on_button(Rate, feedback.rate),
        on_other_button(general.old_button),
        on_inline_query(inline.offer),
    ]


MessageHandle = Callable[[Message], Awaitable[None]]
ButtonHandle = Callable[[CallbackQuery], Awaitable[None]]
QuestionHandle = Callable[[Message, Question], Awaitable[None]]


def on_command(name: str, handle: MessageHandle, kind: BaseFilter = filters.ALL) -> Route:
    """Give `handle` every new message of that kind that begins with the command `name`."""
    return CommandHandler(name, _of_message(handle), filters.UpdateType.MESSAGE & kind)


def on_ask_command(handle: QuestionHandle) -> Route:
    """Give `handle` every new question that is asked by /ask."""
    return CommandHandler("ask", _of_question(handle), filters.UpdateType.MESSAGE)


def on_question(kind: BaseFilter, handle: QuestionHandle) -> Route:
    """Give `handle` every new message of that kind that is meant for the bot."""
    return MessageHandler(filters.UpdateType.MESSAGE & kind, _of_question(handle))


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
