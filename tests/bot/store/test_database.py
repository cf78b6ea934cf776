from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from bot.citations import Citation
from bot.store import GivenAnswer, Store, StoreError
from bot.store.rows import Row
from tests.helpers.paths import ROOT
from tests.helpers.postgres import PostgresServer

# The tables as they were made before there were migrations, and a row in each.
OLD_TABLES = (
    "CREATE TABLE answers (chat_id BIGINT NOT NULL, message_id BIGINT NOT NULL, thread_id BIGINT, "
    "user_id BIGINT NOT NULL, asked_at {moment} NOT NULL, citations JSON NOT NULL, "
    "PRIMARY KEY (chat_id, message_id))",
    "CREATE INDEX ix_answers_user_id ON answers (user_id)",
    "CREATE TABLE languages (user_id BIGINT NOT NULL, language VARCHAR(8) NOT NULL, "
    "PRIMARY KEY (user_id))",
    "INSERT INTO answers VALUES (-100, 5, NULL, 7, '2021-09-29 12:00:00{zone}', "
    """'[{{"document": "a.txt", "hash": "2c26", "title": "A", "source": "", "date": "2021", """
    """"url": "", "start": 0, "end": 9, "highlight_start": 2, "highlight_end": 8, """
    """"quote": "trích"}}]')""",
    "INSERT INTO languages VALUES (7, 'vi')",
)
OLD_ANSWER = GivenAnswer(
    chat_id=-100,
    message_id=5,
    thread_id=None,
    user_id=7,
    question_id=0,
    question="",
    language="",
    answered=True,
    asked_at=datetime(2021, 9, 29, 12, tzinfo=UTC),
    citations=(
        Citation(
            document="a.txt",
            hash="2c26",
            title="A",
            source="",
            date="2021",
            url="",
            start=0,
            end=9,
            highlight_start=2,
            highlight_end=8,
            quote="trích",
        ),
    ),
)
START = """
import sys
from bot.store import Store
print("ready", flush=True)
sys.stdin.readline()
store = Store.open(sys.argv[1])
store.choose_language(int(sys.argv[2]), "vi")
store.close()
"""


def execute(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_the_migrations_make_the_tables_that_the_rows_describe(database_url: str) -> None:
    with closing(Store.open(database_url)) as store, store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Row.metadata) == []
        assert context.get_current_revision() == "0010"


def test_a_database_from_before_migrations_keeps_its_rows(database_url: str) -> None:
    moment, zone = ("TIMESTAMPTZ", "+00") if "postgres" in database_url else ("DATETIME", ".000000")
    execute(database_url, *(table.format(moment=moment, zone=zone) for table in OLD_TABLES))
    with closing(Store.open(database_url)) as store:
        assert store.answer_of(-100, 5) == OLD_ANSWER
        assert store.last_answer(-100, None, 7) == OLD_ANSWER
        assert store.language_of(7) == "vi"
        assert store.poorly_answered() == ()
        store.rate(-100, 5, 7, helpful=False)
        assert store.poorly_answered() == ()  # nobody knows what was asked
        with store.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": False})
            assert compare_metadata(context, Row.metadata) == []


def test_a_server_without_a_locale_keeps_vietnamese(postgres: PostgresServer) -> None:
    without = "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    with closing(Store.open(postgres.new_database(without))) as store:
        store.save_answer(OLD_ANSWER)
        assert store.answer_of(-100, 5) == OLD_ANSWER


def test_processes_that_start_at_once_do_not_break_it(database_url: str) -> None:
    processes = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", START, database_url, str(number)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[1] for process in processes] == 2 * [""]
    with closing(Store.open(database_url)) as store:
        assert [store.language_of(number) for number in range(2)] == 2 * ["vi"]


def test_a_database_of_a_later_version_is_left_alone(database_url: str) -> None:
    Store.open(database_url).close()
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError) as raised:
        Store.open(database_url)
    assert str(raised.value) == (
        "DATABASE_URL cannot be opened: its tables are of another version of the bot: "
        "Can't locate revision identified by '9999'"
    )


def test_in_sqlite_writers_wait_for_a_writer_and_readers_do_not(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    with closing(Store.open(f"sqlite:///{path}")) as store, closing(connect(path)) as other:
        store.choose_language(7, "vi")
        other.execute("BEGIN IMMEDIATE")
        writer = Thread(target=store.choose_language, args=(7, "en"))
        writer.start()
        assert store.language_of(7) == "vi"
        assert writer.is_alive()
        other.rollback()
        writer.join(timeout=30)
        assert store.language_of(7) == "en"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("bot.sqlite3", "Could not parse SQLAlchemy URL from given URL string"),
        ("sqlite:///{tmp_path}", "unable to open database file"),
        ("sqlite:///{tmp_path}/file/bot.sqlite3", "[Errno 17] File exists: '{tmp_path}/file'"),
        ("nosuch://bot:secret@db/bot", "Can't load plugin: sqlalchemy.dialects:nosuch"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_line(
    tmp_path: Path, url: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as raised:
        Store.open(url.format(tmp_path=tmp_path))
    expected = reason.format(tmp_path=tmp_path)
    assert str(raised.value) == f"DATABASE_URL cannot be opened: {expected}"


def test_without_postgresql_s_driver_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError) as raised:
        Store.open("postgresql://bot@db/bot")
    assert str(raised.value) == (
        "DATABASE_URL cannot be opened: PostgreSQL needs its driver: "
        'pip install "trichdan[postgres]"'
    )


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all, just a note\n" * 100)
    with pytest.raises(StoreError) as raised:
        Store.open(f"sqlite:///{path}")
    assert str(raised.value) == "DATABASE_URL cannot be opened: file is not a database"
