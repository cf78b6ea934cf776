"""The hashes of a folder's files, and what differs from them."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR
from unittest.mock import Mock

import pytest

from retrieval.storage import checksums_of, damaged, sync

OF_ONE = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
OF_TWO = "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"
KNOWN = {"deep/two": OF_TWO, "one": OF_ONE}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "one").write_text("1")
    (tmp_path / "deep" / "two").write_text("2")
    return tmp_path


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
