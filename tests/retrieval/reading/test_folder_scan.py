"""A folder scanned: its fingerprint, and that no file is opened more often than it must be."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from retrieval.documents import Document
from retrieval.errors import CollectionError
from retrieval.reading.folder import FolderScan, read_folder
from retrieval.reading.parse_cache import ParseCache, ParsedFile
from retrieval.reading.parser import parse

TEXTS = {"a.txt": "ASEAN met Russia.", "b.txt": "They spoke of piracy."}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each file is opened to be read."""
    opened: Counter[str] = Counter()
    really = Path.open

    def counted(path: Path, mode: str = "r", **options: object) -> object:
        opened[path.name] += mode == "rb"
        return really(path, mode, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", counted)
    return opened


def fingerprint(folder: Path, max_mb: int) -> str:
    return FolderScan.of(folder, max_mb).fingerprint


def failing(name: str, data: bytes) -> Document:
    raise AssertionError(f"{name} is parsed again")


def test_the_fingerprint_follows_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("1")
    first = fingerprint(tmp_path, 1)
    assert fingerprint(tmp_path, 1) == first
    (tmp_path / "a" / "one.txt").write_text("2")
    second = fingerprint(tmp_path, 1)
    (tmp_path / "a" / "one.txt").rename(tmp_path / "a" / "two.txt")
    assert len({first, second, fingerprint(tmp_path, 1)}) == 3


def test_hidden_files_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("1")
    before = fingerprint(tmp_path, 1)
    (tmp_path / ".DS_Store").write_text("x")
    (tmp_path / "~$one.docx").write_text("x")
    assert fingerprint(tmp_path, 1) == before


def test_a_missing_folder_is_told_by_the_scan(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="There is no folder .*gone; set SEEDS_DIR"):
        fingerprint(tmp_path / "gone", 1)


def test_a_file_that_is_too_large_to_be_read_is_told_from_none_and_not_read(tmp_path: Path) -> None:
    without = fingerprint(tmp_path, 1)
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(10**12)  # no byte of it is stored; to read them all would take minutes
    assert fingerprint(tmp_path, 1) != without


def test_what_is_refused_counts_by_its_name_alone(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"1")
    before = fingerprint(tmp_path, 1)
    (tmp_path / "film.mp4").write_bytes(b"2")
    assert fingerprint(tmp_path, 1) == before
    (tmp_path / "film.mp4").rename(tmp_path / "trailer.mp4")
    assert fingerprint(tmp_path, 1) != before


def test_a_scan_opens_each_file_once(folder: Path, opened: Counter[str]) -> None:
    (folder / "film.mp4").touch()
    FolderScan.of(folder, 1)
    assert opened == {"a.txt": 1, "b.txt": 1}


def test_only_what_is_new_is_opened_again(folder: Path, opened: Counter[str]) -> None:
    known = read_folder(FolderScan.of(folder, 1), ParseCache(parse))
    (folder / "b.txt").write_text("They left.")
    opened.clear()
    scan = FolderScan.of(folder, 1)
    contents = read_folder(scan, ParseCache.of(parse, known.files))
    assert opened == {"a.txt": 1, "b.txt": 2}
    assert contents.files[0] is known.files[0]
    assert [document.text for document in contents.documents] == ["ASEAN met Russia.", "They left."]


def test_nothing_is_parsed_where_all_is_known(folder: Path, opened: Counter[str]) -> None:
    known = read_folder(FolderScan.of(folder, 1), ParseCache(parse))
    opened.clear()
    again = read_folder(FolderScan.of(folder, 1), ParseCache.of(failing, known.files))
    assert again == known
    assert opened == {"a.txt": 1, "b.txt": 1}


def test_the_hash_is_that_of_the_bytes_that_were_parsed(folder: Path) -> None:
    scan = FolderScan.of(folder, 1)
    (folder / "a.txt").write_text("1")
    contents = read_folder(scan, ParseCache(lambda name, data: Document(name, data.decode())))
    one = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
    assert contents.files[0] == ParsedFile(Document("a.txt", "1"), one)
    assert scan.files[0].sha256 != one
