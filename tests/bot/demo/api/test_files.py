"""Files that people send, as a bot fetches them from the demo's server."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from bot.demo.server import DemoServer
from tests.helpers.demo_client import GROUP, BotClient, PersonClient


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer.running() as server:
        yield server


def test_a_file_is_sent_and_fetched(server: DemoServer, minh: PersonClient, bot: BotClient) -> None:
    content = "Điều 1. Ông X chủ trì.".encode()
    sent = minh.send_file("biên bản.TXT", content, caption=" của hôm qua ")
    assert bot.update()["message"] == sent
    assert sent["caption"] == "của hôm qua"
    assert "text" not in sent
    document = sent["document"]
    assert document == {
        "file_id": "document-0",
        "file_unique_id": "unique-0",
        "file_name": "biên bản.TXT",
        "mime_type": "text/plain",
        "file_size": len(content),
    }
    file = bot.call("getFile", file_id="document-0")
    assert file["file_path"] == "documents/file_0.TXT"
    address = f"{server.url}/file/bot{server.token}/{file['file_path']}"
    assert httpx.get(address).content == content
    assert httpx.get(address.replace("file_0", "file_9")).status_code == 404
    assert httpx.get(f"{server.url}/file/bot7:x/{file['file_path']}").status_code == 401


def test_bots_fetch_up_to_20_mb(minh: PersonClient, bot: BotClient) -> None:
    for size, refused in ((20_000_000, False), (20_000_001, True)):
        number = minh.send_file("x.pdf", bytes(size))["document"]["file_id"]
        answer = bot.answer("getFile", file_id=number)
        assert answer["ok"] is not refused
    assert answer["description"] == "Bad Request: file is too big"


def test_a_file_that_is_not_there(bot: BotClient) -> None:
    assert bot.refusal("getFile", file_id="x") == (
        400,
        "Bad Request: wrong file_id or the file is temporarily unavailable",
    )


def test_in_a_group_the_caption_says_whom_it_is_for(minh: PersonClient, bot: BotClient) -> None:
    bot.call("getUpdates", offset=-1)
    minh.send_file("a.txt", b"x", GROUP, "cho cả nhà")
    sent = minh.send_file("b.txt", b"x", GROUP, "@trichdan_bot đây")
    assert bot.call("getUpdates", offset=-1)[0]["message"] == sent
    assert bot.call("getUpdates", offset=0)[-1]["message"]["document"]["file_name"] == "b.txt"


def test_a_caption_has_its_limit(minh: PersonClient) -> None:
    with pytest.raises(AssertionError, match="message caption is too long"):
        minh.send_file("a.txt", b"x", caption="x" * 1025)
