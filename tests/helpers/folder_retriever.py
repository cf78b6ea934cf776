"""A retriever whose documents are the files of a folder, read in this process."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import CollectionError
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reading.parser import parse
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

    def reopen(self, name: str = "", *parsed: ParsedFile) -> Collection | None:
        self.parsed += parsed
        self.reopened_in = threading.current_thread()
        if self.failure:
            raise self.failure
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        self.documents = tuple(
            parse(path.relative_to(self.folder).as_posix(), path.read_bytes()) for path in paths
        )
        return None
