"""How the bot runs: the token is checked, then updates are fetched or received until a signal.

A signal stops the fetching at once. What is being answered is finished, as long as those who send
signals wait for it; what is not done by then is given up.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, aclosing, contextmanager, nullcontext
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Updater

from bot.application import base_url, build_application
from bot.delivery.chat_order import PLACES
from bot.delivery.connection import RIVAL, Connection, ConnectionLost
from bot.delivery.inbox_application import InboxApplication
from bot.delivery.receiving import Receiver
from bot.monitoring.metrics import Metrics
from bot.monitoring.server import MonitoringServer
from bot.settings import Settings
from retrieval.errors import SettingsError, UserError

if TYPE_CHECKING:
    from retrieval.retriever import Retriever

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# Of these threads some handlers use two at once, so that none of them waits for another.
THREADS = 2 * PLACES
GRACE = 8.0  # seconds to finish in; Docker kills after ten

logger = logging.getLogger(__name__)


class StartError(UserError):
    """The network did not let the bot start."""


def check_token(settings: Settings) -> None:
    """Raise SettingsError where the token is refused, before anything slow is loaded for it.

    A Bot API that cannot be reached yet is left to `run_bot`, which tries again.
    """
    try:
        asyncio.run(_introduce(Bot(settings.token, base_url=base_url(settings))))
    except InvalidToken:
        raise _refused(settings) from None
    except TelegramError as error:
        logger.debug("token not checked yet: %s", error)


async def _introduce(bot: Bot) -> None:
    async with bot:  # asks the Bot API who it is
        pass


def run_bot(settings: Settings, retriever: Retriever) -> None:
    """Answer until SIGINT or SIGTERM; by webhook where the settings name one, else by polling.

    Raises SettingsError where the token is refused, StoreError where the database cannot be
    opened, StartError where the Bot API cannot be reached or a port is taken, and ConnectionLost
    where Telegram serves the bot no longer.
    """
    connection = Connection(Metrics.new())
    application = build_application(settings, retriever, connection=connection)
    _show_counts(connection.metrics, retriever, application)
    try:
        asyncio.run(_Run(application, connection, settings).until_signal())
    except InvalidToken:
        raise _refused(settings) from None
    except TelegramError as error:
        raise StartError(f"{settings.api_url} did not let the bot start: {error}") from None


def _show_counts(metrics: Metrics, retriever: Retriever, application: InboxApplication) -> None:
    metrics.show("documents", "Documents in the collection.", lambda: len(retriever.documents))
    metrics.show("passages", "Passages in the collection.", lambda: retriever.passage_count)
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
    # In words of our own: the library's hold the token.
    return SettingsError(f"TELEGRAM_BOT_TOKEN was refused by {settings.api_url}")


class _Run:
    """One run of the application, in an event loop of its own."""

    def __init__(
        self, application: InboxApplication, connection: Connection, settings: Settings
    ) -> None:
        self._application = application
        self._delivery = Receiver(_updater_of(application), connection, settings.webhook)
        self._connection = connection
        self._settings = settings
        self._gave_up = False

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
        """Serve until cancelled; raises whatever ends it before."""
        async with self._monitor():
            try:
                await self._application.initialize()
                if self._application.post_init:
                    await self._application.post_init(self._application)
                await self._start()
                await asyncio.gather(self._connection.wait(), self._delivery.watch())
            finally:
                self._connection.receiving = False
                await self._finish()

    def _monitor(self) -> AbstractAsyncContextManager[object]:
        if (address := self._settings.metrics) is None:
            return nullcontext()
        with _listening("METRICS_LISTEN"):
            return aclosing(
                MonitoringServer.listening(
                    self._connection.metrics, self._connection.complaint, address
                )
            )

    async def _start(self) -> None:
        await self._application.start()
        # What an earlier instance is about now is no business of this one.
        if not await self._application.inbox.claim(GRACE + 1):
            raise ConnectionLost(RIVAL)
        await self._application.recover()
        with _listening("the webhook"):
            await self._delivery.start()
        self._connection.receiving = True

    async def _finish(self) -> None:
        """Finish what is begun; after `GRACE` seconds, or a second signal, give up."""
        try:
            await asyncio.wait_for(self._stop(), GRACE)
        except (TimeoutError, asyncio.CancelledError):
            self._gave_up = True
            left = _waiting(self._application)
            logger.warning("stopped before everything was done; updates not done: %d", left)
            self._application.inbox.close()

    async def _stop(self) -> None:
        application = self._application
        await self._delivery.stop()
        if application.running:
            await application.stop()
        await application.shutdown()
        if application.post_shutdown:
            await application.post_shutdown(application)


def _updater_of(application: InboxApplication) -> Updater:
    # Only an application that is built without one has none.
    assert application.updater is not None  # noqa: S101
    return application.updater


@contextmanager
def _listening(who: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StartError(f"{who} cannot listen: {error}") from None


def _leave() -> None:
    """End the process: Python itself would wait for threads that nothing can stop."""
    logging.shutdown()
    os._exit(0)
