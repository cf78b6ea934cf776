"""Two chats of the demo, bound to two collections: one question, two answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.bot_process import running
from tests.helpers.demo_client import ASEAN, FORUM, GROUP, MAI, PersonClient

QUESTION = "/ask Hội nghị hôm nay họp ở đâu?"
FILE = f"""
[collection.news]
title = "Tin tức"
folders = ["news"]
chats = [{GROUP}]
admins = [1001]

[collection.desk]
title = "Toà soạn"
folders = ["desk"]
chats = ["{FORUM}/{ASEAN}"]
"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("collections")
    for name, place in (("news", "Vinh"), ("desk", "Huế")):
        path = folder / "seeds" / name / f"{name}.txt"
        path.parent.mkdir(parents=True)
        path.write_text(f"Hội nghị hôm nay họp ở {place}. Nhiều người đến dự.\n", "utf-8")
    (folder / "collections.toml").write_text(FILE, "utf-8")
    environment = {
        "SEEDS_DIR": str(folder / "seeds"),
        "INDEX_DIR": str(folder / "index"),
        "COLLECTIONS": str(folder / "collections.toml"),
    }
    with running(environment, folder / "log.txt", "demo", "--port", "0") as process:
        process.line()
        yield process.line().split()[4]


def test_each_chat_is_answered_from_its_own_collection(url: str) -> None:
    mai = PersonClient(url, MAI)
    assert "họp ở Vinh" in mai.ask(QUESTION, GROUP)["text"]
    assert "họp ở Huế" in mai.ask(QUESTION, FORUM, topic=ASEAN)["text"]
    assert "/join" in mai.ask(QUESTION, FORUM)["text"]


def test_the_page_shows_which_collections_a_chat_reads(url: str) -> None:
    minh = PersonClient(url)
    assert minh.ask("/collections", GROUP)["text"] == "Ở đây tôi trả lời từ:\n• Tin tức"
    commands = minh.call("getCommands", chat_id=minh.id, language_code="vi")
    assert {"collections", "join", "invite"} <= {one["command"] for one in commands}


def test_a_code_opens_a_collection_to_another_chat(url: str) -> None:
    minh = PersonClient(url)
    code = minh.ask("/invite desk")["text"].split("/join ")[1].split()[0]
    assert "Toà soạn" in minh.ask(f"/join {code}", GROUP)["text"]
    answer = minh.ask(QUESTION, GROUP)["text"]
    assert "họp ở Huế" in answer
    assert "Toà soạn" in answer
