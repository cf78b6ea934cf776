from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.store import Store
from tests.bot.store.test_store import CHAT, FOUND_NOTHING, GIVEN, LAN, NOON

QUESTIONS = """\
not found  unhelpful  asked last  language  question
        2          0  2021-09-30  en        Who won?
        0          1  2021-09-29  vi        Ai dự hội nghị?
"""


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the URL of the database that the environment names; it is not made yet."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.chdir(tmp_path)
    return url


@pytest.fixture
def asked(database: str) -> None:
    """Ask one question that finds nothing, twice, and one whose answer does not help."""
    store = Store.open(database)
    store.save_answer(GIVEN)
    store.rate(CHAT, 5, LAN, helpful=False)
    store.save_answer(FOUND_NOTHING)
    tomorrow = NOON + timedelta(1)
    store.save_answer(replace(FOUND_NOTHING, message_id=10, question="Who won?", asked_at=tomorrow))
    store.close()


@pytest.mark.usefixtures("asked")
def test_the_questions_served_badly_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report"]) == 0
    assert capsys.readouterr().out == QUESTIONS


def test_a_question_does_nothing_to_the_terminal(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store.open(database)
    store.save_answer(replace(FOUND_NOTHING, question="Ai\x1b[2J dự\x07?"))
    store.close()
    assert main(["report"]) == 0
    assert capsys.readouterr().out.splitlines()[1].endswith("  en        Ai[2J dự?")


@pytest.mark.usefixtures("asked")
def test_they_are_written_as_a_beir_query_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--queries", "queries.jsonl"]) == 0
    assert capsys.readouterr().out == QUESTIONS
    lines = (tmp_path / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"_id": "17c4df4fc247757b", "text": "Who won?"},
        {"_id": "a4ea84fe094e95ee", "text": "Ai dự hội nghị?"},
    ]


@pytest.mark.usefixtures("asked")
def test_a_file_that_cannot_be_written_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--queries", "nowhere/queries.jsonl"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "error: nowhere/queries.jsonl cannot be written: No such file or directory\n"
    )


def test_where_all_went_well_it_says_so(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    Store.open(database).close()
    assert main(["report"]) == 0
    assert capsys.readouterr().out == (
        "Nothing to report: every question found an answer that nobody marked as unhelpful.\n"
    )


def test_without_a_database_it_says_so_and_makes_none(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report"]) == 1
    assert capsys.readouterr().err == (
        f"error: DATABASE_URL cannot be opened: there is no {tmp_path}/bot.sqlite3 yet; "
        "the bot makes it when it starts\n"
    )
    assert list(tmp_path.iterdir()) == []
