"""`/healthz` and `/metrics` over HTTP, for whoever watches over the bot.

Served by tornado, which receives webhooks too, in the bot's own event loop: a loop that hangs
does not answer, and a bot that does not answer is not well.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.delivery.connection import Connection
from bot.monitoring.metrics import CONTENT_TYPE
from bot.settings import Address


class Monitor:
    """The server of both pages."""

    def __init__(self, server: HTTPServer) -> None:
        """Take a server that listens already."""
        self._server = server

    @classmethod
    def listening(cls, connection: Connection, address: Address) -> Monitor:
        """Serve at `address`, in the running event loop. Raises OSError where nothing can."""
        server = HTTPServer(_pages(connection))
        server.listen(address.port, address.host)
        return cls(server)

    async def aclose(self) -> None:
        """Stop serving."""
        self._server.stop()
        await self._server.close_all_connections()


def _pages(connection: Connection) -> Application:
    given = {"connection": connection}
    return Application(
        [("/healthz", _Health, given), ("/metrics", _Metrics, given)],
        log_function=lambda handler: None,  # a line every few seconds would bury the log
    )


class _Page(RequestHandler):
    def initialize(self, connection: Connection) -> None:
        self.connection = connection


class _Health(_Page):
    def get(self) -> None:
        """Answer 200 where the bot receives updates, else 503 with the reason."""
        complaint = self.connection.complaint()
        if complaint:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{complaint or 'ok'}\n")


class _Metrics(_Page):
    async def get(self) -> None:
        """Answer with every metric; in a thread, for some are counted only now."""
        text = await asyncio.to_thread(self.connection.metrics.text)
        self.set_header("Content-Type", CONTENT_TYPE)
        self.finish(text)
