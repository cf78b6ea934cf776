from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from telegram.ext import ExtBot, Updater

from bot.delivery import receiving as delivery
from bot.delivery.connection import Connection, ConnectionLost
from bot.delivery.receiving import Receiver
from bot.monitoring.metrics import Metrics
from bot.settings import Webhook
from tests.helpers.fake_telegram import Call, FakeTelegram

WEBHOOK = Webhook("https://bot.example.org/4f1c", "127.0.0.1", 8443, "s3cret")


@dataclass
class Hooked(FakeTelegram):
    """Says that it delivers to `url`; `asked` is set once it has said so three times."""

    url: str = ""
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def _result(self, call: Call) -> object:
        if call.method == "getWebhookInfo":
            if len(self.calls) > 3:
                self.asked.set()
            return {"url": self.url, "has_custom_certificate": False, "pending_update_count": 0}
        return super()._result(call)


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Hooked:
    monkeypatch.setattr(delivery, "HEARTBEAT", 0)
    return Hooked()


@pytest.fixture
async def updater(telegram: Hooked) -> AsyncIterator[Updater]:
    bot: ExtBot[None] = ExtBot("123456:TEST", request=telegram, get_updates_request=telegram)
    async with bot:
        yield Updater(bot, asyncio.Queue())


@pytest.mark.parametrize("told", ["", "https://bot.example.org/", "https://example.org/other"])
async def test_a_webhook_that_is_no_longer_its_own_ends_the_connection(
    updater: Updater, telegram: Hooked, told: str
) -> None:
    telegram.url = told
    connection = Connection(Metrics.new())
    watching = asyncio.create_task(Receiver(updater, connection, WEBHOOK).watch())
    with pytest.raises(ConnectionLost, match="the webhook was taken away"):
        await asyncio.wait_for(connection.wait(), 10)
    watching.cancel()


async def test_behind_a_proxy_the_path_tells_whose_it_is(
    updater: Updater, telegram: Hooked
) -> None:
    telegram.url = "https://proxy.example.org:443/4f1c"
    connection = Connection(Metrics.new())
    watching = asyncio.create_task(Receiver(updater, connection, WEBHOOK).watch())
    await asyncio.wait_for(telegram.asked.wait(), 10)
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(connection.wait(), 0.01)


async def test_polling_needs_no_watch_and_what_was_not_begun_no_end(
    updater: Updater, telegram: Hooked
) -> None:
    polled = Receiver(updater, Connection(Metrics.new()), None)
    await asyncio.wait_for(polled.watch(), 10)
    await polled.stop()
    assert [call.method for call in telegram.calls] == ["getMe"]
