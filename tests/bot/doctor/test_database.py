"""What the doctor finds of the database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.doctor.database import database_findings
from bot.doctor.finding import Finding
from bot.settings import Settings, Webhook
from bot.store import Claim, Store
from tests.conftest import TOKEN
from tests.helpers.postgres import PostgresServer


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(token=TOKEN, database_url=database_url)


def test_no_database_yet(settings: Settings, tmp_path: Path) -> None:
    assert list(database_findings(settings)) == [
        Finding.note("database", "none yet", "the first start makes it")
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_this_version(settings: Settings) -> None:
    Store.open(settings.database_url).close()
    assert list(database_findings(settings)) == [
        Finding.good("database", "its tables are of this version"),
        Finding.good("other instance", "none uses this database"),
    ]


@pytest.mark.parametrize(
    ("revision", "sign", "said"),
    [
        ("0002", "!", "its tables are of an earlier version"),
        ("9999", "✗", "its tables are of a later version of the bot"),
    ],
)
def test_a_database_of_another_version(
    settings: Settings, revision: str, sign: str, said: str
) -> None:
    Store.open(settings.database_url).close()
    engine = create_engine(settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
    database, *_ = database_findings(settings)
    assert (database.state.value, database.said) == (sign, said)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == revision
    engine.dispose()


def test_tables_from_before_there_were_versions(settings: Settings) -> None:
    engine = create_engine(settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE answers (chat_id BIGINT)"))
    engine.dispose()
    database, *_ = database_findings(settings)
    assert database.said == "its tables are of an earlier version"


def test_another_instance_on_the_same_database(settings: Settings) -> None:
    store = Store.open(settings.database_url)
    claim = Claim(store.engine, settings.bot_id)
    assert claim.take(seconds=0)
    *_, instance = database_findings(settings)
    assert (instance.state.value, instance.said) == (
        "✗",
        "a bot with this token runs on this database",
    )
    claim.release()
    store.close()


def test_replicas_may_run_beside_each_other_and_not_beside_one_that_polls(
    settings: Settings, postgres: PostgresServer
) -> None:
    webhook = Webhook("https://bot.example.org/4f1c", "127.0.0.1", 8443, "s3cret")
    settings = replace(settings, database_url=postgres.new_database(), webhook=webhook)
    store = Store.open(settings.database_url)
    for name, state in (("replica", "✓"), ("", "✗")):
        claim = Claim(store.engine, settings.bot_id, name)
        assert claim.take(seconds=5)
        *_, instance = database_findings(settings)
        assert (instance.about, instance.state.value) == ("other instance", state)
        claim.release()
    store.close()


def test_a_file_that_is_no_database(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no database " * 100)
    (finding,) = database_findings(replace(settings, database_url=f"sqlite:///{file}"))
    assert finding == Finding.bad(
        "database",
        "DATABASE_URL cannot be opened: file is not a database",
        "correct DATABASE_URL, or start its server",
    )


def test_a_url_that_is_none() -> None:
    (finding,) = database_findings(Settings(database_url="nonsense"))
    assert finding.said.startswith("DATABASE_URL cannot be opened: Could not parse")
