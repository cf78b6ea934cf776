"""What people see of an old answer after a backup made under load is restored elsewhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.backup.backup import back_up
from bot.backup.restore import restore
from bot.settings import Settings
from retrieval.settings import RetrievalSettings
from tests.helpers.fake_telegram import GROUP, TOM, Chatting, FakeTelegram, Json, opened
from tests.helpers.samples import FakeRetriever

PEOPLE = 20


def on_machine(folder: Path, settings: Settings) -> Settings:
    folder.mkdir()
    database = f"sqlite:///{folder}/bot.sqlite3"
    retrieval = RetrievalSettings(seeds=folder / "seeds")
    return replace(settings, database_url=database, retrieval=retrieval)


async def sources(chat: Chatting, answer: Json) -> Json:
    (shown,) = await chat.say("/sources", reply_to_message=answer)
    return {"text": shown["text"], "buttons": shown.get("reply_markup")}


async def test_sources_are_the_same_on_another_machine(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    here, there = (on_machine(tmp_path / name, settings) for name in ("here", "there"))
    telegram = FakeTelegram()
    async with opened(here, FakeRetriever(), telegram) as application:
        chat = Chatting(application, telegram)
        await chat.say("/ask Ai dự hội nghị?")
        [answer] = telegram.messages
        before = await sources(chat, answer)
        people = (TOM | {"id": number} for number in range(1, PEOPLE))
        asked = [
            asyncio.create_task(chat.say("/ask Ai dự?", chat=GROUP, **{"from": person}))
            for person in people
        ]
        await asyncio.to_thread(back_up, tmp_path / "backup.zip", here, {})
        await asyncio.gather(*asked)
    restore(tmp_path / "backup.zip", there)
    telegram = FakeTelegram()
    async with opened(there, FakeRetriever(), telegram) as application:
        assert await sources(Chatting(application, telegram), answer) == before
    assert "Hội nghị AMMTC 15" in before["text"]
    assert telegram.violations == []
