"""A retriever whose documents are the files of a folder, read in this process."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from retrieval.documents import Document
from retrieval.errors import CollectionError
from retrieval.reading.file import sha256_of
from retrieval.reading.parse_cache import ParseCache, ParsedFile
from retrieval.reading.parser import parse
from tests.helpers.samples import FakeRetriever


@dataclass
class FolderRetriever(FakeRetriever):
    """Reads the changed `folder` when it is reopened, or raises `failure`.

    `parsed` keeps the files that it was handed already parsed.
    """

    folder: Path = Path()
    failure: CollectionError | None = None
    reopened_in: threading.Thread | None = None
    parsed: list[ParsedFile] = field(default_factory=list)

    def reopen(self, *parsed: ParsedFile) -> None:
        self.parsed += parsed
        self.reopened_in = threading.current_thread()
        if self.failure:
            raise self.failure
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        self.documents = tuple(map(self._document, paths))

    def _document(self, path: Path) -> Document:
        name, sha256 = path.relative_to(self.folder).as_posix(), sha256_of(path, 20)
        known = ParseCache.of(parse, self.parsed).find(name, sha256)
        return known.document if known else parse(name, path.read_bytes())
