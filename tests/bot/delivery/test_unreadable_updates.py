from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
from telegram import Update

from bot.delivery.connection import Connection
from bot.delivery.inbox_application import InboxApplication
from bot.delivery.unreadable_updates import UpdateCalls, flaw
from bot.monitoring.metrics import Metrics
from bot.settings import Settings
from bot.store import Store
from tests.helpers.fake_telegram import (
    DATE,
    LAN,
    PRIVATE,
    Call,
    FakeTelegram,
    Json,
    button,
    message,
    opened,
)
from tests.helpers.samples import FakeRetriever

INLINE: Json = {"id": "1", "from": LAN, "query": "Ai?", "offset": ""}


def without(content: Json, *names: str) -> Json:
    return {name: value for name, value in content.items() if name not in names}


@pytest.mark.parametrize(
    "content",
    [
        {"message": without(message("Ai?"), "from")},  # a group's, which says it by itself
        {"message": message("Ai?", field_of_tomorrow={"a": [1]})},
        {"callback_query": without(button("near"), "message")},
        {"inline_query": INLINE},
        {"update_of_tomorrow": {"id": 1}},
        {},
    ],
)
def test_what_may_be_missing_or_new_is_no_flaw(content: Json) -> None:
    assert flaw({"update_id": 1, **content}) is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"message": without(message("Ai?"), "message_id")}, "unreadable: TypeError"),
        ({"message": message("Ai?", date=10**15)}, "unreadable: ValueError"),
        ({"message": without(message("Ai?"), "chat")}, "incomplete"),
        ({"edited_message": without(message("Ai?"), "chat")}, "incomplete"),
        ({"callback_query": without(button("near"), "from")}, "incomplete"),
        ({"callback_query": button("near", chat=None)}, "incomplete"),
        ({"inline_query": without(INLINE, "from")}, "incomplete"),
    ],
)
def test_what_no_handler_can_do_without_is_a_flaw(content: Json, why: str) -> None:
    assert flaw({"update_id": 1, **content}) == why


@dataclass
class Delivering(FakeTelegram):
    """Delivers what waits, or says `body`."""

    waiting: list[Json] = field(default_factory=list)

    def _result(self, call: Call) -> object:
        if call.method != "getUpdates":
            return super()._result(call)
        offset = call.parameters.get("offset", 0)
        return [update for update in self.waiting if update["update_id"] >= offset]


@pytest.fixture
def telegram() -> Delivering:
    return Delivering()


@pytest.fixture
async def application(
    settings: Settings, retriever: FakeRetriever, telegram: FakeTelegram
) -> AsyncIterator[InboxApplication]:
    unlimited = replace(settings, questions_per_minute=0)
    async with opened(unlimited, retriever, telegram) as application:
        await application.start()
        yield application


async def test_one_that_cannot_be_read_holds_up_no_other(
    application: InboxApplication,
    telegram: Delivering,
    store: Store,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked: list[Json] = [
        {"update_id": n, "message": message("Ai?", message_id=n)} for n in (1, 2, 3)
    ]
    del asked[1]["message"]["date"]
    telegram.waiting = asked
    assert application.updater is not None
    await application.updater.start_polling()
    async with asyncio.timeout(10):
        while len(telegram.texts()) < 2:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)
    await application.updater.stop()
    assert [sent["reply_parameters"]["message_id"] for sent in telegram.sent()] == [1, 3]
    [aside] = store.set_aside()
    assert (aside.update_id, aside.error) == (2, "unreadable: KeyError")
    assert json.loads(aside.data) == asked[1]
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == [
        "update 2 set aside: unreadable: KeyError"
    ]


@pytest.mark.parametrize("place", [("from", "id"), ("chat", "type"), ("entities", 0)])
async def test_null_is_no_value(
    application: InboxApplication, telegram: Delivering, store: Store, place: tuple[str, int | str]
) -> None:
    nothing = message("/ask Ai?", **{"from": dict(LAN), "chat": dict(PRIVATE)})
    outer, inner = place
    nothing[outer][inner] = None
    telegram.waiting = [{"update_id": 1, "message": nothing}]
    assert await application.bot.get_updates() == (Update(1),)
    assert [aside.update_id for aside in store.set_aside()] == [1]


async def test_an_update_is_read_as_it_came(
    application: InboxApplication, telegram: Delivering, store: Store
) -> None:
    telegram.waiting = [{"update_id": 1, "message": message("\ud83d Ai?", edit_date=None)}]
    [read] = await application.bot.get_updates()
    assert read.message is not None
    assert (read.message.text, read.message.date.timestamp()) == ("\ud83d Ai?", DATE)
    assert store.set_aside() == ()


@pytest.mark.parametrize("body", [b'{"ok": tr', b'{"ok": true, "result": true}', b"[]", b"\xff"])
async def test_what_is_no_answer_is_left_to_the_library(
    application: InboxApplication, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def say(*_: object, **__: object) -> tuple[int, bytes]:
        return 200, body

    monkeypatch.setattr(FakeTelegram, "do_request", say)
    calls = UpdateCalls(FakeTelegram(), Connection(Metrics.new()), application.inbox)
    assert await calls.do_request("…/getUpdates", "POST") == (200, body)
