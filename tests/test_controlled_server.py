"""What a test can arrange on the demo's server, and what the server records for it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import httpx
import pytest

from tests.helpers.controlled_server.server import ControlledServer
from tests.helpers.demo_client import PRIVATE, BotClient, PersonClient


@pytest.fixture
def server() -> Iterator[ControlledServer]:
    with ControlledServer.running() as server:
        yield server


def test_too_many_requests(minh: PersonClient, bot: BotClient) -> None:
    minh.call("addFault", method="sendMessage", code=429, retry_after=3, times=2)
    for _ in range(2):
        assert bot.answer("sendMessage", chat_id=PRIVATE, text="x") == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        }
        assert bot.call("getMe")["is_bot"] is True
    assert bot.send("x")["message_id"] == 1


def test_a_server_in_trouble(server: ControlledServer, minh: PersonClient) -> None:
    address = f"{server.url}/bot{server.token}/getMe"
    minh.call("addFault", method="getme", code=500)
    minh.call("addFault", method="getMe", code=502, body="<html>502 Bad Gateway</html>")
    minh.call("addFault", method="getMe", body='{"ok": tr')
    answers = [httpx.get(address) for _ in range(4)]
    assert [(answer.status_code, answer.text) for answer in answers[:3]] == [
        (500, '{"ok": false, "error_code": 500, "description": "Internal Server Error"}'),
        (502, "<html>502 Bad Gateway</html>"),
        (200, '{"ok": tr'),
    ]
    assert answers[3].json()["ok"] is True


def test_a_connection_is_dropped(minh: PersonClient, bot: BotClient) -> None:
    minh.call("addFault", method="getMe", drop=True)
    with pytest.raises(httpx.RemoteProtocolError):
        bot.call("getMe")
    assert bot.call("getMe")["is_bot"] is True


def test_an_answer_is_late(minh: PersonClient, bot: BotClient) -> None:
    minh.call("addFault", method="sendMessage", seconds=0.2)
    began = monotonic()
    assert bot.send("x")["text"] == "x"
    assert monotonic() - began >= 0.2


def test_a_revoked_token_is_refused_at_once(minh: PersonClient, bot: BotClient) -> None:
    with ThreadPoolExecutor(1) as pool:
        polled = pool.submit(bot.refusal, "getUpdates", timeout=30)
        minh.next(lambda event: event["kind"] == "online")
        minh.call("revokeToken")
        assert polled.result(timeout=10) == (401, "Unauthorized")
    assert bot.refusal("getMe") == (401, "Unauthorized")


def test_the_bots_calls_are_kept(minh: PersonClient, bot: BotClient) -> None:
    bot.send("x", reply_parameters={"message_id": 1, "allow_sending_without_reply": True})
    bot.call("getMe")
    assert minh.call("getCalls")[1:] == minh.call("getCalls", after=1)
    assert minh.call("getCalls") == [
        {
            "method": "sendMessage",
            "parameters": {
                "chat_id": PRIVATE,
                "text": "x",
                "parse_mode": "HTML",
                "reply_parameters": {"message_id": 1, "allow_sending_without_reply": True},
            },
        },
        {"method": "getMe", "parameters": {}},
    ]


def test_what_is_no_text_reaches_the_bot(minh: PersonClient, bot: BotClient) -> None:
    sticker = {
        "file_id": "s",
        "file_unique_id": "s",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    }
    minh.send_other(sticker=sticker)
    heard = bot.update()["message"]
    assert heard["sticker"] == sticker
    assert "text" not in heard


def test_more_people_come(minh: PersonClient, bot: BotClient) -> None:
    chat = minh.call("addPerson", first_name="Lan")
    lan = PersonClient(minh.url, chat["id"])
    said = lan.say("xin chào", chat["id"])
    assert bot.update()["message"] == said
    assert (said["from"]["first_name"], said["chat"]["type"]) == ("Lan", "private")
