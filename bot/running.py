"""Runs the bot: checks the token, then handles updates until a signal.

A signal stops the receiving of updates at once. Answers that are being worked on are finished
within `GRACE` seconds, because the sender of a signal does not wait longer. The rest is given up.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, aclosing, contextmanager, nullcontext
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Updater

from bot.application import build_application
from bot.delivery.chat_order import PLACES
from bot.delivery.connection import RIVAL, Connection, ConnectionLost
from bot.delivery.health import Health
from bot.delivery.inbox_application import InboxApplication
from bot.delivery.plain_bot import plain_bot
from bot.delivery.receiving import Receiver
from bot.monitoring.metrics import Metrics
from bot.monitoring.server import MonitoringServer
from bot.settings import Settings
from retrieval.errors import SettingsError, UserError

if TYPE_CHECKING:
    from retrieval.library import Library

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# Some handlers use two threads at once; with two for each place, no handler waits for another.
THREADS = 2 * PLACES
# Seconds after which a thread has to let others run. Searches keep the interpreter busy, and the
# event loop waits for them at every step; by default 5 ms each time.
SWITCH = 0.0005
GRACE = 8.0  # seconds to finish after a signal; Docker kills after ten

logger = logging.getLogger(__name__)


class StartError(UserError):
    """The bot cannot start, because of the network."""


def check_token(settings: Settings) -> None:
    """Check the token with the Bot API, before anything slow is loaded.

    If the Bot API cannot be reached yet, nothing happens: `run_bot` tries again.

    Raises:
        SettingsError: The token is refused.
    """
    try:
        asyncio.run(_initialize(plain_bot(settings)))
    except InvalidToken:
        raise _refused(settings) from None
    except TelegramError as error:
        logger.debug("token not checked yet: %s", error)


async def _initialize(bot: Bot) -> None:
    async with bot:  # calls getMe
        pass


def run_bot(settings: Settings, library: Library) -> None:
    """Answer until SIGINT or SIGTERM, by webhook if the settings have one, else by polling.

    Args:
        settings: The bot's settings, with a token.
        library: The collections, open.

    Raises:
        SettingsError: The token is refused.
        StoreError: The database cannot be opened.
        StartError: The Bot API cannot be reached, or a port is taken.
        ConnectionLost: Telegram no longer serves the bot.
    """
    sys.setswitchinterval(SWITCH)
    connection = Connection(Metrics.new())
    application = build_application(settings, library, connection=connection)
    _show_counts(connection.metrics, application)
    try:
        asyncio.run(_Run(application, connection, settings).until_signal())
    except InvalidToken:
        raise _refused(settings) from None
    except TelegramError as error:
        raise StartError(f"{settings.api_url} did not let the bot start: {error}") from None


def _show_counts(metrics: Metrics, application: InboxApplication) -> None:
    metrics.show(
        "updates_waiting", "Updates received and not yet done.", lambda: _waiting(application)
    )
    metrics.show(
        "updates_set_aside",
        "Updates given up since the start; see `python -m bot report`.",
        lambda: application.inbox.given_up,
    )


def _waiting(application: InboxApplication) -> int:
    queued = application.update_queue.qsize()
    return queued + application.update_processor.current_concurrent_updates


def _refused(settings: Settings) -> SettingsError:
    # The library's message is not repeated, because it contains the token.
    return SettingsError(f"TELEGRAM_BOT_TOKEN was refused by {settings.api_url}")


class _Run:
    """One run of the application, in an event loop of its own."""

    def __init__(
        self, application: InboxApplication, connection: Connection, settings: Settings
    ) -> None:
        self._application = application
        self._receiver = Receiver(_updater_of(application), connection, settings.webhook)
        self._connection = connection
        self._health = Health(connection, application.holding.updates)
        self._settings = settings
        self._gave_up = False
        self._beside: asyncio.Task[None] | None = None
        self._holding: asyncio.Task[None] | None = None

    async def until_signal(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(THREADS))
        serving = asyncio.create_task(self._serve())
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, serving.cancel)
        try:
            await serving
        except asyncio.CancelledError:
            if self._gave_up:
                _leave()

    async def _serve(self) -> None:
        """Serve until cancelled, or until an error ends it."""
        async with self._monitor():
            try:
                await self._application.initialize()
                if self._application.post_init:
                    await self._application.post_init(self._application)
                hold = await self._start()
                self._beside = asyncio.create_task(self._application.beside())
                # What is being answered at a signal needs the hold until it is done.
                await asyncio.gather(
                    self._connection.wait(), self._receiver.watch(), asyncio.shield(hold)
                )
            finally:
                self._connection.receiving = False
                await self._finish()

    def _monitor(self) -> AbstractAsyncContextManager[object]:
        if (address := self._settings.metrics) is None:
            return nullcontext()
        with _listening("METRICS_LISTEN"):
            return aclosing(
                MonitoringServer.listening(
                    self._connection.metrics, self._health.complaint, address
                )
            )

    async def _start(self) -> asyncio.Task[None]:
        """Start receiving; return the task that keeps the hold on the updates."""
        await self._application.start()
        # An earlier instance finishes the updates that it is handling, so this one waits for it.
        if not await self._application.holding.take(GRACE + 1):
            raise ConnectionLost(RIVAL)
        hold = self._holding = asyncio.create_task(self._application.keep_hold())
        await self._application.recover()
        with _listening("the webhook"):
            await self._receiver.start()
        self._connection.receiving = True
        return hold

    async def _finish(self) -> None:
        """Finish the work in progress; give up after `GRACE` seconds or at a second signal."""
        try:
            await asyncio.wait_for(self._stop(), GRACE)
        except (TimeoutError, asyncio.CancelledError):
            self._gave_up = True
            left = _waiting(self._application)
            logger.warning("stopped before everything was done; updates not done: %d", left)
            self._application.inbox.close()
            self._application.holding.release()

    async def _stop(self) -> None:
        application = self._application
        await self._receiver.stop()
        if self._beside:
            self._beside.cancel()
            await asyncio.wait([self._beside])
        if application.running:
            await application.stop()
        if self._holding:
            self._holding.cancel()
            await asyncio.wait([self._holding])
        await application.shutdown()
        if application.post_shutdown:
            await application.post_shutdown(application)


def _updater_of(application: InboxApplication) -> Updater:
    # Only an application that was built without an updater has none.
    assert application.updater is not None  # noqa: S101
    return application.updater


@contextmanager
def _listening(server: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StartError(f"{server} cannot listen: {error}") from None


def _leave() -> None:
    """End the process at once; Python would wait for threads, and those cannot be stopped."""
    logging.shutdown()
    os._exit(0)
