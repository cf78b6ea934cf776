"""A collection's live generation brought up to the documents as they are now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from retrieval.collection.builder import IndexBuilder
from retrieval.collection.collection import Build, manifest_of, read_documents
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.database.building import build
from retrieval.database.changes import Change, apply, is_worth_a_build, known_documents
from retrieval.database.generation import Generation
from retrieval.database.schema import DOCUMENTS
from retrieval.database.writer import Writer
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.errors import CollectionError
from retrieval.reading.folder import FolderContents, FolderScan
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reranking.reranker import Reranker
from retrieval.settings import RetrievalSettings


@dataclass(frozen=True)
class Update:
    """All that a generation is made from, or changed by.

    Attributes:
        settings: Where the documents lie, and how they are read.
        encoder: Makes the vectors.
        reranker: The one that questions will be asked with, if any.
        scan: The files of the collection.
        origin: What an index of them is made from.
        parsed: Files that were parsed a moment ago.
    """

    settings: RetrievalSettings
    encoder: Encoder
    reranker: Reranker | None
    scan: FolderScan
    origin: Origin
    parsed: tuple[ParsedFile, ...] = ()

    def run(self, writer: Writer, live: Generation | None) -> Generation:
        """Change the live generation, or build another one in its place.

        Raises:
            NoDocumentError: No document can be read.
            CollectionError: The vectors cannot be kept in the index's folder.
            SQLAlchemyError, psycopg.Error: The server fails; the live generation stays as it was.
        """
        folder = IndexFolder.of(self.settings)
        try:
            if files := self._files(folder):
                return build(writer, files, Manifest.load(files))
            contents = self._contents(writer, live, folder)
            changed = self._changed(writer, live, contents, folder) if live else None
            generation = changed or self._built(writer, contents, folder)
            folder.parsed.unlink(missing_ok=True)
            return generation
        except (OSError, sqlite3.Error) as error:
            raise folder.unwritable(error) from error

    def _files(self, folder: IndexFolder) -> Path | None:
        """Return the index in files, where one was made from the same documents."""
        try:
            live = folder.live()
            if live and (manifest := Manifest.load(live)).origin == self.origin:
                manifest.check(live)
                return live
        except CollectionError:  # it is damaged or of another format
            pass
        return None

    def _contents(
        self, writer: Writer, live: Generation | None, folder: IndexFolder
    ) -> FolderContents:
        known = list(self._parsed_before(writer, live)) if live else []
        return read_documents(folder, self.scan, self.settings, self.origin, [*known, *self.parsed])

    def _parsed_before(self, writer: Writer, live: Generation) -> Iterator[ParsedFile]:
        """Yield what the generation's files gave, where they would give the same now."""
        stays = live.manifest.origin.reads_as(self.origin)
        with writer.within(live.schema) as connection:
            for row in connection.execute(select(DOCUMENTS.c.record, DOCUMENTS.c.file)):
                document = Document.from_record(json.loads(row.record))
                if stays or not document.has_pictures_of_text:
                    yield ParsedFile(document, row.file)

    def _changed(
        self, writer: Writer, live: Generation, contents: FolderContents, folder: IndexFolder
    ) -> Generation | None:
        """Change the documents of the live generation; None where it is to be built anew."""
        if replace(live.manifest.origin, fingerprint=self.origin.fingerprint) != self.origin:
            return None
        with writer.within(live.schema) as connection:
            change = Change.between(known_documents(connection), contents.files)
            if is_worth_a_build(connection, live, change):
                return None
        manifest = manifest_of(self.origin, contents, 0, 0, 0)
        with (
            folder.scratch() as scratch,
            closing(VectorCache.open(folder.vectors, self.encoder)) as cache,
        ):
            return apply(writer, live, change, manifest, IndexBuilder(cache), scratch)

    def _built(self, writer: Writer, contents: FolderContents, folder: IndexFolder) -> Generation:
        with folder.scratch() as scratch:
            files = Build(folder, self.settings, self.encoder, self.reranker, self.origin, contents)
            files.fill(scratch)
            return build(writer, scratch, Manifest.load(scratch))
