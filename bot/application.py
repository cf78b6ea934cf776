"""The bot put together: which update goes to which handler.

The order of registration is the order of precedence: the first handler that matches gets the
update. Only what has a handler is asked for; everything else that Telegram knows, such as channel
posts and reactions, is passed over on purpose.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import cast

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode, UpdateType
from telegram.ext import ApplicationBuilder, Defaults, TypeHandler, filters
from telegram.request import BaseRequest

from bot.chat.people import Languages
from bot.chat.profile import publish_profile
from bot.delivery.calls import Calls, FloodLimiter, http_request
from bot.delivery.chat_order import ChatOrder
from bot.delivery.connection import Connection
from bot.delivery.discreet_bot import DiscreetBot
from bot.delivery.inbox import Inbox
from bot.delivery.inbox_application import AnyApplication, InboxApplication
from bot.delivery.unreadable_updates import UpdateCalls
from bot.handlers.answers import AnswerHandlers
from bot.handlers.documents import DocumentHandlers
from bot.handlers.errors import ErrorHandlers
from bot.handlers.feedback import FeedbackHandlers
from bot.handlers.gates import Admission, Limits
from bot.handlers.general import GeneralHandlers, Thanks
from bot.handlers.inline import InlineHandlers
from bot.handlers.language import CHOICE, LanguageHandlers
from bot.handlers.questions import QuestionHandlers, Retriever
from bot.handlers.rate_limit import RateLimit
from bot.handlers.reader import ReaderHandlers
from bot.handlers.sources import SourcesHandlers
from bot.handlers.uploads import UploadHandlers
from bot.monitoring.metrics import Metrics
from bot.replies.buttons import LISTED, NEAREST, PAGE, RATED, READ, SOURCES, TURNED
from bot.replies.deep_links import FOLLOWED
from bot.replies.documents import DOCUMENTS_PAGE, FORGET_NO, FORGET_ONE, FORGET_PAGE, FORGET_YES
from bot.routes import Handler, on_button, on_command, on_edit, on_inline_query, on_message
from bot.search import MeasuredRetriever
from bot.settings import Settings
from bot.store import KeptUpdates, Store
from retrieval.collection.uploads import Uploads

ALLOWED_UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
)


def build_application(
    settings: Settings,
    retriever: Retriever,
    request: BaseRequest | None = None,
    connection: Connection | None = None,
) -> InboxApplication:
    """Open the store and wire the bot; `request` sends its calls in place of HTTP.

    `connection` hears of all that is called, and counts what the bot does in its metrics.
    """
    connection = connection or Connection(Metrics.new())
    store = Store.open(settings.database_url)
    inbox = Inbox(KeptUpdates(store.engine, bot_id=int(settings.token.partition(":")[0])))

    async def publish(application: AnyApplication) -> None:
        await publish_profile(application.bot, settings.admin_ids)

    async def close_store(_: AnyApplication) -> None:
        await asyncio.to_thread(inbox.close)
        store.close()

    bot = DiscreetBot(
        settings.token,
        base_url(settings),
        f"{settings.api_url}/file/bot",
        request=Calls(request or http_request(), connection),
        get_updates_request=UpdateCalls(request or http_request(), connection, inbox),
        defaults=_defaults(),
        rate_limiter=FloodLimiter(),
    )
    builder = (
        ApplicationBuilder()
        .application_class(InboxApplication, {"inbox": inbox})
        .update_queue(inbox)
        .bot(bot)
        .concurrent_updates(ChatOrder())
        .post_init(publish)
        .post_shutdown(close_store)
    )
    application = cast(InboxApplication, builder.build())  # as the builder was told
    measured = MeasuredRetriever(retriever, connection.metrics, asked="message")
    _add_handlers(application, settings, measured, store)
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
    application: InboxApplication, settings: Settings, retriever: MeasuredRetriever, store: Store
) -> None:
    languages = Languages(store)
    questions = QuestionHandlers(retriever, store, languages)
    inline = InlineHandlers(
        replace(retriever, asked="inline"), languages, personal=bool(settings.allowed_ids)
    )
    _add_gates(application, settings, store, languages)
    application.add_handlers(
        [
            *_for_admins(settings, retriever, questions, languages),
            *_for_messages(retriever, store, questions, languages),
            *_for_buttons(retriever, store, languages),
            on_inline_query(inline.offer),
        ]
    )
    application.add_error_handler(ErrorHandlers(languages).report)


def _add_gates(
    application: InboxApplication, settings: Settings, store: Store, languages: Languages
) -> None:
    """Let all updates pass by who may ask, and how much; each in a group of its own.

    Groups below 0 come before the other handlers: what is stopped there reaches none of them.
    """
    # Without a list everyone is allowed; with one, administrators need not stand on it.
    allowed = settings.allowed_ids and settings.allowed_ids | settings.admin_ids
    admission = Admission(allowed, languages)
    application.add_handler(TypeHandler(Update, admission.check), group=-2)
    if settings.questions_per_minute:
        limits = Limits(RateLimit(settings.questions_per_minute), store, languages)
        application.add_handler(TypeHandler(Update, limits.check), group=-1)


def _for_admins(
    settings: Settings, retriever: Retriever, questions: QuestionHandlers, languages: Languages
) -> list[Handler]:
    """Return what only administrators may do, in private: see, add and remove documents."""
    shelf = Uploads(settings.retrieval)
    adding = UploadHandlers(retriever, shelf, questions, languages)
    documents = DocumentHandlers(retriever, shelf, languages, settings.admin_ids)
    admins = filters.ChatType.PRIVATE & filters.User(settings.admin_ids)
    files = filters.Document.ALL & ~filters.ANIMATION  # an animation is a document as well
    return [
        # Neither keeps the chat waiting while passages are encoded.
        on_message(admins & files, adding.add, block=False),
        on_button(documents.remove, FORGET_YES, block=False),
        on_command("documents", documents.show, admins),
        on_command("forget", documents.offer, admins),
        on_button(documents.turn, DOCUMENTS_PAGE),
        on_button(documents.turn_offer, FORGET_PAGE),
        on_button(documents.choose, FORGET_ONE),
        on_button(documents.keep, FORGET_NO),
    ]


def _for_messages(
    retriever: Retriever, store: Store, questions: QuestionHandlers, languages: Languages
) -> list[Handler]:
    """Return what everyone may say and ask, new and edited."""
    private, words = filters.ChatType.PRIVATE, filters.TEXT | filters.CAPTION
    courtesies = GeneralHandlers(languages)
    return [
        on_message(Thanks(), courtesies.welcome),
        on_message(
            private & filters.Regex(FOLLOWED), ReaderHandlers(retriever, store, languages).follow
        ),
        on_command("start", courtesies.start),
        on_command("help", courtesies.help),
        on_command("ask", questions.ask),
        on_command("sources", SourcesHandlers(retriever, store, languages).sources),
        on_command("language", LanguageHandlers(store, languages).offer),
        # Any other command is a slip of the finger in private; in a group, another bot's.
        on_message(private & filters.COMMAND, courtesies.help),
        # All other words, in groups too: which of them are for the bot, `ask` knows.
        on_message(words, questions.ask),
        on_message(private & ~filters.StatusUpdate.ALL, courtesies.no_text),
        on_edit(words & ~Thanks(), questions.revise),
    ]


def _for_buttons(retriever: Retriever, store: Store, languages: Languages) -> list[Handler]:
    """Return what happens on the buttons that everyone may press."""
    answers = AnswerHandlers(retriever, store, languages)
    reader = ReaderHandlers(retriever, store, languages)
    return [
        on_button(LanguageHandlers(store, languages).choose, CHOICE),
        on_button(answers.turn, PAGE),
        on_button(answers.nearest, NEAREST),
        on_button(answers.sources, SOURCES),
        on_button(SourcesHandlers(retriever, store, languages).turn, LISTED),
        on_button(reader.open, READ),
        on_button(reader.turn, TURNED),
        on_button(FeedbackHandlers(store, languages).rate, RATED),
        on_button(GeneralHandlers(languages).old_button),
    ]
