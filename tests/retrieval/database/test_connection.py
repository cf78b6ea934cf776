"""What a database cannot do is told in one line, which holds no password."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import psycopg
import pytest

from retrieval.database.connection import Database
from retrieval.database.generations import Generations
from retrieval.errors import CollectionError
from tests.helpers.postgres import (
    PostgresServer,
    find_pgvector_postgres,
    find_postgres,
    running_postgres,
)

SECRET = "pass-word-1"  # noqa: S105


@pytest.fixture
def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def guarded() -> Iterator[PostgresServer]:
    """Start a server that asks for a password."""
    if (programs := find_pgvector_postgres() or find_postgres()) is None:
        pytest.skip("no PostgreSQL is installed")
    with running_postgres(programs, SECRET) as server:
        yield server


def failure(url: str) -> str:
    """Return what is told of a database that cannot be written; it is one line."""
    generations = Generations(Database.of(url), "")
    with pytest.raises(CollectionError) as raised, generations.locked():
        pass
    message = str(raised.value)
    assert "\n" not in message
    assert SECRET not in message
    return message


def test_a_server_that_is_away(free_port: int) -> None:
    message = failure(f"postgresql://bot:{SECRET}@127.0.0.1:{free_port}/documents")
    assert message.startswith("COLLECTION_URL: connection failed")
    assert "Connection refused" in message


def test_a_wrong_password(guarded: PostgresServer) -> None:
    url = guarded.new_database()
    with Generations(Database.of(url), "").locked():
        pass
    assert 'password authentication failed for user "bot"' in failure(url.replace("-1", "-2"))


def test_a_database_that_is_not_there(pgvector: PostgresServer) -> None:
    assert 'database "lost" does not exist' in failure(
        pgvector.new_database().rpartition("/")[0] + "/lost"
    )


def test_a_server_without_pgvector(postgres: PostgresServer) -> None:
    message = failure(postgres.new_database())
    assert message.startswith("COLLECTION_URL: the server needs pgvector 0.8 or later")


def test_a_server_that_only_reads(pgvector: PostgresServer) -> None:
    url = pgvector.new_database()
    name = url.rpartition("/")[2]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    assert failure(url) == (
        "COLLECTION_URL names a server that only reads, as a replica does; "
        "write the collection on the main server."
    )


@pytest.mark.parametrize(
    "url",
    [
        SECRET,
        f"postgresql://bot:{SECRET}@[db/documents",
        f"postgresql://bot:{SECRET}@db:port/documents",
        f"postgresql://bot:at@{SECRET}@db/documents",
    ],
)
def test_what_is_no_url(url: str) -> None:
    with pytest.raises(CollectionError) as raised:
        Database.of(url)
    assert SECRET not in str(raised.value)
