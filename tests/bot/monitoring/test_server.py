from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import text

from bot.delivery.connection import Connection
from bot.delivery.health import Health
from bot.monitoring.metrics import CONTENT_TYPE, Metrics
from bot.monitoring.server import MonitoringServer
from bot.settings import Address
from bot.store import KeptUpdates, Store


@pytest.fixture
def connection() -> Connection:
    return Connection(Metrics.new())


@pytest.fixture
async def pages(connection: Connection, store: Store) -> AsyncIterator[httpx.AsyncClient]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = Address("127.0.0.1", free.getsockname()[1])
    health = Health(connection, KeptUpdates(store.engine, 123456))
    monitor = MonitoringServer.listening(connection.metrics, health.complaint, address)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{address.port}") as client:
        yield client
    await monitor.aclose()


async def test_health_is_that_of_the_connection_and_the_database(
    connection: Connection, pages: httpx.AsyncClient, store: Store
) -> None:
    answer = await pages.get("/healthz")
    assert (answer.status_code, answer.text) == (503, "not receiving updates\n")
    connection.receiving = True
    answer = await pages.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    with store.engine.begin() as database:
        database.execute(text("DROP TABLE updates"))
    answer = await pages.get("/healthz")
    assert answer.status_code == 503
    assert answer.text == "the database failed: no such table: updates\n"


async def test_metrics_are_what_was_counted(
    connection: Connection, pages: httpx.AsyncClient
) -> None:
    connection.metrics.called("getMe", "200")
    answer = await pages.get("/metrics")
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    assert 'trichdan_bot_api_calls_total{method="getMe",outcome="200"} 1.0' in answer.text


async def test_there_is_nothing_else(pages: httpx.AsyncClient) -> None:
    assert (await pages.get("/")).status_code == 404
    assert (await pages.post("/metrics")).status_code == 405


async def never() -> None:
    """Complain of nothing."""


# Tornado leaves the socket that it could not bind to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_port_that_is_taken_is_refused(connection: Connection) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = Address("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(OSError, match="Address already in use"):
            MonitoringServer.listening(connection.metrics, never, address)
    gc.collect()
