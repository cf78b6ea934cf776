"""`python -m bot demo`: the server in the background, and the normal bot against it."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from tempfile import TemporaryDirectory

from bot.demo.server import DemoServer
from bot.running import run_bot
from bot.settings import Settings


def run_demo(settings: Settings, port: int) -> None:
    """Serve the chat page on loopback and answer there until a signal ends it.

    The page is there at once and says that the bot starts. Chats end with the process, and so do
    the answers that the bot remembers. Takes settings that name no Telegram, as those of
    `Settings.for_demo`. Raises `CollectionError` where the documents are unusable.
    """
    with DemoServer.running(port) as server:
        _say(f"Starting the bot for {server.url}")
        threading.Thread(target=_announce, args=[server], daemon=True).start()
        from retrieval.retriever import Retriever  # takes seconds; the page is there before

        retriever = Retriever.open(settings.retrieval)
        with TemporaryDirectory() as folder:
            run_bot(_at_home(settings, server, folder), retriever)


def _at_home(settings: Settings, server: DemoServer, folder: str) -> Settings:
    """Return the settings completed for a bot that speaks to the demo's server alone."""
    return replace(
        settings,
        token=server.token,
        api_url=server.url,
        database_url=f"sqlite:///{folder}/demo.sqlite3",
    )


def _announce(server: DemoServer) -> None:
    """Print the page's address once the bot listens."""
    server.online.wait()
    _say(f"The chat is ready: {server.url} (Ctrl+C ends it)")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
