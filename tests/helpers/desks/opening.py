"""The made-up installation opened: the whole bot; only Telegram and the encoder are fakes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from telegram.ext import AIORateLimiter

from bot.access.access import Access
from bot.access.rules_file import RulesFile
from bot.handlers import inline, joining
from bot.monitoring.metrics import Metrics
from bot.reopening import Reopening
from bot.search import Places
from bot.searches import Searches
from bot.settings import Settings
from bot.store import Memberships, Store
from retrieval.collection import builder
from retrieval.divisions import divisions_in
from retrieval.library import Library
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import RetrievalSettings
from tests.helpers.desks.papers import write_all
from tests.helpers.desks.steps import Stage
from tests.helpers.desks.telegram import ManyChats
from tests.helpers.desks.world import OPERATOR, World
from tests.helpers.fake_telegram import opened
from tests.helpers.word_encoder import WordEncoder

TRIES = 10**6  # a minute, to type a code
TOKEN = "123456:TEST-secret_token"  # noqa: S105


async def _at_once(work: Callable[..., Any], *arguments: object) -> object:
    """Do what the bot does in a thread: a step takes a third of the time without one."""
    return work(*arguments)


@asynccontextmanager
async def opened_stage(folder: Path) -> AsyncIterator[Stage]:
    """Open the bot with its database, documents and indexes in a folder."""
    seeds, file = folder / "seeds", folder / "collections.toml"
    world = World(file, write_all(seeds))
    world.write()
    retrieval = RetrievalSettings(seeds=seeds, index=folder / "index", collections=file)
    settings = Settings(
        retrieval,
        TOKEN,
        database_url=f"sqlite:///{folder}/bot.sqlite3",
        admin_ids=frozenset({OPERATOR}),
        questions_per_minute=0,
    )
    telegram = ManyChats()
    with (
        patch.object(Sandbox, "parse", lambda self, name, data: parse(name, data)),
        patch.object(inline, "QUIET", 0),
        patch.object(joining, "TRIES_PER_MINUTE", TRIES),
        patch.object(asyncio, "to_thread", _at_once),
        patch("bot.application.FloodLimiter", lambda: AIORateLimiter(0, 1, 0, 1)),
        # Levels take most of the time of a small index, and decide about no document's owner.
        patch.object(builder, "calibrated", lambda index, encodings, reranker: index),
    ):
        library = Library(retrieval, WordEncoder())
        library.divide(divisions_in(file, seeds))
        library.open_all()
        store = Store.open(settings.database_url)
        async with opened(settings, library, telegram) as application:
            rules = RulesFile.open(file, seeds)
            access = Access(rules, Memberships(store.engine), settings.admin_ids)
            searches = Searches(library, access, Places(Metrics.new()), Reopening(library))
            yield Stage(application, store.engine, library, searches, telegram, world, seeds)
        store.close()
