from __future__ import annotations

import logging

import pytest
from telegram.error import Forbidden

from bot.texts import ENGLISH, VIETNAMESE
from tests.helpers.fake_telegram import DATE, GROUP, TOM, Chatting, message
from tests.helpers.samples import FakeRetriever


async def test_a_failed_search_is_said_in_one_line(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.error = ValueError("boom")
    assert [reply["text"] for reply in await chat.say("Ai?")] == [VIETNAMESE.failed]
    sent = await chat.say("/ask Who?", chat=GROUP, **{"from": TOM})
    assert [reply["text"] for reply in sent] == [ENGLISH.failed]


async def test_the_log_says_what_and_where_but_not_what_was_asked(
    chat: Chatting, retriever: FakeRetriever, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    retriever.error = ValueError("no vector for 'chuyện bí mật'")
    await chat.say("chuyện bí mật?")
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    first, *frames = record.getMessage().splitlines()
    assert first.endswith("failed: ValueError")
    assert any("samples.py" in frame and "in ask" in frame for frame in frames)
    assert "bí mật" not in caplog.text


async def test_at_debug_the_log_has_the_message_too(
    chat: Chatting, retriever: FakeRetriever, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    retriever.error = ValueError("no vector")
    await chat.say("Ai?")
    assert "ValueError: no vector" in caplog.text


async def test_a_user_who_cannot_be_told_causes_no_second_error(
    chat: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    chat.telegram.failures["sendMessage"] = Forbidden("bot was blocked by the user")
    await chat.say("Ai?")
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "failed: Forbidden: bot was blocked by the user" in caplog.text


async def test_a_failed_revision_is_said_as_well(chat: Chatting, retriever: FakeRetriever) -> None:
    retriever.error = ValueError("boom")
    sent = await chat.receive(edited_message=message("Ai?", edit_date=DATE + 1))
    assert [reply["text"] for reply in sent] == [VIETNAMESE.failed]


async def test_what_could_not_be_checked_is_not_answered(
    chat: Chatting, retriever: FakeRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("boom")

    monkeypatch.setattr("bot.handlers.gates.RateLimit.take", fail)
    assert [reply["text"] for reply in await chat.say("Ai?")] == [VIETNAMESE.failed]
    assert retriever.questions == []


async def test_what_no_update_caused_is_logged_alone(
    chat: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    await chat.application.process_error(None, ValueError("no vector for 'bí mật'"))
    assert caplog.messages == ["a task failed: ValueError\n"]
    assert chat.telegram.sent() == []
