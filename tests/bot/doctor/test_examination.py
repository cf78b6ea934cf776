"""The whole page, for set-ups that are broken in one place each."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path

import pytest
from telegram.error import InvalidToken, NetworkError

from bot.__main__ import main
from bot.doctor.examination import examine
from bot.doctor.finding import State, page
from tests.conftest import TOKEN
from tests.helpers.set_up_telegram import SetUpTelegram
from tests.helpers.word_encoder import WordEncoder


@pytest.fixture(autouse=True)
def telegram(monkeypatch: pytest.MonkeyPatch) -> SetUpTelegram:
    telegram = SetUpTelegram()
    monkeypatch.setattr("bot.delivery.plain_bot.HTTPXRequest", lambda **options: telegram)
    monkeypatch.setattr("bot.doctor.documents.load_encoder", lambda name: WordEncoder())
    return telegram


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the environment of a bot that would run, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("They met in Hanoi.\n")
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": f"http://127.0.0.1:{port}"}


def bad(env: Mapping[str, str]) -> dict[str, str]:
    found = list(examine(env))
    assert TOKEN.partition(":")[2] not in page(found, in_colour=False)
    return {each.about: each.said for each in found if each.state is State.BAD}


def test_a_bot_that_would_run(env: dict[str, str]) -> None:
    assert bad(env) == {}


@pytest.mark.parametrize(
    ("change", "about", "said"),
    [
        ({"ADMIN_IDS": "@lan"}, "settings", "ADMIN_IDS must be whole numbers"),
        ({"TELEGRAM_BOT_TOKEN": ""}, "token", "none"),
        ({"TELEGRAM_BOT_TOKEN": "no token"}, "settings", "TELEGRAM_BOT_TOKEN does not look"),
        ({"SEEDS_DIR": "elsewhere"}, "documents", "There is no folder elsewhere"),
        ({"SEEDS_DIR": "empty"}, "documents", "empty holds no file that can be read"),
        ({"INDEX_DIR": "file/index"}, "index's disk", "file cannot be written"),
        ({"DATABASE_URL": "sqlite:///file"}, "database", "DATABASE_URL cannot be opened"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/x"}, "database", "DATABASE_URL cannot be"),
        ({"METRICS_LISTEN": "192.0.2.1:80"}, "METRICS_LISTEN", "192.0.2.1:80: "),
    ],
)
def test_a_broken_set_up_is_named(
    env: dict[str, str], tmp_path: Path, change: dict[str, str], about: str, said: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("no database " * 100)
    found = bad(env | change)
    assert list(found) == [about]
    assert said in found[about]


def test_a_token_that_is_refused_is_named(env: dict[str, str], telegram: SetUpTelegram) -> None:
    telegram.failures["getMe"] = InvalidToken(f"The token {TOKEN} was rejected")
    assert bad(env) == {"token": f"refused by {env['TELEGRAM_API_URL']}"}


def test_telegram_out_of_reach_is_named(env: dict[str, str], telegram: SetUpTelegram) -> None:
    telegram.failures["getMe"] = NetworkError("no route to host")
    assert bad(env) == {
        "Telegram": f"{env['TELEGRAM_API_URL']} cannot be reached: no route to host"
    }


def test_the_exit_code_tells_whether_the_bot_would_run(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.__main__.environment", lambda: env)
    assert main(["doctor"]) == 0
    env["SEEDS_DIR"] = "elsewhere"
    assert main(["doctor"]) == 1
    assert "✗ documents" in capsys.readouterr().out
