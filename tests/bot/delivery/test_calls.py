from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.delivery import calls as sending
from bot.delivery.calls import Calls, FloodLimiter
from bot.delivery.connection import Connection
from bot.monitoring.metrics import Metrics
from tests.conftest import TOKEN
from tests.helpers.fake_telegram import message
from tests.helpers.scripted_request import ScriptedRequest

Outcome = int | TelegramError


class Scripted(ScriptedRequest):
    """Answers one call after the other with a status, or raises."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes: Iterator[Outcome] = iter(outcomes)
        self.methods: list[str] = []

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: object,
        **kwargs: object,
    ) -> tuple[int, bytes]:
        self.methods.append(url.rpartition("/")[2])
        outcome = next(self.outcomes)
        if isinstance(outcome, TelegramError):
            raise outcome
        answer: dict[str, Any] = {"ok": outcome == 200, "result": message("…")}
        if outcome == 429:
            answer["parameters"] = {"retry_after": 1}
        return outcome, json.dumps(answer).encode()


def lost(how: type[httpx.TransportError]) -> NetworkError:
    """Return the error that the library raises for one of the HTTP client."""
    error = TimedOut() if issubclass(how, httpx.TimeoutException) else NetworkError(how.__name__)
    error.__cause__ = how("")
    return error


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the calls and the limiter waited, without waiting."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    return waited


def calls(request: BaseRequest) -> Calls:
    return Calls(request, Connection(Metrics.new()))


async def send(request: BaseRequest) -> None:
    await Bot(TOKEN, request=calls(request)).send_message(7, "…")


@pytest.mark.parametrize(
    "trouble",
    [
        500,
        502,
        503,
        lost(httpx.ConnectError),
        lost(httpx.ConnectTimeout),
        lost(httpx.PoolTimeout),
    ],
    ids=str,
)
async def test_what_surely_was_not_done_is_done_again(
    trouble: Outcome, pauses: list[float]
) -> None:
    telegram = Scripted(trouble, trouble, 200)
    await send(telegram)
    assert telegram.methods == ["sendMessage"] * 3
    assert pauses == [0.5, 1.0]


@pytest.mark.parametrize(
    "trouble",
    [lost(httpx.ReadError), lost(httpx.ReadTimeout), lost(httpx.RemoteProtocolError)],
    ids=str,
)
async def test_a_message_that_may_have_arrived_is_not_sent_again(
    trouble: TelegramError, pauses: list[float]
) -> None:
    telegram = Scripted(trouble, 200)
    with pytest.raises(type(trouble)):
        await send(telegram)
    assert telegram.methods == ["sendMessage"]
    assert pauses == []


async def test_what_may_be_done_twice_is_done_again(pauses: list[float]) -> None:
    telegram = Scripted(lost(httpx.ReadTimeout), 200)
    await Bot(TOKEN, request=calls(telegram)).answer_callback_query("1")
    assert telegram.methods == ["answerCallbackQuery"] * 2


async def test_a_telegram_that_stays_away_is_given_up(pauses: list[float]) -> None:
    telegram = Scripted(*[502] * 5)
    with pytest.raises(NetworkError):
        await send(telegram)
    assert telegram.methods == ["sendMessage"] * 5
    assert pauses == [0.5, 1.0, 2.0, 4.0]


@pytest.mark.parametrize("trouble", [502, lost(httpx.ConnectError)], ids=str)
async def test_the_fetching_of_updates_is_left_to_the_library_s_own_loop(
    trouble: Outcome, pauses: list[float]
) -> None:
    telegram = Scripted(trouble)
    with pytest.raises(NetworkError):
        await Bot(TOKEN, get_updates_request=calls(telegram)).get_updates()
    assert pauses == []


async def test_nothing_waits_for_typing_to_be_shown(pauses: list[float]) -> None:
    with pytest.raises(NetworkError):
        await Bot(TOKEN, request=calls(Scripted(502))).send_chat_action(7, "typing")
    assert pauses == []


async def test_a_download_is_counted_without_its_name(pauses: list[float]) -> None:
    connection = Connection(Metrics.new())
    request = Calls(Scripted(502, 200), connection)
    await request.retrieve(f"https://api.telegram.org/file/bot{TOKEN}/documents/secret.pdf")
    text = connection.metrics.text().decode()
    assert 'trichdan_bot_api_calls_total{method="file",outcome="502"} 1.0' in text
    assert "secret" not in text


@pytest.mark.usefixtures("pauses")
async def test_a_flood_limit_costs_time_and_no_message() -> None:
    telegram = Scripted(429, 429, 200)
    bot = ExtBot(TOKEN, request=calls(telegram), rate_limiter=FloodLimiter())
    await bot.send_message(7, "…")
    assert telegram.methods == ["sendMessage"] * 3


async def test_typing_does_not_wait_for_what_messages_may_take() -> None:
    telegram = Scripted(200, 429)
    bot = ExtBot(TOKEN, request=calls(telegram), rate_limiter=FloodLimiter())
    await bot.send_chat_action(7, "typing")
    with pytest.raises(RetryAfter, match="Retry in 1 seconds"):
        await bot.send_chat_action(7, "typing")


def test_calls_over_http_have_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TIMEOUT", 11.0)
    assert calls(sending.http_request()).read_timeout == 11.0


def test_calls_go_through_a_socks_proxy_as_well() -> None:
    assert calls(sending.http_request("socks5://user:secret@127.0.0.1:1080")).read_timeout == 20.0
