"""The demo's server: tornado in a thread of its own, on loopback only."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server, socket
from typing import Any, Self

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.demo.api.arguments import Method, methods_of
from bot.demo.api.files import FileMethods
from bot.demo.api.inline import InlineMethods
from bot.demo.api.messages import MessageMethods
from bot.demo.api.person import PersonMethods
from bot.demo.api.profile import ProfileMethods
from bot.demo.api.updates import UpdateMethods
from bot.demo.request_handlers import (
    BotHandler,
    FileHandler,
    PageHandler,
    PersonHandler,
    PhotoHandler,
)
from bot.demo.world.cast import BOT
from bot.demo.world.world import World

ADDRESS = "127.0.0.1"
LARGEST_REQUEST = 32 * 1024 * 1024  # bytes: a file larger than bots may download, in base64
PAGE = Path(__file__).parent / "page"

Route = tuple[str, type[RequestHandler], dict[str, Any]]
"""A pattern of paths, the handler for them, and the arguments of its `initialize`."""


class DemoServer:
    """A Bot API server with a chat page.

    `url` is its address and `token` the token of its one bot. `online` is set when the bot first
    asks for updates. `world` belongs to the server's thread.
    """

    def __init__(self, listener: socket) -> None:
        """Take a socket that already listens."""
        self.url = f"http://{ADDRESS}:{listener.getsockname()[1]}"
        self.token = f"{BOT.id}:{secrets.token_urlsafe(26)}"
        self.online = threading.Event()
        self.world = World(self.online.set)
        self._listener = listener
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()

    @classmethod
    @contextmanager
    def running(cls, port: int = 0) -> Iterator[Self]:
        """Serve until the block ends, on any free port if `port` is 0 or taken."""
        server = cls(_listen(port))
        thread = threading.Thread(target=server._run, name="demo server", daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server._loop.call_soon_threadsafe(server._stop.set)
            thread.join()

    def admits(self, token: str) -> bool:
        """Whether `token` is the bot's."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def bot_route(self) -> Route:
        """Return the route of the bot's calls."""
        methods = bot_methods(self.world)
        return r"/bot([^/]+)/(\w+)", BotHandler, {"methods": methods, "admits": self.admits}

    def person_methods(self) -> dict[str, Method]:
        """Return the methods that the page calls."""
        return methods_of(PersonMethods(self.world))

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        http = HTTPServer(self._application(), max_body_size=LARGEST_REQUEST)
        http.add_socket(self._listener)
        await self._stop.wait()
        http.stop()
        await http.close_all_connections()

    def _application(self) -> Application:
        """Return the routes. No request is logged, because the bot's addresses hold its token."""
        files = {"files": self.world.files, "admits": self.admits}
        return Application(
            [
                self.bot_route(),
                (r"/file/bot([^/]+)/(.+)", FileHandler, files),
                (r"/photo/([\w-]+)", PhotoHandler, {"files": self.world.files}),
                (r"/demo/(\w+)", PersonHandler, {"methods": self.person_methods()}),
                (r"/(.*)", PageHandler, {"path": PAGE, "default_filename": "index.html"}),
            ],
            log_function=lambda handler: None,
        )


def bot_methods(world: World) -> dict[str, Method]:
    """Return the methods of the Bot API that the server implements, by their names."""
    return methods_of(
        UpdateMethods(world),
        MessageMethods(world),
        InlineMethods(world),
        FileMethods(world),
        ProfileMethods(world),
    )


def _listen(port: int) -> socket:
    try:
        listener = create_server((ADDRESS, port))
    except OSError:  # the port is taken, perhaps by another demo
        listener = create_server((ADDRESS, 0))
    listener.setblocking(False)
    return listener
