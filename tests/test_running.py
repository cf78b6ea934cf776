from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any

import pytest
from telegram.error import InvalidToken
from telegram.ext import Application

from bot import running
from bot.running import StartError, check_token, run_bot
from bot.settings import Settings, SettingsError, Webhook
from bot.store import StoreError
from samples import FakeRetriever


def test_a_database_that_cannot_be_opened_ends_the_start(settings: Settings) -> None:
    with pytest.raises(StoreError):
        run_bot(replace(settings, database_url="nonsense"), FakeRetriever())


def test_a_bot_api_out_of_reach_ends_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BOOTSTRAP_RETRIES", 0)
    with socket.socket() as unused:  # bound, but nobody listens
        unused.bind(("127.0.0.1", 0))
        api_url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(StartError) as raised:
            run_bot(replace(settings, api_url=api_url), FakeRetriever())
    assert str(raised.value) == (
        f"{api_url} did not let the bot start: httpx.ConnectError: All connection attempts failed"
    )


def test_a_bot_api_out_of_reach_is_no_reason_to_doubt_the_token(settings: Settings) -> None:
    with socket.socket() as unused:  # bound, but nobody listens
        unused.bind(("127.0.0.1", 0))
        check_token(replace(settings, api_url=f"http://127.0.0.1:{unused.getsockname()[1]}"))


def test_a_token_refused_later_ends_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise InvalidToken(f"The token `{settings.token}` was rejected by the server.")

    monkeypatch.setattr(Application, "run_polling", refuse)
    with pytest.raises(SettingsError) as raised:
        run_bot(settings, FakeRetriever())
    assert str(raised.value) == "TELEGRAM_BOT_TOKEN was refused by https://api.telegram.org"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """How the application was told to run, by method."""
    told: dict[str, Any] = {}
    for name in ("run_polling", "run_webhook"):
        monkeypatch.setattr(
            Application, name, lambda _, name=name, **options: told.update({name: options})
        )
    return told


def test_without_a_webhook_the_bot_polls(settings: Settings, runs: dict[str, Any]) -> None:
    run_bot(settings, FakeRetriever())
    assert runs == {
        "run_polling": {
            "allowed_updates": ("message", "callback_query"),
            "bootstrap_retries": 3,
        }
    }


def test_with_a_webhook_the_bot_listens(settings: Settings, runs: dict[str, Any]) -> None:
    webhook = Webhook("https://bot.example.org/telegram/4f1c", "127.0.0.1", 9000, "s3cret")
    run_bot(replace(settings, webhook=webhook), FakeRetriever())
    assert runs == {
        "run_webhook": {
            "listen": "127.0.0.1",
            "port": 9000,
            "url_path": "/telegram/4f1c",
            "webhook_url": "https://bot.example.org/telegram/4f1c",
            "secret_token": "s3cret",
            "allowed_updates": ("message", "callback_query"),
            "bootstrap_retries": 3,
        }
    }
