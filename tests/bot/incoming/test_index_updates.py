from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.incoming import index_updates
from bot.incoming.index_updates import IndexUpdates
from bot.reopening import Reopening
from retrieval.collection.index_folder import IndexFolder
from retrieval.errors import CollectionError
from retrieval.settings import RetrievalSettings
from tests.helpers.folder_retriever import FolderRetriever


async def test_an_index_that_another_process_has_built_is_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(index_updates, "PAUSE", 0.02)
    library = FolderRetriever(folder=tmp_path)
    library.settings = RetrievalSettings(seeds=tmp_path, index=tmp_path / "index")
    (tmp_path / "index").mkdir()
    reopening = Reopening(library)
    watching = asyncio.create_task(IndexUpdates(library, reopening).run())
    await asyncio.sleep(0.1)
    assert not reopening.reopened.is_set()  # nothing has changed
    IndexFolder.of(library.settings).replace(lambda folder: None)
    await asyncio.wait_for(reopening.reopened.wait(), 5)
    library.failure = CollectionError("Cannot write to INDEX_DIR=data: disk full")
    IndexFolder.of(library.settings).replace(lambda folder: None)
    while not caplog.messages:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.02)
    watching.cancel()
    told = [one.message for one in caplog.records if one.levelno == logging.WARNING]
    assert told == ["documents not taken up: Cannot write to INDEX_DIR=data: disk full"]
