from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import replace

import pytest
from telegram import Update

from bot.application import build_application
from bot.delivery.connection import Connection
from bot.monitoring.metrics import Metrics
from bot.settings import Settings
from retrieval.answers import Answer
from tests.helpers.fake_telegram import GROUP, LAN, PRIVATE, Chatting, FakeTelegram, Json, message
from tests.helpers.prometheus import samples
from tests.helpers.samples import FakeRetriever

OTHER = PRIVATE | {"id": 8}


async def test_the_bot_calls_the_api_server_of_the_settings(settings: Settings) -> None:
    own = replace(settings, api_url="http://127.0.0.1:8081")
    application = build_application(own, FakeRetriever())
    assert application.bot.base_url == f"http://127.0.0.1:8081/bot{settings.token}"
    assert application.bot.base_file_url == f"http://127.0.0.1:8081/file/bot{settings.token}"
    assert application.post_shutdown is not None
    await application.post_shutdown(application)


async def deliver(chat: Chatting, *messages: Json) -> None:
    """Deliver messages as the running bot gets them, all at once, and wait for all to be done."""
    application = chat.application
    await application.start()
    for number, said in enumerate(messages):
        update = Update.de_json({"update_id": number, "message": said}, application.bot)
        await application.update_queue.put(update)
    await asyncio.wait_for(application.update_queue.join(), timeout=20)
    await application.stop()


async def test_a_slow_question_does_not_hold_another_chat(
    chat: Chatting, retriever: FakeRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(question: str, limit: int = 3, previous: str | None = None) -> Answer:
        deadline = time.monotonic() + 10
        while not chat.telegram.sent():  # until the other chat got its reply
            assert time.monotonic() < deadline
            time.sleep(0.001)
        return retriever.answer

    monkeypatch.setattr(retriever, "ask", ask)
    await deliver(chat, message("Ai dự hội nghị?"), message("/help", chat=OTHER))
    assert [sent["chat_id"] for sent in chat.telegram.sent()] == [OTHER["id"], PRIVATE["id"]]


async def test_many_questions_at_once_are_each_answered_once_and_in_order(chat: Chatting) -> None:
    asked = []
    for number in range(36):
        whose = {"id": 100 + number % 12}
        sender = {"from": LAN | whose}
        asked.append(message(f"Câu {number}?", chat=PRIVATE | whose, **sender))
    await deliver(chat, *asked)
    answered: dict[int, list[int]] = defaultdict(list)
    for sent in chat.telegram.sent():
        answered[sent["chat_id"]].append(sent["reply_parameters"]["message_id"])
    ids = [one["message_id"] for one in asked]
    assert answered == {100 + person: ids[person::12] for person in range(12)}


@pytest.mark.parametrize(
    ("command", "replies"),
    [("/ask Ai?", 1), ("/ask@TrichDanBot Ai?", 1), ("/ask@trichdanbot Ai?", 1)]
    + [(f"/{name}@another_bot Ai?", 0) for name in ("ask", "start", "sources", "help")],
)
async def test_in_a_group_a_command_for_another_bot_is_passed_over(
    chat: Chatting, command: str, replies: int
) -> None:
    assert len(await chat.say(command, chat=GROUP)) == replies


@pytest.mark.parametrize("command", ["/ask Ai?", "/ask", "/sources", "/help", "/language"])
async def test_replies_stay_in_the_topic(chat: Chatting, command: str) -> None:
    in_topic = {"message_thread_id": 5, "is_topic_message": True}
    (reply,) = await chat.say(command, chat=GROUP | {"is_forum": True}, **in_topic)
    assert reply["message_thread_id"] == 5


async def test_a_chain_of_replies_is_no_topic(chat: Chatting) -> None:
    (reply,) = await chat.say("/ask Ai?", chat=GROUP, message_thread_id=5)
    assert "message_thread_id" not in reply


async def test_what_is_done_is_counted(settings: Settings, telegram: FakeTelegram) -> None:
    connection = Connection(Metrics.new())
    application = build_application(settings, FakeRetriever(), telegram, connection)
    chat = Chatting(application, telegram)
    async with application:
        await chat.say("Ai dự hội nghị?")
        await chat.receive(
            inline_query={"id": "1", "from": LAN, "query": "Ai dự hội nghị?", "offset": ""}
        )
    assert application.post_shutdown is not None
    await application.post_shutdown(application)
    counted = samples(connection.metrics)
    assert counted["trichdan_questions_total message answer"] == 1
    assert counted["trichdan_questions_total inline answer"] == 1
    assert counted["trichdan_bot_api_calls_total sendMessage 200"] == 1
    assert counted["trichdan_bot_api_calls_total answerInlineQuery 200"] == 1


async def test_the_store_is_closed_with_the_bot(
    settings: Settings, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    monkeypatch.setattr("bot.store.Store.close", lambda store: closed.append(store))
    application = build_application(settings, FakeRetriever(), telegram)
    assert application.post_shutdown is not None
    await application.post_shutdown(application)
    assert len(closed) == 1
