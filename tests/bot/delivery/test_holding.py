from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from telegram import Update
from telegram.ext import TypeHandler

from bot.delivery import holding
from bot.delivery.inbox_application import InboxApplication
from bot.settings import Settings, Webhook
from bot.store import Claim, KeptUpdates, Store, replicas
from tests.helpers.fake_telegram import PRIVATE, FakeTelegram, message, opened
from tests.helpers.postgres import PostgresServer
from tests.helpers.samples import FakeRetriever

BOT_ID = 123456


@pytest.fixture
def shared(postgres: PostgresServer, settings: Settings) -> Settings:
    """Return the settings of a bot by webhook whose database several processes may share."""
    webhook = Webhook("https://bot.example.org/4f1c", "127.0.0.1", 8443, "s3cret")
    url = postgres.new_database()
    return replace(settings, webhook=webhook, database_url=url, questions_per_minute=0)


@pytest.fixture
def kept(shared: Settings) -> Any:  # noqa: ANN401
    """Return the updates as no replica sees them."""
    with closing(Store.open(shared.database_url)) as store:
        yield KeptUpdates(store.engine, BOT_ID)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let replicas beat often, and die soon."""
    lease = timedelta(seconds=0.6)
    monkeypatch.setattr(holding, "ROUND", 0.1)
    monkeypatch.setattr(holding, "LEASE", lease)
    monkeypatch.setattr(replicas, "LEASE", lease)


class Replica:
    """One replica, and the numbers of the updates that it has handled."""

    def __init__(self, application: InboxApplication) -> None:
        self.application = application
        self.handled: list[int] = []
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.keeping: asyncio.Task[None] | None = None
        application.add_handler(TypeHandler(Update, self._handle), group=-3)

    async def _handle(self, update: Update, _: Any) -> None:  # noqa: ANN401
        await self.go_on.wait()
        self.handled.append(update.update_id)

    async def start(self) -> None:
        await self.application.start()
        assert await self.application.holding.take(1)
        self.keeping = asyncio.create_task(self.application.keep_hold())
        await self.application.recover()

    async def deliver(self, number: int, chat: int = 7) -> None:
        """Bring an update as the webhook's server does."""
        said = message("Ai dự hội nghị?", message_id=number, chat=PRIVATE | {"id": chat})
        update = Update.de_json({"update_id": number, "message": said}, self.application.bot)
        await self.application.inbox.put(update)

    async def fall_silent(self) -> None:
        """Give no sign of life any more."""
        assert self.keeping is not None
        self.keeping.cancel()
        await asyncio.wait([self.keeping])

    async def die(self) -> None:
        await self.fall_silent()
        self.application.holding._claim.release()


@asynccontextmanager
async def replicas_of(
    settings: Settings, telegram: FakeTelegram, count: int
) -> AsyncIterator[list[Replica]]:
    async with AsyncExitStack() as stack:
        started = []
        for _ in range(count):
            one = opened(settings, FakeRetriever(), telegram)
            started.append(Replica(await stack.enter_async_context(one)))
            await started[-1].start()
        yield started
        for replica in started:
            replica.go_on.set()
            await replica.fall_silent()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - several processes change it
            await asyncio.sleep(0.02)


def pending(kept: KeptUpdates) -> list[int]:
    return [one.update_id for one in kept.pending()]


async def test_an_update_that_is_delivered_to_two_replicas_is_handled_once(
    shared: Settings, telegram: FakeTelegram, kept: KeptUpdates
) -> None:
    async with replicas_of(shared, telegram, 2) as (one, other):
        one.go_on.clear()
        await one.deliver(1)
        await other.deliver(1)
        one.go_on.set()
        await until(lambda: not pending(kept))
        await other.deliver(1)
        await asyncio.sleep(0.3)
        assert (one.handled, other.handled) == ([1], [])
        assert len(telegram.texts()) == 1


async def test_a_chat_is_handled_in_order_whichever_replica_hears_of_it(
    shared: Settings, telegram: FakeTelegram, kept: KeptUpdates
) -> None:
    async with replicas_of(shared, telegram, 3) as (one, other, third):
        one.go_on.clear()
        for number, replica in enumerate((one, other, third, one, other, one)):
            await replica.deliver(number)
        await third.deliver(6, chat=8)  # another chat waits for none of these
        await until(lambda: third.handled)
        assert (one.handled, other.handled, third.handled) == ([], [], [6])
        one.go_on.set()
        await until(lambda: not pending(kept))
        assert (one.handled, other.handled, third.handled) == ([0, 1, 2, 3, 4, 5], [], [6])
        await other.deliver(7)  # the chat is free again
        await until(lambda: other.handled)
        assert other.handled == [7]


