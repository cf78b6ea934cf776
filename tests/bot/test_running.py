from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import signal
import socket
import threading
from collections.abc import Iterator, Set
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from telegram.request import RequestData

from bot import running
from bot.delivery import calls as sending
from bot.delivery import connection
from bot.delivery import receiving as delivery
from bot.delivery.connection import ConnectionLost
from bot.running import StartError, check_token, run_bot
from bot.settings import Address, Settings, Webhook
from bot.store import StoreError
from retrieval.answers import Answer
from retrieval.collecting import folder_watch
from retrieval.errors import SettingsError
from retrieval.reading.parse_cache import ParsedFile
from tests.helpers.fake_telegram import FakeTelegram, Json, message
from tests.helpers.samples import FakeRetriever

KINDS = ["message", "edited_message", "callback_query", "inline_query", "guest_message"]
HOOK = "https://bot.example.org/telegram/4f1c"
RIVAL = "another instance of the bot runs with the same TELEGRAM_BOT_TOKEN"


class RunningTelegram(FakeTelegram):
    """A Telegram to run against. Each call of a method takes the next of its `statuses`.

    Where getUpdates has none left it brings what `updates` still holds, and then SIGTERM.
    """

    def __init__(self) -> None:
        super().__init__()
        self.statuses: dict[str, Iterator[int]] = {}
        self.updates: list[Json] = []
        self.webhook = ""
        self.stopped = False

    def methods(self) -> list[str]:
        return [call.method for call in self.calls]

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: object,
        **kwargs: object,
    ) -> tuple[int, bytes]:
        code, body = await super().do_request(url, method, request_data)
        call = self.calls[-1]
        if (status := next(self.statuses.get(call.method, iter(())), 200)) != 200:
            return status, b'{"ok": false, "description": "no"}'
        if call.method == "getUpdates":
            return 200, json.dumps({"ok": True, "result": await self._next_updates()}).encode()
        if call.method == "getWebhookInfo":
            info = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}
            return 200, json.dumps({"ok": True, "result": info}).encode()
        return code, body

    async def _next_updates(self) -> list[Json]:
        if not self.updates and not self.stopped:
            self.stopped = True
            stop()
            await asyncio.sleep(0.05)  # and no more often, as a long poll does
        brought, self.updates = self.updates, []
        return brought


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def then_stop(*statuses: int) -> Iterator[int]:
    yield from statuses
    stop()


@pytest.fixture(autouse=True)
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningTelegram]:
    telegram = RunningTelegram()
    monkeypatch.setattr("bot.application.http_request", lambda proxy: telegram)
    yield telegram
    assert telegram.violations == []


