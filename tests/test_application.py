from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

import pytest
from telegram import Update
from telegram.error import NetworkError

from bot.application import build_application, publish_commands
from bot.settings import Settings
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


async def test_the_store_is_closed_with_the_bot(
    settings: Settings, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    monkeypatch.setattr("bot.store.Store.close", lambda store: closed.append(store))
    application = build_application(settings, FakeRetriever(), telegram)
    assert application.post_shutdown is not None
    await application.post_shutdown(application)
    assert len(closed) == 1
