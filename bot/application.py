"""The bot put together: which update goes to which handler.

The order of registration is the order of precedence: the first handler that matches gets the
update. Only new messages and pressed buttons are asked for; everything else that Telegram knows,
such as edited messages and channel posts, is passed over on purpose.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import CallbackQuery, LinkPreviewOptions, Message, Update
from telegram.constants import ParseMode, UpdateType
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.ext.filters import BaseFilter
from telegram.request import BaseRequest

from bot.handlers.admission import Admission
from bot.handlers.courtesies import CourtesyHandlers
from bot.handlers.errors import ErrorHandlers
from bot.handlers.language import CHOICE, LanguageHandlers
from bot.handlers.people import Languages
from bot.handlers.questions import QuestionHandlers, Retriever
from bot.handlers.sources import SourcesHandlers
from bot.settings import Settings
from bot.store import Store
from bot.texts import ENGLISH, VIETNAMESE

ALLOWED_UPDATES = (UpdateType.MESSAGE, UpdateType.CALLBACK_QUERY)

BotApplication = Application[Any, Any, Any, Any, Any, Any]
Handler = BaseHandler[Update, Any, Any]
Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]

logger = logging.getLogger(__name__)


def build_application(
    settings: Settings, retriever: Retriever, request: BaseRequest | None = None
) -> BotApplication:
    """Open the store and wire the bot; `request` sends its calls in place of HTTP."""
    store = Store.open(settings.database_url)

    async def close_store(_: BotApplication) -> None:
        store.close()

    builder = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(base_url(settings))
        .base_file_url(f"{settings.api_url}/file/bot")
        .defaults(_defaults())
        .concurrent_updates(True)
        .post_init(publish_commands)
        .post_shutdown(close_store)
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    application = builder.build()
    _add_handlers(application, settings, retriever, store)
    return application


def base_url(settings: Settings) -> str:
    """Return where the Bot API takes calls, all but the token."""
    return f"{settings.api_url}/bot"


def _defaults() -> Defaults:
    """Every message is HTML, without link previews, and replies to the one that caused it."""
    return Defaults(
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        do_quote=True,
        allow_sending_without_reply=True,
    )


def _add_handlers(
    application: BotApplication, settings: Settings, retriever: Retriever, store: Store
) -> None:
    languages = Languages(store)
    admission = Admission(settings.allowed_ids, languages)
    courtesies = CourtesyHandlers(languages)
    language = LanguageHandlers(store, languages)
    questions = QuestionHandlers(retriever, store, languages)
    sources = SourcesHandlers(retriever, store, languages)
    private = filters.ChatType.PRIVATE

    # A group of its own, before the other: who is not served reaches no other handler.
    application.add_handler(TypeHandler(Update, admission.check), group=-1)
    application.add_handlers(
        [
            _command("start", courtesies.start),
            _command("help", courtesies.help),
            _command("ask", questions.ask),
            _command("sources", sources.sources),
            _command("language", language.offer),
            # Any other command is a slip of the finger in private; in a group, another bot's.
            _message(private & filters.COMMAND, courtesies.help),
            # All other words, in groups too: which of them are for the bot, `ask` knows.
            _message(filters.TEXT | filters.CAPTION, questions.ask),
            _message(private & ~filters.StatusUpdate.ALL, courtesies.no_text),
            CallbackQueryHandler(_on_button(language.choose), CHOICE),
            CallbackQueryHandler(_on_button(courtesies.old_button)),
        ]
    )
    application.add_error_handler(ErrorHandlers(languages).report)


def _command(name: str, handle: Callable[[Message], Awaitable[None]]) -> Handler:
    return CommandHandler(name, _on_message(handle), filters.UpdateType.MESSAGE)


def _message(kind: BaseFilter, handle: Callable[[Message], Awaitable[None]]) -> Handler:
    return MessageHandler(filters.UpdateType.MESSAGE & kind, _on_message(handle))


def _on_message(handle: Callable[[Message], Awaitable[None]]) -> Callback:
    async def callback(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            await handle(update.message)

    return callback


def _on_button(handle: Callable[[CallbackQuery], Awaitable[None]]) -> Callback:
    async def callback(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.callback_query is not None:
            await handle(update.callback_query)

    return callback


async def publish_commands(application: BotApplication) -> None:
    """Fill the client's command menu: in Vietnamese where that is its language, else in English."""
    try:
        await application.bot.set_my_commands(list(ENGLISH.commands.items()))
        await application.bot.set_my_commands(
            list(VIETNAMESE.commands.items()), language_code=VIETNAMESE.language
        )
    except TelegramError as error:  # the commands work without a menu
        logger.warning("command menu not set: %s", error)
