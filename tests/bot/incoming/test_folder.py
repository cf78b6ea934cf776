"""What changes in the documents' folder is answered from, while the bot runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from retrieval.collecting import folder_watch
from retrieval.errors import CollectionError
from retrieval.settings import RetrievalSettings
from tests.helpers.fake_telegram import FakeTelegram, opened
from tests.helpers.folder_retriever import FolderRetriever


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "old.txt").write_text("They met in Hanoi.")
    return seeds


@pytest.fixture
def retriever(seeds: Path) -> FolderRetriever:
    return FolderRetriever(folder=seeds)


@pytest.fixture
async def running(
    settings: Settings,
    seeds: Path,
    retriever: FolderRetriever,
    telegram: FakeTelegram,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[None]:
    """Run what goes on beside the updates."""
    monkeypatch.setattr(folder_watch, "SETTLED", 0.1)
    monkeypatch.setattr(folder_watch, "LOOK", 0.5)
    settings = replace(settings, retrieval=RetrievalSettings(seeds=seeds))
    async with opened(settings, retriever, telegram) as application:
        beside = asyncio.create_task(application.beside())
        yield
        beside.cancel()
        await asyncio.wait([beside])


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("running")
async def test_a_new_file_is_a_document_without_a_restart(
    seeds: Path, retriever: FolderRetriever
) -> None:
    await until(lambda: retriever.named("old.txt") is not None)
    (seeds / "new.txt").write_text("They met again.")
    await until(lambda: retriever.named("new.txt") is not None)
    (seeds / "old.txt").unlink()
    await until(lambda: [one.name for one in retriever.documents] == ["new.txt"])


@pytest.mark.usefixtures("running")
async def test_a_failure_is_told_and_the_watch_goes_on(
    seeds: Path, retriever: FolderRetriever, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    await until(lambda: retriever.named("old.txt") is not None)
    retriever.failure = CollectionError("Cannot write to INDEX_DIR=data: disk full")
    (seeds / "new.txt").write_text("They met again.")
    await until(lambda: bool(caplog.messages))
    assert caplog.messages == ["documents not indexed: Cannot write to INDEX_DIR=data: disk full"]
    retriever.failure = None
    (seeds / "newer.txt").write_text("They met at last.")
    await until(lambda: retriever.named("newer.txt") is not None)
