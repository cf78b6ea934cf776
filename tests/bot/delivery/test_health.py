from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import text

from bot.delivery import health
from bot.delivery.connection import Connection
from bot.delivery.health import Health
from bot.monitoring.metrics import Metrics
from bot.store import KeptUpdates, Store


@pytest.fixture
def connection() -> Connection:
    connection = Connection(Metrics.new())
    connection.receiving = True
    return connection


@pytest.fixture
def updates(database_url: str) -> Iterator[KeptUpdates]:
    with closing(Store.open(database_url)) as store:
        yield KeptUpdates(store.engine, 123456)


async def test_all_is_well_where_telegram_and_the_database_answer(
    connection: Connection, updates: KeptUpdates
) -> None:
    assert await Health(connection, updates).complaint() is None
    connection.receiving = False
    assert await Health(connection, updates).complaint() == "not receiving updates"


async def test_a_database_that_fails_is_told(connection: Connection, updates: KeptUpdates) -> None:
    told = Health(connection, updates)
    with updates.engine.begin() as database:
        database.execute(text("ALTER TABLE updates RENAME TO gone"))
    complaint = await told.complaint()
    assert complaint is not None
    assert complaint.startswith("the database failed: ")
    assert "\n" not in complaint
    with updates.engine.begin() as database:
        database.execute(text("ALTER TABLE gone RENAME TO updates"))
    assert await told.complaint() is None


async def test_a_database_that_hangs_is_told_and_asked_once(
    connection: Connection, updates: KeptUpdates, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answers = [], threading.Event()

    def check(_: KeptUpdates) -> None:
        asked.append(1)
        answers.wait(10)

    monkeypatch.setattr(health, "PATIENCE", 0.05)
    monkeypatch.setattr(KeptUpdates, "check", check)
    told = Health(connection, updates)
    assert await told.complaint() == "no answer from the database for 0 seconds"
    assert await told.complaint() == "no answer from the database for 0 seconds"
    assert asked == [1]
    answers.set()
