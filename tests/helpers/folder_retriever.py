"""A retriever whose documents are the files of a folder, read in this process."""

from __future__ import annotations

import threading
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import CollectionError
from retrieval.reading.folder import FolderScan, read_folder
from retrieval.reading.parse_cache import ParseCache, ParsedFile
from retrieval.reading.parser import parse
from retrieval.settings import Limits
from tests.helpers.samples import FakeRetriever

if TYPE_CHECKING:
    from retrieval.collection.collection import Collection


@dataclass
class FolderRetriever(FakeRetriever):
    """Reads the changed `folder` when it is reopened, or raises `failure`.

    `parsed` keeps the files that it was handed already parsed.
    """

    folder: Path = Path()
    failure: CollectionError | None = None
    reopened_in: threading.Thread | None = None
    parsed: list[ParsedFile] = field(default_factory=list)

    def reopen(
        self, name: str = "", *parsed: ParsedFile, unfinished: Set[str] = frozenset()
    ) -> Collection | None:
        self.parsed += parsed
        self.reopened_in = threading.current_thread()
        if self.failure:
            raise self.failure
        scan = FolderScan.of(self.folder, Limits().max_file_mb)
        self.documents = read_folder(scan, ParseCache.of(parse, self.parsed)).documents
        return None
