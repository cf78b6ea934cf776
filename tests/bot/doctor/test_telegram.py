"""What the doctor finds by asking the Bot API."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from telegram.error import InvalidToken, NetworkError

from bot.doctor.finding import Finding
from bot.doctor.telegram import telegram_findings
from bot.settings import Settings, Webhook
from tests.helpers.fake_telegram import Json
from tests.helpers.set_up_telegram import SetUpTelegram

HOOK = Webhook("https://bot.example.org/4f1c", "127.0.0.1", 8443, "s")


@pytest.fixture(autouse=True)
def telegram(monkeypatch: pytest.MonkeyPatch) -> SetUpTelegram:
    telegram = SetUpTelegram()
    monkeypatch.setattr("bot.delivery.plain_bot.HTTPXRequest", lambda **options: telegram)
    return telegram


@contextmanager
def clock(date: str) -> Iterator[str]:
    """Serve an address whose answers bear this date."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:  # noqa: N802 - as the library calls it
            self.send_response_only(302)
            self.send_header("Date", date or self.date_time_string())
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


@pytest.fixture
def settings(settings: Settings) -> Iterator[Settings]:
    with clock("") as url:
        yield replace(settings, api_url=url)


def test_a_bot_that_polls(settings: Settings, telegram: SetUpTelegram) -> None:
    assert list(telegram_findings(settings)) == [
        Finding.good("token", "of @TrichDanBot"),
        Finding.good("webhook", "none, the bot polls"),
        Finding.note(
            "privacy mode",
            "on: in groups the bot sees commands, mentions and replies to it",
            "that is enough; /setprivacy at @BotFather changes it",
        ),
        Finding.note(
            "inline mode", "off", "send /setinline to @BotFather to be asked from any chat"
        ),
        Finding.good("clock", "agrees with Telegram's"),
    ]
    assert {call.method for call in telegram.calls} == {"getMe", "getWebhookInfo"}


def test_modes_that_are_switched(settings: Settings, telegram: SetUpTelegram) -> None:
    telegram.me = {"can_read_all_group_messages": True, "supports_inline_queries": True}
    said = {each.about: each.said for each in telegram_findings(settings)}
    assert said["privacy mode"] == "off: in groups the bot reads all messages"
    assert said["inline mode"] == "on"


@pytest.mark.parametrize(
    ("ours", "told", "sign", "said"),
    [
        (None, {"url": "https://x.org"}, "!", "set, though this bot polls"),
        (HOOK, {"url": "https://x.org"}, "!", "set to another address"),
        (HOOK, {"url": HOOK.url, "pending_update_count": 3}, "✓", "3 updates waiting"),
        (
            HOOK,
            {"url": HOOK.url, "last_error_message": "Connection refused", "last_error_date": 1},
            "!",
            "Telegram could not deliver: Connection refused",
        ),
    ],
)
def test_a_webhook(
    settings: Settings,
    telegram: SetUpTelegram,
    ours: Webhook | None,
    told: Json,
    sign: str,
    said: str,
) -> None:
    telegram.webhook = told
    findings = telegram_findings(replace(settings, webhook=ours))
    (webhook,) = [each for each in findings if each.about == "webhook"]
    assert (webhook.state.value, webhook.said) == (sign, said)


def test_a_clock_that_is_wrong(settings: Settings) -> None:
    with clock("Wed, 01 Jan 2020 00:00:00 GMT") as url:
        *_, finding = telegram_findings(replace(settings, api_url=url))
    assert finding.said.endswith(" s from Telegram's")
    assert finding.advice == "set the time, by NTP for one"


def test_no_token() -> None:
    (finding,) = telegram_findings(Settings())
    assert (finding.state.value, finding.said) == ("✗", "none")


def test_a_token_that_is_refused(settings: Settings, telegram: SetUpTelegram) -> None:
    telegram.failures["getMe"] = InvalidToken(f"The token {settings.token} was rejected")
    (finding,) = telegram_findings(settings)
    assert finding.said == f"refused by {settings.api_url}"


def test_telegram_out_of_reach(settings: Settings, telegram: SetUpTelegram) -> None:
    telegram.failures["getMe"] = NetworkError("no route to host")
    (finding,) = telegram_findings(settings)
    assert finding == Finding.bad(
        "Telegram",
        f"{settings.api_url} cannot be reached: no route to host",
        "check the network; where Telegram is blocked, set TELEGRAM_PROXY",
    )
