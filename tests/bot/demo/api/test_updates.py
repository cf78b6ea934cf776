"""Polling and the webhook of the demo's server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest

from bot.demo.server import DemoServer
from tests.helpers.demo_client import PRIVATE, BotClient, PersonClient


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


def test_updates_stay_until_they_are_confirmed(minh: PersonClient, bot: BotClient) -> None:
    for text in ("một", "hai", "ba"):
        minh.say(text)
    assert ids(bot.call("getUpdates")) == [1, 2, 3]
    assert ids(bot.call("getUpdates", limit=2)) == [1, 2]
    assert ids(bot.call("getUpdates", offset=2)) == [2, 3]
    assert ids(bot.call("getUpdates")) == [2, 3]
    assert ids(bot.call("getUpdates", offset=-1)) == [3]
    assert ids(bot.call("getUpdates")) == [3]
    assert bot.call("getUpdates", offset=4) == []


def test_polling_waits_for_a_message(minh: PersonClient, bot: BotClient) -> None:
    with ThreadPoolExecutor(1) as pool:
        polled = pool.submit(bot.call, "getUpdates", timeout=30)
        minh.next(lambda event: event["kind"] == "online")
        said = minh.say("một")
        assert polled.result(timeout=10) == [{"update_id": 1, "message": said}]


def test_only_wanted_updates_come(minh: PersonClient, bot: BotClient) -> None:
    bot.call("getUpdates", allowed_updates=["callback_query"])
    minh.say("một")
    assert bot.call("getUpdates") == []
    bot.call("getUpdates", allowed_updates=[])
    minh.say("hai")
    assert [update["message"]["text"] for update in bot.call("getUpdates")] == ["hai"]


def test_a_second_poller_ends_the_first(minh: PersonClient, bot: BotClient) -> None:
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(bot.refusal, "getUpdates", timeout=30)
        minh.next(lambda event: event["kind"] == "online")
        assert bot.call("getUpdates") == []
        assert first.result(timeout=10) == (
            409,
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
        )


def test_a_poller_who_left_is_forgotten(
    server: DemoServer, minh: PersonClient, bot: BotClient
) -> None:
    address = f"{server.url}/bot{server.token}/getUpdates"
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(address, json={"timeout": 30}, timeout=httpx.Timeout(5, read=0.2))
    said = minh.say("một")
    assert bot.update()["message"] == said


class WebhookServer(HTTPServer):
    """A bot's web server: refuses as often as it is told to, and keeps what it gets."""

    def __init__(self, refusals: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), WebhookHandler)
        self.refusals = refusals
        self.taken: list[tuple[str | None, dict[str, Any]]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/hook"


class WebhookHandler(BaseHTTPRequestHandler):
    server: WebhookServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], body))
        self.server.refusals -= 1
        self.send_response(500 if self.server.refusals >= 0 else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[WebhookServer]:
    with WebhookServer() as receiver:
        thread = threading.Thread(target=receiver.serve_forever, args=[0.01])
        thread.start()
        yield receiver
        receiver.shutdown()
        thread.join()


def wait_until_delivered(bot: BotClient) -> None:
    while bot.call("getWebhookInfo")["pending_update_count"]:
        pass


def test_a_webhook_gets_updates_in_order(
    minh: PersonClient, bot: BotClient, receiver: WebhookServer
) -> None:
    minh.say("trước")
    bot.call("setWebhook", url=receiver.url, secret_token="bi-mat_1", max_connections=7)  # noqa: S106
    minh.say("sau")
    wait_until_delivered(bot)
    assert [(secret, body["message"]["text"]) for secret, body in receiver.taken] == [
        ("bi-mat_1", "trước"),
        ("bi-mat_1", "sau"),
    ]
    assert bot.call("getWebhookInfo") == {
        "url": receiver.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
    }


def test_a_refused_update_is_brought_again(
    minh: PersonClient, bot: BotClient, receiver: WebhookServer
) -> None:
    receiver.refusals = 1
    bot.call("setWebhook", url=receiver.url)
    minh.say("một")
    wait_until_delivered(bot)
    assert ids([body for _, body in receiver.taken]) == [1, 1]
    info = bot.call("getWebhookInfo")
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )


def test_a_webhook_that_is_not_there_is_noted(minh: PersonClient, bot: BotClient) -> None:
    bot.call("setWebhook", url="http://127.0.0.1:9/hook")
    minh.say("một")
    while "last_error_message" not in (info := bot.call("getWebhookInfo")):
        pass
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)


def test_polling_and_a_webhook_exclude_each_other(
    minh: PersonClient, bot: BotClient, receiver: WebhookServer
) -> None:
    with ThreadPoolExecutor(1) as pool:
        polled = pool.submit(bot.refusal, "getUpdates", timeout=30)
        minh.next(lambda event: event["kind"] == "online")
        bot.call("setWebhook", url=receiver.url)
        assert polled.result(timeout=10) == (409, "Conflict: terminated by setWebhook request")
    assert bot.refusal("getUpdates") == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
    bot.call("deleteWebhook")
    assert bot.call("getUpdates") == []


def test_pending_updates_can_be_dropped(minh: PersonClient, bot: BotClient) -> None:
    minh.say("một")
    bot.call("deleteWebhook", drop_pending_updates=True)
    assert bot.call("getUpdates") == []


@pytest.mark.parametrize(
    ("url", "secret", "description"),
    [
        ("https://a.vn/hook", "", "bad webhook: this server reaches loopback addresses alone"),
        ("ftp://127.0.0.1/", "", "bad webhook: this server reaches loopback addresses alone"),
        ("http://127.0.0.1/", "bí mật", "secret token contains unallowed characters"),
        ("http://127.0.0.1/", "x" * 257, "secret token contains unallowed characters"),
    ],
)
def test_what_is_no_webhook(bot: BotClient, url: str, secret: str, description: str) -> None:
    assert bot.refusal("setWebhook", url=url, secret_token=secret) == (
        400,
        f"Bad Request: {description}",
    )
    assert bot.call("getWebhookInfo")["url"] == ""


def test_an_empty_address_ends_the_webhook(bot: BotClient, receiver: WebhookServer) -> None:
    bot.call("setWebhook", url=receiver.url)
    bot.call("setWebhook", url="")
    assert bot.call("getWebhookInfo")["url"] == ""
    assert bot.send("x", PRIVATE)["text"] == "x"
