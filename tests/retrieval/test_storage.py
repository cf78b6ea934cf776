"""Files and folders written whole or not at all, and the checksums of a folder's files."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from stat import S_ISDIR
from unittest.mock import Mock

import pytest

from retrieval.storage import (
    cached_folder,
    checksums_of,
    damaged,
    sync,
    write_file,
    write_folder,
)

OF_ONE = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
OF_TWO = "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"
Rename = Callable[[Path, Path], None]
KNOWN = {"deep/two": OF_TWO, "one": OF_ONE}


def fill(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "one").write_text("1")
    (folder / "deep" / "two").write_text("2")


def fail(folder: Path) -> None:
    (folder / "one").write_text("half")
    raise OSError(errno.ENOSPC, "No space left on device")


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path)
    return tmp_path


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what is synced and renamed, in order."""
    steps: list[str] = []

    def fsync(descriptor: int) -> None:
        steps.append("folder" if S_ISDIR(os.fstat(descriptor).st_mode) else "file")

    def noted(rename: Rename) -> Rename:
        def renamed(old: Path, new: Path) -> None:
            steps.append("rename")
            rename(old, new)

        return renamed

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", noted(os.replace))
    monkeypatch.setattr(os, "rename", noted(os.rename))
    return steps


def test_every_file_has_its_hash(folder: Path) -> None:
    assert checksums_of(folder) == KNOWN
    assert list(checksums_of(folder)) == ["deep/two", "one"]


def test_what_was_written_is_not_damaged(folder: Path) -> None:
    (folder / "more").write_text("of others")
    assert damaged(folder, KNOWN) == []


def test_a_changed_file_is_damaged(folder: Path) -> None:
    (folder / "one").write_text("l")
    assert damaged(folder, KNOWN) == ["one"]


def test_missing_files_are_damaged(folder: Path) -> None:
    (folder / "one").unlink()
    (folder / "deep" / "two").unlink()
    (folder / "deep" / "two").mkdir()
    assert damaged(folder, KNOWN) == ["deep/two", "one"]


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folder")
def test_files_and_folders_reach_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    note = Mock(side_effect=lambda descriptor: synced.append(S_ISDIR(os.fstat(descriptor).st_mode)))
    monkeypatch.setattr(os, "fsync", note)
    sync(folder)
    assert sorted(synced) == [False, False, True, True]


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folder")
def test_a_file_gets_its_name_once_it_is_on_the_disk(tmp_path: Path, steps: list[str]) -> None:
    for data in (b"1", b"2"):
        write_file(tmp_path / "one", data)
    assert steps == ["file", "rename", "folder"] * 2
    assert names(tmp_path) == ["one"]
    assert (tmp_path / "one").read_bytes() == b"2"


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file(tmp_path / "one", b"1")
    monkeypatch.setattr(os, "fsync", Mock(side_effect=OSError(errno.ENOSPC, "No space left")))
    with pytest.raises(OSError, match="No space left"):
        write_file(tmp_path / "one", b"2")
    assert names(tmp_path) == ["one"]
    assert (tmp_path / "one").read_bytes() == b"1"


def test_what_a_dead_process_left_of_a_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / ".unfinished").write_bytes(b"half of it and more")
    write_file(tmp_path / "one", b"1")
    assert names(tmp_path) == ["one"]
    assert (tmp_path / "one").read_bytes() == b"1"


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folder")
def test_a_folder_gets_its_name_once_it_is_on_the_disk(tmp_path: Path, steps: list[str]) -> None:
    write_folder(tmp_path / "kept", fill)
    assert sorted(steps[:4]) == ["file", "file", "folder", "folder"]
    assert steps[4:] == ["rename", "folder"]
    assert names(tmp_path) == ["kept", "kept/deep", "kept/deep/two", "kept/one"]


def test_a_folder_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "old").touch()
    (tmp_path / "kept.partial").mkdir()
    (tmp_path / "kept.partial" / "stray").touch()
    write_folder(tmp_path / "kept", fill)
    assert names(tmp_path) == ["kept", "kept/deep", "kept/deep/two", "kept/one"]


def test_a_folder_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    write_folder(tmp_path / "kept", fill)
    with pytest.raises(OSError, match="No space left"):
        write_folder(tmp_path / "kept", fail)
    assert names(tmp_path) == ["kept", "kept/deep", "kept/deep/two", "kept/one"]
    assert damaged(tmp_path / "kept", KNOWN) == []


def test_a_cached_folder_is_written_once_and_again_where_it_is_damaged(tmp_path: Path) -> None:
    writing = Mock(side_effect=fill)
    kept = tmp_path / "deep" / "kept"
    for _ in range(2):
        assert cached_folder(kept, writing) == kept
    assert writing.call_count == 1
    (kept / "one").write_text("l")
    cached_folder(kept, writing)
    assert writing.call_count == 2
    assert damaged(kept, KNOWN) == []
