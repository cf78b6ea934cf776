"""The first run in a terminal, without a token."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from telegram.error import InvalidToken, NetworkError

from bot import first_run
from bot.__main__ import main
from bot.settings import Settings
from tests.conftest import TOKEN
from tests.helpers.set_up_telegram import SetUpTelegram

Typing = Callable[..., None]


@pytest.fixture(autouse=True)
def telegram(monkeypatch: pytest.MonkeyPatch) -> SetUpTelegram:
    telegram = SetUpTelegram()
    monkeypatch.setattr("bot.delivery.plain_bot.HTTPXRequest", lambda **options: telegram)
    return telegram


@pytest.fixture(autouse=True)
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Work in an empty folder, and note what would run."""
    ran: list[object] = []
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("bot.__main__._serve", ran.append)
    monkeypatch.setattr("bot.__main__._run_demo", lambda options: ran.append(options.port))
    monkeypatch.setattr(first_run, "is_terminal", lambda: True)
    return ran


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Return a function that says what the person types, one answer after the other."""

    def types(*answers: str) -> None:
        typed: Iterator[str] = iter(answers)

        def answer(prompt: str) -> str:
            try:
                return next(typed)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        monkeypatch.setattr(first_run, "getpass", answer)

    return types


@pytest.mark.parametrize("answers", [[""], ["1"], ["demo", "1"]])
def test_the_demo_is_one_key_away(typing: Typing, ran: list[object], answers: list[str]) -> None:
    typing(*answers)
    assert main([]) == 0
    assert ran == [8808]
    assert not Path(".env").exists()


def test_a_token_is_checked_and_kept_and_the_bot_starts(
    typing: Typing, ran: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(".env").write_text("ADMIN_IDS=7\n")
    typing("2", f" {TOKEN} ")
    assert main([]) == 0
    assert ran == [Settings(token=TOKEN, admin_ids=frozenset({7}))]
    assert Path(".env").read_text() == f"ADMIN_IDS=7\nTELEGRAM_BOT_TOKEN={TOKEN}\n"
    assert stat.S_IMODE(Path(".env").stat().st_mode) == 0o600
    said = capsys.readouterr().out
    assert "This is @TrichDanBot." in said
    assert TOKEN not in said
    assert said.count("\n  /set") == 5


def test_a_token_that_is_mistyped_is_asked_for_again(
    typing: Typing, telegram: SetUpTelegram, capsys: pytest.CaptureFixture[str]
) -> None:
    typing("2", "no token", TOKEN)
    assert main([]) == 0
    assert capsys.readouterr().out.count("does not know this token") == 1


def test_tokens_that_are_refused_end_the_start(
    typing: Typing, telegram: SetUpTelegram, ran: list[object]
) -> None:
    telegram.failures["getMe"] = InvalidToken()
    typing("2", TOKEN, TOKEN, TOKEN)
    assert main([]) == 2
    assert ran == []
    assert not Path(".env").exists()


def test_telegram_out_of_reach_keeps_nothing(
    typing: Typing, telegram: SetUpTelegram, capsys: pytest.CaptureFixture[str]
) -> None:
    telegram.failures["getMe"] = NetworkError("no route to host")
    typing("2", TOKEN)
    assert main([]) == 1
    assert capsys.readouterr().err == (
        "error: https://api.telegram.org cannot be reached: no route to host; "
        "where Telegram is blocked, set TELEGRAM_PROXY\n"
    )
    assert not Path(".env").exists()


def test_input_that_ends_starts_nothing(typing: Typing, ran: list[object]) -> None:
    typing()
    assert main([]) == 130
    assert ran == []


def test_nobody_is_asked_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(first_run, "is_terminal", lambda: False)
    typing("1")
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("error: TELEGRAM_BOT_TOKEN is missing: get one")
