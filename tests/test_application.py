from __future__ import annotations

import asyncio
import socket
import threading
from dataclasses import replace
from typing import Any

import pytest
from telegram import Update
from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application

from bot import application as wiring
from bot.application import StartError, build_application, check_token, publish_commands, run_bot
from bot.settings import Settings, SettingsError, Webhook
from bot.store import StoreError
from fake_telegram import GROUP, Chatting, FakeTelegram, message
from retrieval.documents import Answer
from samples import FakeRetriever


async def test_the_command_menu_is_published_in_both_languages(chat: Chatting) -> None:
    await publish_commands(chat.application)
    default, vietnamese = chat.telegram.calls[1:]
    assert (default.method, vietnamese.method) == ("setMyCommands", "setMyCommands")
    assert "language_code" not in default.parameters
    assert vietnamese.parameters["language_code"] == "vi"
    asking = [call.parameters["commands"][0] for call in (default, vietnamese)]
    assert asking == [
        {"command": "ask", "description": "ask a question"},
        {"command": "ask", "description": "hỏi một câu"},
    ]


async def test_without_a_command_menu_the_bot_runs_all_the_same(
    chat: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    chat.telegram.failures["setMyCommands"] = NetworkError("Bad Gateway")
    await publish_commands(chat.application)
    assert caplog.messages == ["command menu not set: Bad Gateway"]


async def test_the_bot_calls_the_api_server_of_the_settings(settings: Settings) -> None:
    own = replace(settings, api_url="http://127.0.0.1:8081")
    application = build_application(own, FakeRetriever())
    assert application.bot.base_url == f"http://127.0.0.1:8081/bot{settings.token}"
    assert application.bot.base_file_url == f"http://127.0.0.1:8081/file/bot{settings.token}"
    assert application.post_shutdown is not None
    await application.post_shutdown(application)


async def test_questions_do_not_wait_for_each_other(
    chat: Chatting, retriever: FakeRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2)

    def ask(question: str, limit: int = 3) -> Answer:
        both.wait(timeout=10)  # passes only while the other question is being answered
        return retriever.answer

    monkeypatch.setattr(retriever, "ask", ask)
    application = chat.application
    await application.start()
    for number, where in enumerate(({}, {"chat": GROUP})):
        asked = {"update_id": number, "message": message("/ask Ai?", **where)}
        await application.update_queue.put(Update.de_json(asked, application.bot))
    await asyncio.wait_for(application.update_queue.join(), timeout=20)
    await application.stop()
    assert {sent["chat_id"] for sent in chat.telegram.sent()} == {7, -100}
    assert all(text.startswith("<b>[1]</b>") for text in chat.telegram.texts())


def test_a_database_that_cannot_be_opened_ends_the_start(settings: Settings) -> None:
    with pytest.raises(StoreError):
        run_bot(replace(settings, database_url="nonsense"), FakeRetriever())


def test_a_bot_api_out_of_reach_ends_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "BOOTSTRAP_RETRIES", 0)
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


async def test_the_store_is_closed_with_the_bot(
    settings: Settings, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    monkeypatch.setattr("bot.store.Store.close", lambda store: closed.append(store))
    application = build_application(settings, FakeRetriever(), telegram)
    assert application.post_shutdown is not None
    await application.post_shutdown(application)
    assert len(closed) == 1
