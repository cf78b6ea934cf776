"""The watch of the documents' folder, on real files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from retrieval.collecting import folder_watch
from retrieval.collecting.folder_watch import FolderWatch, state_of

LIMIT = 10.0  # seconds that a change may take to be told, on a busy machine

Changes = AsyncGenerator[frozenset[str]]


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_watch, "SETTLED", 0.2)
    monkeypatch.setattr(folder_watch, "PATIENCE", 0.5)
    monkeypatch.setattr(folder_watch, "LOOK", 0.3)


@asynccontextmanager
async def watched(folder: Path) -> AsyncIterator[Changes]:
    """Watch a folder that has told of its beginning."""
    async with aclosing(FolderWatch(folder).changes()) as changes:
        assert await told(changes) == frozenset()
        yield changes


async def told(changes: Changes) -> frozenset[str]:
    return await asyncio.wait_for(anext(changes), LIMIT)


async def test_what_is_added_changed_moved_and_removed_is_told(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    async with watched(tmp_path) as changes:
        (tmp_path / "below" / "a.txt").write_text("They met.")
        assert await told(changes) == frozenset()
        (tmp_path / "below" / "a.txt").write_text("They met again.")
        assert await told(changes) == frozenset()
        (tmp_path / "below").rename(tmp_path / "elsewhere")
        assert await told(changes) == frozenset()
        (tmp_path / "elsewhere" / "a.txt").unlink()
        assert await told(changes) == frozenset()


async def test_a_burst_is_told_once(tmp_path: Path) -> None:
    async with watched(tmp_path) as changes:
        for number in range(50):
            (tmp_path / f"{number}.txt").write_text("They met.")
        assert await told(changes) == frozenset()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(changes), 1.0)


async def test_hidden_files_are_no_change(tmp_path: Path) -> None:
    async with watched(tmp_path) as changes:
        (tmp_path / ".unfinished").write_text("They met.")
        (tmp_path / "~$a.docx").write_text("Lan")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(changes), 1.0)


async def test_a_file_that_is_still_written_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_watch, "SETTLED", 0.5)  # the writer may be held up
    monkeypatch.setattr(folder_watch, "PATIENCE", 1.0)

    async def write() -> None:
        with (tmp_path / "long.txt").open("w") as file:
            for _ in range(30):
                file.write("They met. ")
                file.flush()
                await asyncio.sleep(0.1)

    async with watched(tmp_path) as changes:
        writing = asyncio.create_task(write())
        (tmp_path / "short.txt").write_text("They met.")
        assert await told(changes) == {"long.txt"}
        assert not writing.done()
        assert await told(changes) == frozenset()
        assert writing.done()


async def test_where_the_system_reports_nothing_the_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object, **__: object) -> AsyncGenerator[None]:
        raise OSError("OS file watch limit reached")
        yield

    monkeypatch.setattr(folder_watch, "awatch", refuse)
    async with watched(tmp_path) as changes:
        (tmp_path / "a.txt").write_text("They met.")
        assert await told(changes) == frozenset()


async def test_a_folder_that_goes_and_comes_is_watched_on(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("They met.")
    async with watched(seeds) as changes:
        seeds.rename(tmp_path / "away")
        assert await told(changes) == frozenset()
        assert state_of(seeds) == {}
        (tmp_path / "away").rename(seeds)
        assert await told(changes) == frozenset()
        assert list(state_of(seeds)) == ["a.txt"]
