"""Pictures of the pages of a collection's files, drawn when they are asked for and kept a while.

A picture is drawn only of the very file that the document was parsed from. Each is drawn in a
process of its own, which starts in half a second and holds no memory afterwards.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from threading import Lock

from retrieval.documents import Document, Span
from retrieval.page_pictures import PagePicture, QuotedWords
from retrieval.reading.file import path_named, read_bytes
from retrieval.reading.sandbox import DrawingSandbox
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import RetrievalSettings

_SECONDS = 20  # for a quote's pages: somebody waits
_KEPT = 32  # quotes whose pictures are kept: about 10 MB, and 40 MB at most


class PageFiles:
    """The files behind an index's documents; its methods may be called from several threads."""

    def __init__(self, settings: RetrievalSettings, parsed_from: Mapping[str, str]) -> None:
        """Store where the files are.

        Args:
            settings: Where the documents lie, and what reading a file may take.
            parsed_from: The SHA-256, in hex, of the file of each document, by the document's name.
        """
        self._settings = settings
        self._parsed_from = parsed_from
        self._kept: OrderedDict[tuple[str, Span], tuple[PagePicture, ...]] = OrderedDict()
        self._lock = Lock()

    def pictures(self, document: Document, span: Span) -> tuple[PagePicture, ...]:
        """Return the pages, of which there is at least one, that `span` stands on; blocks.

        Args:
            document: A document of the index that `have_pictures`.
            span: What is marked, where its place on the pages is certain.

        Raises:
            UnreadableError: The file is gone (`Cause.NO_FILE`), has changed since it was parsed
                (`Cause.CHANGED`), or drawing its pages goes beyond the limits.
            CollectionError: No process starts that draws.
        """
        data = self._file_of(document)
        key = (document.name, span)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        drawn = self._drawn(document, data, span)
        with self._lock:
            self._kept[key] = drawn
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return drawn

    def _file_of(self, document: Document) -> bytes:
        path = path_named(document.name, self._settings.seeds)
        data = read_bytes(path, self._settings.limits.max_file_mb)
        if hashlib.sha256(data).hexdigest() != self._parsed_from.get(document.name):
            raise UnreadableError(Cause.CHANGED)
        return data

    def _drawn(self, document: Document, data: bytes, span: Span) -> tuple[PagePicture, ...]:
        limits = self._settings.limits
        seconds = min(limits.parse_seconds, _SECONDS)
        with closing(DrawingSandbox(replace(limits, parse_seconds=seconds))) as sandbox:
            return sandbox.draw(document.name, data, QuotedWords.of(document, span))
