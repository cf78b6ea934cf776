"""The bot as a process of its own, in webhook mode: updates come to its own web server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.helpers.bot_api import violations_in
from tests.helpers.bot_process import SECONDS_TO_START, BotProcess, free_address, running
from tests.helpers.controlled_server.server import ControlledServer
from tests.helpers.demo_client import BotClient, PersonClient
from tests.helpers.paths import ROOT

QUESTION = "How many times has Vietnam chaired ASEAN?"
ANSWER = "[1] Vietnam strengthens cooperation in preventing transnational crime in ASEAN — "


@pytest.fixture(scope="module")
def server() -> Iterator[ControlledServer]:
    with ControlledServer.running() as server:
        yield server


@pytest.fixture(scope="module")
def bot(
    server: ControlledServer, index_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BotProcess]:
    folder = tmp_path_factory.mktemp("bot")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    address = free_address()
    environment = {
        "TELEGRAM_API_URL": server.url,
        "TELEGRAM_BOT_TOKEN": server.token,
        "SEEDS_DIR": str(folder / "seeds"),
        "INDEX_DIR": str(index_folder),
        "DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3",
        "WEBHOOK_URL": f"http://{address}",
        "WEBHOOK_LISTEN": address,
    }
    with running(environment, folder / "log.txt") as process:
        assert server.online.wait(SECONDS_TO_START), process.log.read_text()
        yield process
    calls = PersonClient(server.url).call("getCalls")
    assert violations_in(calls) == []


@pytest.fixture
def lan(server: ControlledServer, bot: BotProcess) -> PersonClient:
    return PersonClient.guest(server.url)


def test_a_question_and_its_new_wording(lan: PersonClient) -> None:
    asked = lan.say("Who was there?")
    answer = lan.reply_to(asked)
    lan.edit(asked, QUESTION)
    edited = lan.next_from_bot()
    assert edited["message_id"] == answer["message_id"]
    assert edited["text"].startswith(ANSWER)


def test_a_button_and_an_inline_query(lan: PersonClient) -> None:
    answer = lan.ask(QUESTION)
    lan.press(answer, "rate:up")
    assert lan.next(lambda event: event["kind"] == "answer")["data"]["text"] == "👍 Cảm ơn bạn!"
    assert len(lan.inline(QUESTION)["results"]) == 5


def test_trouble_at_telegram_costs_no_answer(lan: PersonClient) -> None:
    lan.call("addFault", method="sendMessage", code=429, retry_after=1)
    lan.call("addFault", method="sendMessage", code=500)
    assert lan.ask(QUESTION)["text"].startswith(ANSWER)


def test_only_telegram_is_heard(server: ControlledServer, lan: PersonClient) -> None:
    lan.ask(QUESTION)
    told = BotClient(server.url, server.token).call("getWebhookInfo")
    assert len(urlsplit(told["url"]).path) > 20  # nobody guesses it
    forged = {"update_id": 999, "message": lan.say("/help")}
    assert httpx.post(told["url"], json=forged).status_code == 403
    assert httpx.post(told["url"].rpartition("/")[0] + "/", json=forged).status_code == 404
    assert "last_error_message" not in told


def test_a_person_asking_too_fast_is_told_once(lan: PersonClient) -> None:
    for _ in range(5):
        assert lan.ask(QUESTION)["text"].startswith(ANSWER)
    assert lan.ask(QUESTION)["text"].startswith("Bạn hỏi hơi nhanh, tôi theo chưa kịp.")
    lan.say(QUESTION)
    assert lan.ask("/help")["text"].startswith("Bạn cứ nhắn câu hỏi cho tôi.")
