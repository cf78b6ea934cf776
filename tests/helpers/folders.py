"""Folders read as the collection reads them, with nothing known of their files."""

from __future__ import annotations

from pathlib import Path

from retrieval.reading.folder import FolderContents, FolderScan, read_folder
from retrieval.reading.parse_cache import Parse, ParseCache
from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import Refusal


def read(folder: Path, parse: Parse, max_mb: int = 20) -> FolderContents:
    """Read a folder of which nothing is known yet."""
    return read_folder(FolderScan.of(folder, max_mb), ParseCache(parse))


def refused(folder: Path, sandbox: Sandbox) -> list[Refusal]:
    """What is refused beside the good document."""
    collection = read(folder, sandbox.parse)
    assert [document.name for document in collection.documents] == ["good.txt"]
    return list(collection.refused)