async def test_what_a_dead_replica_had_is_handled_by_another_in_order(
    shared: Settings, telegram: FakeTelegram, kept: KeptUpdates
) -> None:
    async with replicas_of(shared, telegram, 2) as (dead, other):
        dead.go_on.clear()
        await dead.deliver(1)
        await dead.deliver(2)
        await other.deliver(3)
        await other.deliver(4, chat=8)
        await until(lambda: other.handled)
        await dead.die()
        await until(lambda: len(other.handled) == 4)
        assert other.handled == [4, 1, 2, 3]
        await until(lambda: not pending(kept))
        dead.go_on.set()  # it was alive after all
        await asyncio.sleep(0.3)
        assert dead.handled == [1]  # which was begun, and nothing behind it
        assert other.handled == [4, 1, 2, 3]


async def test_what_a_replica_leaves_at_its_end_goes_on_at_once(
    shared: Settings, telegram: FakeTelegram, kept: KeptUpdates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replicas, "LEASE", timedelta(minutes=5))
    async with replicas_of(shared, telegram, 2) as (leaving, other):
        leaving.go_on.clear()
        await leaving.deliver(1)
        await other.deliver(2)
        await until(lambda: [one.attempts for one in kept.pending()] == [1, 0])
        await leaving.fall_silent()
        await asyncio.to_thread(leaving.application.holding.release)
        await until(lambda: len(other.handled) == 2)
        assert other.handled == [1, 2]


async def test_the_only_replica_takes_up_at_once_what_a_crash_left(
    shared: Settings, telegram: FakeTelegram, kept: KeptUpdates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replicas, "LEASE", timedelta(minutes=5))
    async with replicas_of(shared, telegram, 1) as [dead]:
        dead.go_on.clear()
        await dead.deliver(1)
        await dead.deliver(2)
        await until(lambda: [one.attempts for one in kept.pending()] == [1, 0])
        await dead.die()
        async with replicas_of(shared, telegram, 1) as [next_one]:
            await until(lambda: not pending(kept))
            assert next_one.handled == [1, 2]


async def test_the_lead_passes_on_and_comes_to_one_alone(
    shared: Settings, telegram: FakeTelegram
) -> None:
    leads: dict[int, bool] = {}

    def watch(number: int, replica: Replica) -> None:
        known = replica.application.holding._show

        def show(standing: replicas.Standing) -> None:
            leads[number] = standing.is_eldest
            known(standing)

        replica.application.holding._show = show

    async with replicas_of(shared, telegram, 3) as started:
        for number, replica in enumerate(started):
            watch(number, replica)
        await until(lambda: len(leads) == 3)
        assert leads == {0: True, 1: False, 2: False}
        await started[0].die()
        await until(lambda: leads[1])
        assert leads[2] is False


async def test_a_connection_that_drops_is_taken_up_again_and_nothing_is_missed(
    shared: Settings, telegram: FakeTelegram, kept: KeptUpdates
) -> None:
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    async with replicas_of(shared, telegram, 2) as (one, other):
        one.go_on.clear()
        await one.deliver(1)
        await until(lambda: kept.pending()[0].attempts)
        with kept.engine.begin() as connection:
            connection.execute(cut)
        await other.deliver(2)
        one.go_on.set()
        await one.deliver(3)
        await until(lambda: not pending(kept))
        assert (one.handled, other.handled) == ([1, 2, 3], [])
        await until(lambda: one.application.holding._claim.is_held)


async def test_a_process_that_polls_and_replicas_keep_each_other_out(
    shared: Settings, telegram: FakeTelegram, kept: KeptUpdates
) -> None:
    polling = Claim(kept.engine, BOT_ID)
    async with replicas_of(shared, telegram, 2):
        assert not polling.take(0)
    assert polling.take(0)
    assert not Claim(kept.engine, BOT_ID, "other").take(0)
    polling.release()


async def test_a_claim_that_another_process_has_taken_ends_this_one(
    shared: Settings, telegram: FakeTelegram, kept: KeptUpdates, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[str] = []
    monkeypatch.setattr(holding, "PATIENCE", 0.2)
    alone = replace(shared, webhook=None)
    async with opened(alone, FakeRetriever(), telegram) as application:
        held = application.holding
        monkeypatch.setattr(held._connection, "end", ends.append)
        assert await held.take(0)
        held._claim.release()
        other = Claim(kept.engine, BOT_ID)
        assert other.take(5)  # the server ends the session in its own time
        keeping = asyncio.create_task(application.keep_hold())
        await until(lambda: ends)
        keeping.cancel()
        await asyncio.wait([keeping])
        other.release()
    assert set(ends) == {"another instance of the bot runs with the same TELEGRAM_BOT_TOKEN"}
