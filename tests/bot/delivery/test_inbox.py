from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text, update
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import TypeHandler

from bot.__main__ import main
from bot.delivery import inbox as inbox_module
from bot.delivery import inbox_application
from bot.delivery.inbox_application import InboxApplication
from bot.settings import Settings
from bot.store import Claim, GivenAnswer, KeptUpdates, Store
from bot.store.rows import UpdateRow
from bot.texts import VIETNAMESE
from tests.helpers.fake_telegram import GROUP, FakeTelegram, message, opened
from tests.helpers.samples import FakeRetriever

BOT_ID = 123456


@pytest.fixture
def updates(store: Store) -> KeptUpdates:
    return KeptUpdates(store.engine, BOT_ID)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Set no limit, because these tests ask many questions."""
    return replace(settings, questions_per_minute=0)


@pytest.fixture
async def application(
    settings: Settings, retriever: FakeRetriever, telegram: FakeTelegram
) -> AsyncIterator[InboxApplication]:
    """Give an application that handles what its inbox holds, once it is started."""
    async with opened(settings, retriever, telegram) as application:
        yield application


def asks(number: int) -> Update:
    question = message("Ai dự hội nghị?", message_id=number)
    found = Update.de_json({"update_id": number, "message": question})
    assert found is not None
    return found


async def deliver(application: InboxApplication, number: int) -> None:
    """Bring a question as the updater does."""
    await application.inbox.put(Update.de_json(asks(number).to_dict(), application.bot))


def pending(updates: KeptUpdates) -> dict[int, int]:
    """Return the attempts of each pending update."""
    return {kept.update_id: kept.attempts for kept in updates.pending()}


async def drained(application: InboxApplication) -> None:
    """Handle everything, and wait until it is marked."""
    await application.inbox.join()
    await application.stop()
    application.inbox.close()


def answered(telegram: FakeTelegram) -> list[int]:
    sent = [call.parameters for call in telegram.calls if call.method == "sendMessage"]
    return [parameters["reply_parameters"]["message_id"] for parameters in sent]


async def test_an_update_is_kept_as_it_came_before_anything_is_done_for_it(
    application: InboxApplication, updates: KeptUpdates, retriever: FakeRetriever
) -> None:
    await deliver(application, 7)
    [kept] = updates.pending()
    assert Update.de_json(json.loads(kept.data)) == asks(7)
    assert (kept.update_id, kept.attempts, kept.error) == (7, 0, None)
    assert datetime.now(UTC) - kept.received_at < timedelta(minutes=1)
    assert retriever.questions == []


async def test_an_update_with_a_message_long_gone_in_a_message_is_kept(
    application: InboxApplication, updates: KeptUpdates
) -> None:
    gone = {"message_id": 3, "date": 0, "chat": GROUP}  # the library cannot turn this into JSON
    pinned = {"update_id": 7, "message": message(chat=GROUP, pinned_message=gone)}
    await application.inbox.put(Update.de_json(pinned, application.bot))
    [kept] = updates.pending()
    assert json.loads(kept.data)["message"]["pinned_message"]["date"] == 0


async def test_what_is_handled_is_marked_and_its_words_are_forgotten(
    application: InboxApplication, updates: KeptUpdates, store: Store, telegram: FakeTelegram
) -> None:
    await application.start()
    for number in (1, 2, 3):
        await deliver(application, number)
    await drained(application)
    assert answered(telegram) == [1, 2, 3]
    assert updates.pending() == ()
    with store.engine.connect() as connection:
        rows = connection.execute(text("SELECT update_id, data, attempts FROM updates")).all()
    assert [tuple(row) for row in rows] == [(1, "", 1), (2, "", 1), (3, "", 1)]


async def test_what_comes_again_is_answered_once(
    application: InboxApplication, telegram: FakeTelegram
) -> None:
    await application.start()
    await deliver(application, 1)
    await deliver(application, 1)
    await application.inbox.join()
    await deliver(application, 1)
    await drained(application)
    assert answered(telegram) == [1]


async def test_what_is_left_is_handled_first_and_in_order(
    application: InboxApplication, updates: KeptUpdates, telegram: FakeTelegram
) -> None:
    for number in (3, 1, 2):
        updates.keep(number, asks(number).to_json())
    updates.begin(2)
    await application.start()
    await application.inbox.recover(application.bot)
    await deliver(application, 4)
    await drained(application)
    assert answered(telegram) == [2, 1, 3, 4]
    assert updates.pending() == ()


async def test_what_was_begun_most_often_comes_first(
    application: InboxApplication, updates: KeptUpdates, telegram: FakeTelegram
) -> None:
    for number in (1, 2, 3):
        updates.keep(number, asks(number).to_json())
    for number in (2, 3, 3):
        updates.begin(number)
    await application.start()
    await application.recover()
    await drained(application)
    assert answered(telegram) == [3, 2, 1]


async def test_a_question_whose_answer_is_kept_is_not_answered_again(
    application: InboxApplication, updates: KeptUpdates, store: Store, telegram: FakeTelegram
) -> None:
    given = GivenAnswer(
        chat_id=7,
        message_id=100,
        thread_id=None,
        user_id=7,
        question_id=1,
        question="Ai dự hội nghị?",
        language="vi",
        answered=False,
        asked_at=datetime.now(UTC),
        citations=(),
    )
    store.save_answer(given)
    for number in (1, 2):
        updates.keep(number, asks(number).to_json())
        updates.begin(number)
    await application.start()
    await application.recover()
    await drained(application)
    assert answered(telegram) == [2]
    assert updates.pending() == ()


async def test_what_was_begun_is_handled_alone(
    application: InboxApplication, updates: KeptUpdates
) -> None:
    at_work: set[int] = set()
    together: set[frozenset[int]] = set()

    async def handle(one: Update, _: Any) -> None:  # noqa: ANN401
        at_work.add(one.update_id)
        await asyncio.sleep(0.01)
        together.add(frozenset(at_work))
        at_work.remove(one.update_id)

    application.add_handler(TypeHandler(Update, handle), group=-3)
    for number in (1, 2):
        chat = {"id": number, "type": "private"}
        one = Update.de_json({"update_id": number, "message": message("?", chat=chat)})
        assert one is not None
        updates.keep(number, one.to_json())
        updates.begin(number)
    await application.start()
    await application.inbox.recover(application.bot)
    await application.stop()
    assert together == {frozenset({1}), frozenset({2})}


async def test_a_suspect_that_hangs_does_not_hold_the_start(
    application: InboxApplication, updates: KeptUpdates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "PATIENCE", 0.05)
    hang = asyncio.Event()

    async def handle(*_: object) -> None:
        await hang.wait()

    application.add_handler(TypeHandler(Update, handle), group=-3)
    updates.keep(1, asks(1).to_json())
    updates.begin(1)
    await application.start()
    await application.inbox.recover(application.bot)
    assert pending(updates) == {1: 2}
    hang.set()


async def test_what_failed_three_times_is_set_aside_and_reported(
    application: InboxApplication,
    updates: KeptUpdates,
    telegram: FakeTelegram,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for number in (1, 2):
        updates.keep(number, asks(number).to_json())
    for _ in range(3):
        updates.begin(1)
    updates.keep(3, '{"nonsense": 1}')
    await application.start()
    await application.recover()
    await drained(application)
    assert sorted(answered(telegram)) == [1, 2]  # who is told and who is answered: side by side
    assert any(VIETNAMESE.failed in text for text in telegram.texts())
    assert application.inbox.given_up == 2
    assert updates.pending() == ()
    errors = [record.message for record in caplog.records if record.levelno == logging.ERROR]
    assert [error.splitlines()[0] for error in errors] == [
        "update 1 set aside: begun 3 times and never finished",
        "update 3 set aside: unreadable: TypeError",
        "update 1 failed: NeverFinishedError",
    ]
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    assert main(["report"]) == 0
    *_, first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("set aside: update 1 of 20")
    assert first.endswith(", begun 3 times and never finished")
    assert second.startswith("set aside: update 3 of 20")


async def test_what_a_chat_does_not_wait_for_is_done_only_when_it_has_ended(
    application: InboxApplication, updates: KeptUpdates
) -> None:
    ended = asyncio.Event()

    async def upload(*_: object) -> None:
        await ended.wait()

    application.add_handler(TypeHandler(Update, upload, block=False), group=-3)
    await application.start()
    await deliver(application, 1)
    await application.inbox.join()
    assert pending(updates) == {1: 1}
    ended.set()
    await drained(application)
    assert updates.pending() == ()


async def test_what_is_given_up_stays_pending(
    application: InboxApplication, updates: KeptUpdates
) -> None:
    begun = asyncio.Event()
    tasks: list[asyncio.Task[Any] | None] = []

    async def endless(*_: object) -> None:
        tasks.append(asyncio.current_task())
        begun.set()
        await asyncio.Event().wait()

    application.add_handler(TypeHandler(Update, endless), group=-3)
    await application.start()
    await deliver(application, 1)
    await asyncio.wait_for(begun.wait(), 5)
    [task] = tasks
    assert task is not None
    task.cancel()
    await drained(application)
    assert pending(updates) == {1: 1}


@pytest.mark.parametrize(
    ("failures", "said"), [(2, ["<b>[1]</b> <"]), (3, ["Có lỗi xảy ra"])], ids=["twice", "thrice"]
)
async def test_an_answer_that_may_not_have_arrived_is_given_again(
    application: InboxApplication,
    store: Store,
    telegram: FakeTelegram,
    monkeypatch: pytest.MonkeyPatch,
    failures: int,
    said: list[str],
) -> None:
    monkeypatch.setattr(inbox_application, "PAUSES", (0, 0))
    real, calls = telegram.do_request, []

    async def unsteady(url: str, *given: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401
        calls.append(url.rpartition("/")[2])
        if calls[-1] == "sendMessage" and calls.count("sendMessage") <= failures:
            raise NetworkError("the connection was lost")
        return await real(url, *given, **options)

    monkeypatch.setattr(telegram, "do_request", unsteady)
    await application.start()
    await deliver(application, 1)
    await drained(application)
    assert [text[: len(said[0])] for text in telegram.texts()] == said
    errors = [kept.error for kept in store.set_aside()]
    assert errors == (["NetworkError"] if failures == 3 else [])


async def test_inline_queries_are_not_kept(
    application: InboxApplication, updates: KeptUpdates
) -> None:
    query = {"id": "1", "from": {"id": 7, "is_bot": False, "first_name": "Lan"}}
    typed = {"update_id": 1, "inline_query": query | {"query": "?", "offset": ""}}
    await application.inbox.put(Update.de_json(typed))
    assert (application.inbox.qsize(), updates.pending()) == (1, ())


@pytest.fixture
def full_disk(store: Store) -> Iterator[None]:
    """Make every change of the updates fail."""
    with store.engine.begin() as connection:
        for event in ("INSERT", "UPDATE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER full_{event} BEFORE {event} ON updates "
                    "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
                )
            )
    yield


@pytest.mark.usefixtures("full_disk")
async def test_on_a_full_disk_updates_are_handled_all_the_same_and_one_line_says_so(
    application: InboxApplication, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    await application.start()
    for number in (1, 2, 3):
        await deliver(application, number)
    await drained(application)
    assert answered(telegram) == [1, 2, 3]
    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == [
        "updates are handled without being kept: the database failed: database or disk is full"
    ]


def test_numbers_are_forgotten_once_nothing_comes_again(updates: KeptUpdates, store: Store) -> None:
    for number in (1, 2, 3):
        updates.keep(number, "{}")
    updates.finish([1, 2])
    with store.engine.begin() as connection:
        old = datetime.now(UTC) - timedelta(days=3)
        connection.execute(update(UpdateRow).values(done_at=old).where(UpdateRow.update_id == 1))
    updates.prune()
    assert [updates.keep(number, "{}") for number in (1, 2, 3)] == [(1,), (), (3,)]


def test_another_bot_has_the_same_numbers(database_url: str) -> None:
    store = Store.open(database_url)
    one, other = KeptUpdates(store.engine, 1), KeptUpdates(store.engine, 2)
    assert (one.keep(5, "{}"), one.keep(5, "{}"), other.keep(5, "{}")) == ((5,), (5,), (5,))
    one.begin(5)
    one.finish([5])
    assert (pending(one), pending(other)) == ({}, {5: 0})
    other.set_aside(5, "no")
    assert [kept.error for kept in store.set_aside()] == ["no"]
    store.close()


def test_one_process_at_a_time_claims_the_updates(database_url: str) -> None:
    store, beside = Store.open(database_url), Store.open(database_url)
    first, second = Claim(store.engine, 1), Claim(beside.engine, 1)
    assert first.take(0)
    assert not second.take(0.3)
    assert (others := Claim(beside.engine, 2)).take(0)
    first.release()
    assert second.take(0)
    second.release()
    others.release()
    store.close()
    beside.close()
