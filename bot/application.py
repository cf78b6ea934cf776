"""The bot put together: the store, the inbox, the calls to Telegram and the routes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from telegram import Bot, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import ApplicationBuilder, ContextTypes, Defaults, TypeHandler
from telegram.request import BaseRequest

from bot.access.access import Access
from bot.access.rules_file import RulesFile
from bot.chat.people import Languages
from bot.chat.profile import publish_profile
from bot.delivery.calls import Calls, FloodLimiter, http_request
from bot.delivery.chat_order import ChatOrder
from bot.delivery.connection import Connection
from bot.delivery.discreet_bot import DiscreetBot
from bot.delivery.holding import Holding
from bot.delivery.inbox import Inbox
from bot.delivery.inbox_application import AnyApplication, InboxApplication
from bot.delivery.plain_bot import base_url
from bot.delivery.unreadable_updates import UpdateCalls
from bot.handlers.context import Context
from bot.handlers.errors import ErrorHandlers
from bot.handlers.gates import Gate
from bot.handlers.rate_limit import RateLimit
from bot.handlers.services import Services
from bot.incoming.feeds import Feeds
from bot.incoming.folder import FolderUpdates
from bot.incoming.incoming import Incoming
from bot.incoming.index_updates import IndexUpdates
from bot.incoming.lead import Lead, Part
from bot.incoming.watched_questions import WatchedQuestions
from bot.monitoring.metrics import Metrics
from bot.reopening import Reopening
from bot.routes import routes
from bot.rules_watch import RulesWatch
from bot.search import Places
from bot.searches import Searches
from bot.settings import Settings
from bot.store import (
    KeptAccounts,
    KeptFeeds,
    KeptUpdates,
    KeptWatches,
    Memberships,
    Standing,
    Store,
)
from retrieval.collecting.fetcher import Fetcher
from retrieval.collecting.folder_watch import FolderWatch
from retrieval.collecting.polite import PoliteFetcher
from retrieval.collection.uploads import Uploads

if TYPE_CHECKING:
    from retrieval.library import Library


def build_application(
    settings: Settings,
    library: Library,
    request: BaseRequest | None = None,
    connection: Connection | None = None,
) -> InboxApplication:
    """Open the store and wire the bot.

    Args:
        settings: The bot's settings, with a token.
        library: The collections, open.
        request: Sends the bot's calls in place of HTTP.
        connection: Hears of all that is called, and counts what the bot does in its metrics.
    """
    connection = connection or Connection(Metrics.new())
    store = Store.open(settings.database_url)
    rules = _rules(settings, library)
    updates = KeptUpdates(store.engine, settings.bot_id, _replica(settings, store))
    inbox, lead, limiter = Inbox(updates), Lead(is_here=not updates.holder), FloodLimiter()

    def show(standing: Standing) -> None:
        lead.show(standing.is_eldest)
        limiter.share_among(standing.count)

    holding = Holding(updates, inbox, connection, show)

    async def publish(application: AnyApplication) -> None:
        await publish_profile(application.bot, settings.admin_ids, rules is not None)

    async def close_store(_: AnyApplication) -> None:
        await asyncio.to_thread(inbox.close)
        await asyncio.to_thread(holding.release)
        store.close()

    bot = DiscreetBot(
        settings.token,
        base_url(settings),
        f"{settings.api_url}/file/bot",
        request=Calls(request or http_request(settings.proxy), connection),
        get_updates_request=UpdateCalls(request or http_request(settings.proxy), connection, inbox),
        defaults=_defaults(),
        rate_limiter=limiter,
    )
    builder = (
        ApplicationBuilder()
        .application_class(InboxApplication, {"inbox": inbox, "holding": holding})
        .update_queue(inbox)
        .bot(bot)
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(ChatOrder())
        .post_init(publish)
        .post_shutdown(close_store)
    )
    application = cast(InboxApplication, builder.build())  # as the builder was told
    access = Access(rules, Memberships(store.engine), settings.admin_ids)
    searches = Searches(library, access, Places(connection.metrics), Reopening(library))
    searches.show_counts()
    services = Services(
        searches,
        store,
        Languages(store),
        access,
        Fetcher(settings.retrieval.limits.max_file_mb, settings.own_hosts),
        KeptWatches(store.engine),
    )
    _add_handlers(application, settings, services)

    async def beside() -> None:  # called once the bot knows its name
        here = _incoming(settings, services, application.bot)
        parts = [lead.only_here(part) for part in here]
        if updates.holder:
            parts.append(IndexUpdates(library, searches.reopening).run)
        if rules:
            parts.append(RulesWatch(rules, library, application.bot, settings.admin_ids, lead).run)
        await Incoming(parts).run()

    application.beside = beside
    return application


def _replica(settings: Settings, store: Store) -> str:
    """Return a name for this process if it is one of several, empty if it is alone."""
    is_shared = settings.webhook is not None and store.engine.dialect.name == "postgresql"
    return uuid4().hex if is_shared else ""


def _rules(settings: Settings, library: Library) -> RulesFile | None:
    """Return the file of collections, which divides the library anew whenever it changes."""
    retrieval = settings.retrieval
    if retrieval.collections is None:
        return None
    file = RulesFile.open(retrieval.collections, retrieval.seeds)
    file.on_change = lambda rules: library.divide(rules.divisions)
    library.divide(file.rules().divisions)  # it may have changed since the library was opened
    return file


def _defaults() -> Defaults:
    """Every message is HTML, without link previews, and replies to the one that caused it."""
    return Defaults(
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        do_quote=True,
        allow_sending_without_reply=True,
    )


def _add_handlers(application: InboxApplication, settings: Settings, services: Services) -> None:
    # A group below 0 comes before the others: an update that is stopped there reaches no route.
    gate = Gate(services, _allowed(settings), _rate_limit(settings, services.store))
    application.add_handler(TypeHandler(Update, gate.check), group=-1)
    application.add_handlers(routes(services, personal=bool(settings.allowed_ids)))
    application.add_error_handler(ErrorHandlers(services).report)


def _incoming(settings: Settings, services: Services, bot: Bot) -> list[Part]:
    """Return what takes up documents beside the updates, in one process of a bot alone."""
    searches, store, watches = services.searches, services.store, services.watches
    parts: list[Part] = [
        FolderUpdates(FolderWatch(settings.retrieval.seeds), searches.reopening).run,
        WatchedQuestions(bot, searches, store, watches, _allowed(settings)).run,
    ]
    if settings.feeds:
        fetcher = PoliteFetcher(services.fetcher.for_bot(bot.username))
        kept = KeptFeeds(store.engine)
        uploads, desk = Uploads(settings.retrieval), searches.desk_of_feeds
        parts.append(Feeds(settings.feeds, fetcher, uploads, desk, kept).run)
    return parts


def _allowed(settings: Settings) -> frozenset[int]:
    """Return the ids that are served, empty for all: administrators need not be on the list."""
    return settings.allowed_ids and settings.allowed_ids | settings.admin_ids


def _rate_limit(settings: Settings, store: Store) -> RateLimit | None:
    per_minute = settings.questions_per_minute
    return RateLimit(per_minute, KeptAccounts(store.engine, "ask")) if per_minute else None
