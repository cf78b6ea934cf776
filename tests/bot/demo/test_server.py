from __future__ import annotations

import asyncio
import socket
import threading

import httpx
import pytest

from bot.demo.server import DemoServer
from tests.helpers.demo_client import PersonClient


def test_it_listens_on_loopback_alone() -> None:
    with DemoServer.running() as server:
        assert server.url.startswith("http://127.0.0.1:")
        port = int(server.url.rpartition(":")[2])
        with socket.socket() as other:
            other.bind(("127.0.0.2", port))  # taken where it listened on every address


def test_each_run_has_a_token_of_its_own() -> None:
    with DemoServer.running() as one, DemoServer.running() as other:
        assert one.url != other.url
        assert one.token != other.token
        assert one.token.startswith("7000000001:")


def test_a_port_that_is_taken_is_replaced() -> None:
    with DemoServer.running() as one:
        with DemoServer.running(int(one.url.rpartition(":")[2])) as other:
            assert httpx.get(other.url).status_code == 200
            assert other.url != one.url


def test_it_ends_while_someone_waits() -> None:
    threads = threading.active_count()
    ended: list[Exception] = []

    def wait_for_events(url: str) -> None:
        try:
            PersonClient(url).next(lambda event: False, seconds=40)
        except httpx.HTTPError as error:
            ended.append(error)

    with DemoServer.running() as server:
        waiting = threading.Thread(target=wait_for_events, args=[server.url])
        waiting.start()
        httpx.get(server.url)
    waiting.join(timeout=10)
    assert len(ended) == 1
    assert threading.active_count() == threads
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)


async def test_online_is_set_by_the_first_poll() -> None:
    with DemoServer.running() as server:
        assert not server.online.is_set()
        async with httpx.AsyncClient(base_url=server.url) as client:
            await client.post(f"/bot{server.token}/getMe")
            assert not server.online.is_set()
            await client.post(f"/bot{server.token}/getUpdates")
        assert await asyncio.to_thread(server.online.wait, 5)
