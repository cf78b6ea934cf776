"""`python -m bot demo`: the server in the background, and the normal bot against it.

Whoever uses the page is the bot's administrator and may send it documents. They land in a copy of
the documents' folder, so that the folder itself stays as it is.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.demo.server import DemoServer
from bot.demo.world.cast import MINH
from bot.running import run_bot
from bot.settings import Settings
from retrieval.errors import CollectionError


def run_demo(settings: Settings, port: int) -> None:
    """Serve the chat page on loopback and answer there until a signal ends it.

    The page is there at once and says that the bot starts. Chats end with the process, and so do
    the answers that the bot remembers and the documents that it was sent. Takes settings that name
    no Telegram, as those of `Settings.for_demo`. Raises `CollectionError` where the documents are
    unusable.
    """
    with DemoServer.running(port) as server, TemporaryDirectory() as folder:
        _say(f"Starting the bot for {server.url}")
        threading.Thread(target=_announce, args=[server], daemon=True).start()
        from retrieval.retriever import Retriever  # takes seconds; the page is there before

        at_home = _at_home(settings, server, Path(folder))
        with _copied(settings.retrieval.seeds, at_home.retrieval.seeds):
            retriever = Retriever.open(at_home.retrieval)
        run_bot(at_home, retriever)


def _at_home(settings: Settings, server: DemoServer, folder: Path) -> Settings:
    """Return the settings completed for a bot that speaks to the demo's server alone."""
    return replace(
        settings,
        retrieval=replace(settings.retrieval, seeds=folder / "seeds"),
        token=server.token,
        api_url=server.url,
        database_url=f"sqlite:///{folder}/demo.sqlite3",
        admin_ids=frozenset({MINH.id}),
    )


@contextmanager
def _copied(seeds: Path, copy: Path) -> Iterator[None]:
    """Copy the documents; what is found wrong with the copy is said of the original."""
    try:
        if seeds.is_dir():
            with suppress(shutil.Error):  # files that cannot be read: the readers say so
                shutil.copytree(seeds, copy)
            copy.chmod(0o700)
        yield
    except CollectionError as error:
        raise CollectionError(str(error).replace(str(copy), str(seeds))) from error


def _announce(server: DemoServer) -> None:
    """Print the page's address once the bot listens."""
    server.online.wait()
    _say(f"The chat is ready: {server.url} (Ctrl+C ends it)")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
