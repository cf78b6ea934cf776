"""Files that were fetched from the web, and what is kept of where."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.collection.uploads import Uploads
from retrieval.documents import Document
from retrieval.reading.folder import FolderScan, read_folder
from retrieval.reading.parse_cache import ParseCache
from retrieval.reading.parser import parse
from retrieval.reading.web_origin import WebOrigin
from retrieval.settings import RetrievalSettings

ORIGIN = WebOrigin("https://bao.vn/hop", "Họp báo", "2026-11-26", "bao.vn")
NAME = "from-chat/hop.txt"


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(RetrievalSettings(seeds=tmp_path))


def documents(folder: Path, cache: ParseCache | None = None) -> tuple[Document, ...]:
    return read_folder(FolderScan.of(folder, 1), cache or ParseCache(parse)).documents


def test_a_document_is_of_the_address_that_is_kept_beside_its_file(
    uploads: Uploads, tmp_path: Path
) -> None:
    uploads.save(NAME, b"They met in Hanoi.", ORIGIN)
    assert sorted(path.name for path in (tmp_path / "from-chat").iterdir()) == [
        ".hop.txt.origin",
        "hop.txt",
    ]
    (document,) = documents(tmp_path)
    assert (document.name, document.text) == (NAME, "They met in Hanoi.")
    assert (document.url, document.title) == ("https://bao.vn/hop", "Họp báo")
    assert (document.date, document.source) == ("2026-11-26", "bao.vn")


def test_what_the_file_tells_itself_counts_but_for_its_address(
    uploads: Uploads, tmp_path: Path
) -> None:
    head = "title: Biên bản\ndate: 2026-11-25\nurl: https://other.example/"
    uploads.save(NAME, f"---\n{head}\n---\nHọp lúc chín giờ.\n".encode(), ORIGIN)
    (document,) = documents(tmp_path)
    assert (document.title, document.date, document.source, document.url) == (
        "Biên bản",
        "2026-11-25",
        "bao.vn",
        "https://bao.vn/hop",
    )


def test_another_origin_is_another_state_of_the_folder(uploads: Uploads, tmp_path: Path) -> None:
    uploads.save(NAME, b"They met in Hanoi.")
    scans = [FolderScan.of(tmp_path, 1)]
    for url in ("https://bao.vn/1", "https://bao.vn/2"):
        uploads.save(NAME, b"They met in Hanoi.", WebOrigin(url))
        scans.append(FolderScan.of(tmp_path, 1))
    assert len({scan.fingerprint for scan in scans}) == 3
    cache = ParseCache.of(parse, read_folder(scans[1], ParseCache(parse)).files)
    assert [one.url for one in documents(tmp_path, cache)] == ["https://bao.vn/2"]


def test_what_is_sent_again_from_elsewhere_loses_its_address(
    uploads: Uploads, tmp_path: Path
) -> None:
    uploads.save(NAME, b"They met in Hanoi.", ORIGIN)
    uploads.save(NAME, b"They met in Hanoi.")
    assert [one.url for one in documents(tmp_path)] == [""]


def test_what_is_removed_leaves_nothing(uploads: Uploads, tmp_path: Path) -> None:
    uploads.save(NAME, b"They met in Hanoi.", ORIGIN)
    uploads.remove(NAME)
    assert list((tmp_path / "from-chat").iterdir()) == []


@pytest.mark.parametrize("kept", ["", "[]", '{"title": "x"}', '{"url": "x", "other": 1}', "\udcff"])
def test_a_damaged_origin_is_none(tmp_path: Path, kept: str) -> None:
    (tmp_path / ".a.txt.origin").write_bytes(kept.encode("utf-8", "surrogateescape"))
    assert WebOrigin.of(tmp_path / "a.txt") is None
