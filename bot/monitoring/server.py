"""`/healthz` and `/metrics` over HTTP, for monitoring tools.

The server is tornado, which also receives webhooks. It runs in the bot's own event loop, so that a
hung loop leaves `/healthz` without an answer, which a monitor takes for a failure.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.monitoring.metrics import CONTENT_TYPE, Metrics
from bot.settings import Address

Complaint = Callable[[], Awaitable[str | None]]


class MonitoringServer:
    """The HTTP server of both pages."""

    def __init__(self, server: HTTPServer) -> None:
        """Store a server that is already listening."""
        self._server = server

    @classmethod
    def listening(
        cls, metrics: Metrics, complaint: Complaint, address: Address
    ) -> MonitoringServer:
        """Serve at `address`, in the running event loop.

        Args:
            metrics: What `/metrics` shows.
            complaint: Tells what is wrong with the bot now, None if nothing is.
            address: Where to listen.

        Raises:
            OSError: The server cannot listen at the address.
        """
        server = HTTPServer(_pages(metrics, complaint))
        server.listen(address.port, address.host)
        return cls(server)

    async def aclose(self) -> None:
        """Stop serving."""
        self._server.stop()
        await self._server.close_all_connections()


def _pages(metrics: Metrics, complaint: Complaint) -> Application:
    return Application(
        [
            ("/healthz", _Health, {"complaint": complaint}),
            ("/metrics", _Metrics, {"metrics": metrics}),
        ],
        log_function=lambda handler: None,  # a line every few seconds would bury the log
    )


class _Health(RequestHandler):
    def initialize(self, complaint: Complaint) -> None:
        self.complaint = complaint

    async def get(self) -> None:
        """Answer 200 if nothing is wrong, else 503 with the reason."""
        complaint = await self.complaint()
        if complaint:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{complaint or 'ok'}\n")


class _Metrics(RequestHandler):
    def initialize(self, metrics: Metrics) -> None:
        self.metrics = metrics

    async def get(self) -> None:
        """Answer with all metrics, collected in a thread because some are computed only now."""
        text = await asyncio.to_thread(self.metrics.text)
        self.set_header("Content-Type", CONTENT_TYPE)
        self.finish(text)