@pytest.fixture
def out_of_reach(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of a Bot API where nobody listens."""
    monkeypatch.setattr("bot.application.http_request", sending.http_request)
    monkeypatch.setattr(sending, "PAUSES", ())
    with socket.socket() as unused:  # bound, but no more
        unused.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{unused.getsockname()[1]}"


def test_a_database_that_cannot_be_opened_ends_the_start(settings: Settings) -> None:
    with pytest.raises(StoreError):
        run_bot(replace(settings, database_url="nonsense"), FakeRetriever())


def test_a_bot_api_out_of_reach_ends_the_start(settings: Settings, out_of_reach: str) -> None:
    with pytest.raises(StartError) as raised:
        run_bot(replace(settings, api_url=out_of_reach), FakeRetriever())
    assert str(raised.value) == (
        f"{out_of_reach} did not let the bot start: "
        "httpx.ConnectError: All connection attempts failed"
    )


def test_a_bot_api_out_of_reach_is_no_reason_to_doubt_the_token(
    settings: Settings, out_of_reach: str
) -> None:
    check_token(replace(settings, api_url=out_of_reach))


def test_the_token_is_checked_through_the_proxy(settings: Settings) -> None:
    asked: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802 - as the library calls it
            asked.append(self.path)
            self.send_error(HTTPStatus.BAD_GATEWAY)

    with HTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.handle_request).start()
        proxy = f"http://127.0.0.1:{server.server_port}"
        check_token(replace(settings, api_url="http://telegram.invalid", proxy=proxy))
    assert asked == [f"http://telegram.invalid/bot{settings.token}/getMe"]


def test_a_token_refused_at_the_start_is_a_wrong_setting(
    settings: Settings, telegram: RunningTelegram
) -> None:
    telegram.statuses["getMe"] = iter([401])
    with pytest.raises(SettingsError) as raised:
        run_bot(settings, FakeRetriever())
    assert str(raised.value) == "TELEGRAM_BOT_TOKEN was refused by https://api.telegram.org"


def test_without_a_webhook_the_bot_polls_until_sigterm(
    settings: Settings, telegram: RunningTelegram
) -> None:
    run_bot(settings, FakeRetriever())
    assert telegram.methods()[-3:-1] == ["deleteWebhook", "getUpdates"]
    wanted = telegram.calls[-2].parameters["allowed_updates"]
    assert wanted == KINDS


def test_what_was_asked_before_sigterm_is_still_answered(
    settings: Settings, telegram: RunningTelegram
) -> None:
    telegram.updates = [{"update_id": n, "message": message("Ai dự hội nghị?")} for n in (1, 2)]
    run_bot(settings, FakeRetriever())
    assert len(telegram.texts()) == 2
    assert telegram.calls[-1].method in ("sendMessage", "getUpdates")


def test_a_search_without_end_does_not_hold_the_process(
    settings: Settings,
    telegram: RunningTelegram,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    told_to_stop, left = threading.Event(), []

    class Endless(FakeRetriever):
        def ask(self, question: str, limit: int = 3, previous: str | None = None) -> Answer:
            told_to_stop.wait(10)
            return self.answer

    def leave() -> None:  # the process would end here
        left.append(True)
        told_to_stop.set()

    monkeypatch.setattr(running, "GRACE", 0.1)
    monkeypatch.setattr(running, "_leave", leave)
    telegram.updates = [{"update_id": 1, "message": message("Ai dự hội nghị?")}]
    run_bot(settings, Endless())
    assert left == [True]
    assert "stopped before everything was done; updates not done: 1" in caplog.messages


def test_a_build_without_end_does_not_hold_the_process(
    settings: Settings, telegram: RunningTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_to_stop, left = threading.Event(), []

    class Endless(FakeRetriever):
        def reopen(
            self, name: str = "", *parsed: ParsedFile, unfinished: Set[str] = frozenset()
        ) -> None:
            stop()
            told_to_stop.wait(10)

    def leave() -> None:  # the process would end here
        left.append(True)
        told_to_stop.set()

    monkeypatch.setattr(folder_watch, "SETTLED", 0.01)
    monkeypatch.setattr(running, "GRACE", 0.1)
    monkeypatch.setattr(running, "_leave", leave)
    telegram.stopped = True  # by the build alone
    run_bot(settings, Endless())
    assert left == [True]


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "Telegram refuses TELEGRAM_BOT_TOKEN now: has it been revoked?"), (409, RIVAL)],
)
def test_what_ends_the_polling_ends_the_bot(
    settings: Settings,
    telegram: RunningTelegram,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    reason: str,
) -> None:
    monkeypatch.setattr(connection, "NEWCOMER_PATIENCE", 0)
    telegram.statuses["getUpdates"] = iter([status] * 9)
    with pytest.raises(ConnectionLost) as raised:
        run_bot(settings, FakeRetriever())
    assert str(raised.value) == reason


def test_a_conflict_that_passes_is_survived(
    settings: Settings, telegram: RunningTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    telegram.statuses["getUpdates"] = iter([409])
    run_bot(settings, FakeRetriever())
    assert caplog.messages == ["no updates from Telegram, trying again: no"]


@pytest.fixture
def webhook() -> Webhook:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return Webhook(HOOK, "127.0.0.1", free.getsockname()[1], "s3cret")


@pytest.mark.parametrize("taken_by", ["", "https://other.example.org/hook"])
def test_a_webhook_that_is_taken_away_ends_the_bot(
    settings: Settings,
    telegram: RunningTelegram,
    webhook: Webhook,
    monkeypatch: pytest.MonkeyPatch,
    taken_by: str,
) -> None:
    monkeypatch.setattr(delivery, "HEARTBEAT", 0)
    telegram.webhook = taken_by
    with pytest.raises(ConnectionLost) as raised:
        run_bot(replace(settings, webhook=webhook), FakeRetriever())
    assert str(raised.value) == (
        "the webhook was taken away: another instance runs with the same TELEGRAM_BOT_TOKEN"
    )


def test_with_a_webhook_telegram_is_told_where_and_how(
    settings: Settings,
    telegram: RunningTelegram,
    webhook: Webhook,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    monkeypatch.setattr(delivery, "HEARTBEAT", 0.01)
    telegram.webhook = HOOK
    telegram.statuses["getWebhookInfo"] = then_stop(429, 200)
    run_bot(replace(settings, webhook=webhook), FakeRetriever())
    told = next(call.parameters for call in telegram.calls if call.method == "setWebhook")
    assert (told["url"], told["secret_token"]) == (HOOK, "s3cret")
    assert told["allowed_updates"] == KINDS
    assert telegram.methods().count("getWebhookInfo") > 2
    assert caplog.messages == ["no updates from Telegram, trying again: no"]


# Tornado leaves the socket that it could not bind to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("who", ["the webhook", "METRICS_LISTEN"])
def test_a_port_that_is_taken_ends_the_start(settings: Settings, who: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        if who == "the webhook":
            settings = replace(settings, webhook=Webhook(HOOK, "127.0.0.1", port, "s3cret"))
        else:
            settings = replace(settings, metrics=Address("127.0.0.1", port))
        with pytest.raises(StartError) as raised:
            run_bot(settings, FakeRetriever())
    assert str(raised.value) == f"{who} cannot listen: [Errno 98] Address already in use"
    del raised
    gc.collect()
