from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_mock_engine

from bot.citations import Citation
from bot.store import GivenAnswer, Row, Store, StoreError
from samples import SUMMIT_HIT, VISIT_HIT

SUMMIT_CITED = Citation.of(SUMMIT_HIT)
VISIT_CITED = Citation.of(VISIT_HIT)
NOON = datetime(2021, 9, 29, 12, tzinfo=UTC)
GIVEN = GivenAnswer(
    chat_id=-1001234567890,
    message_id=5,
    thread_id=None,
    user_id=7_000_000_000,
    asked_at=NOON,
    citations=(SUMMIT_CITED, VISIT_CITED),
)


def test_an_answer_gives_its_citations_back(store: Store) -> None:
    store.save_answer(GIVEN)
    assert store.citations_of(-1001234567890, 5) == (SUMMIT_CITED, VISIT_CITED)
    assert store.citations_of(-1001234567890, 6) == ()
    assert store.citations_of(5, 5) == ()


def test_the_last_answer_is_the_one_asked_for_last(store: Store) -> None:
    later = replace(GIVEN, message_id=4, asked_at=NOON + timedelta(1), citations=(VISIT_CITED,))
    store.save_answer(later)
    store.save_answer(GIVEN)
    assert store.last_citations(GIVEN.chat_id, None, GIVEN.user_id) == (VISIT_CITED,)


def test_within_one_second_the_later_message_is_the_last(store: Store) -> None:
    store.save_answer(replace(GIVEN, message_id=6, citations=(VISIT_CITED,)))
    store.save_answer(GIVEN)
    assert store.last_citations(GIVEN.chat_id, None, GIVEN.user_id) == (VISIT_CITED,)


def test_the_last_answer_is_that_person_s_in_that_chat_and_topic(store: Store) -> None:
    store.save_answer(GIVEN)
    store.save_answer(replace(GIVEN, message_id=6, thread_id=9, citations=(VISIT_CITED,)))
    assert len(store.last_citations(GIVEN.chat_id, None, GIVEN.user_id)) == 2
    assert store.last_citations(GIVEN.chat_id, 9, GIVEN.user_id) == (VISIT_CITED,)
    assert store.last_citations(GIVEN.chat_id, 8, GIVEN.user_id) == ()
    assert store.last_citations(GIVEN.chat_id, None, 8) == ()
    assert store.last_citations(-100, None, GIVEN.user_id) == ()


def test_an_answer_in_the_same_message_replaces_the_earlier_one(store: Store) -> None:
    store.save_answer(GIVEN)
    store.save_answer(replace(GIVEN, citations=(VISIT_CITED,)))
    assert store.citations_of(GIVEN.chat_id, 5) == (VISIT_CITED,)


def test_a_language_is_kept_changed_and_forgotten(store: Store) -> None:
    assert store.language_of(7) is None
    store.choose_language(7, "vi")
    assert store.language_of(7) == "vi"
    store.choose_language(7, "en")
    assert store.language_of(7) == "en"
    assert store.language_of(8) is None
    store.choose_language(7, None)
    store.choose_language(7, None)
    assert store.language_of(7) is None


def test_what_is_kept_outlives_the_store(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new folder/deep/bot.sqlite3"
    first = Store.open(url)
    first.save_answer(GIVEN)
    first.close()
    second = Store.open(url)
    assert second.citations_of(GIVEN.chat_id, 5) == GIVEN.citations
    second.close()


def test_many_threads_write_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.save_answer(replace(GIVEN, message_id=n)), range(40)))
    assert all(store.citations_of(GIVEN.chat_id, n) == GIVEN.citations for n in range(40))


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


def test_a_failure_says_nothing_of_what_was_kept(store: Store, tmp_path: Path) -> None:
    store.save_answer(GIVEN)
    (tmp_path / "bot.sqlite3").write_bytes(b"scribbled over" * 1000)
    with pytest.raises(StoreError) as raised:
        store.citations_of(GIVEN.chat_id, 5)
    assert str(raised.value).startswith("the database failed: ")
    assert "1234567890" not in str(raised.value.__cause__)


def test_postgresql_takes_the_tables() -> None:
    made = []
    engine = create_mock_engine("postgresql+psycopg://", lambda sql, *_, **__: made.append(sql))
    Row.metadata.create_all(engine, checkfirst=False)
    statements = [str(sql.compile(dialect=engine.dialect)) for sql in made]
    assert [statement.split()[:3] for statement in statements] == [
        ["CREATE", "TABLE", "answers"],
        ["CREATE", "INDEX", "ix_answers_user_id"],
        ["CREATE", "TABLE", "languages"],
    ]
    assert statements[0].count("BIGINT NOT NULL") == 3
    assert "citations JSON NOT NULL" in statements[0]
    assert "SERIAL" not in statements[2]
