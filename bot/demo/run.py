"""`python -m bot demo`: the demo's server in a thread, and the bot as in Telegram against it.

Minh, for whom the page speaks at first, is the bot's administrator and may send it documents. The
bot works on a copy of the documents' folder, so the folder itself stays unchanged.
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
    """Serve the chat page on loopback and run the bot until a signal ends it.

    The page can be opened at once; it says that the bot is starting. Chats, remembered answers and
    documents sent to the bot are lost when the process ends.

    Args:
        settings: Settings without a token, as `Settings.for_demo` reads them.
        port: The page's port. Another one is used where it is taken.

    Raises:
        CollectionError: The documents cannot be used.
    """
    with DemoServer.running(port) as server, TemporaryDirectory() as folder:
        _say(f"Starting the bot for {server.url}")
        threading.Thread(target=_announce, args=[server], daemon=True).start()
        from bot.opening import open_library  # takes seconds to import; the page is up before

        completed = _completed(settings, server, Path(folder))
        with _copied(settings.retrieval.seeds, completed.retrieval.seeds):
            library = open_library(completed.retrieval)
        run_bot(completed, library)


def _completed(settings: Settings, server: DemoServer, folder: Path) -> Settings:
    """Return the settings for a bot that calls the demo's server and keeps its data in `folder`."""
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
    """Copy the documents; an error about the copy is raised as one about the original."""
    try:
        if seeds.is_dir():
            # a file that cannot be copied is reported later, as one that cannot be read
            with suppress(shutil.Error):
                shutil.copytree(seeds, copy)
            copy.chmod(0o700)
        yield
    except CollectionError as error:
        raise CollectionError(str(error).replace(str(copy), str(seeds))) from error


def _announce(server: DemoServer) -> None:
    """Print the page's address once the bot asks for updates."""
    server.online.wait()
    _say(f"The chat is ready: {server.url} (Ctrl+C ends it)")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
