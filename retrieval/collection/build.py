"""A collection's next index: built as a whole, or what has changed beside what stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from retrieval.collection.builder import IndexBuilder
from retrieval.collection.increment import Increment
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.collection.near_duplicates import SKETCHES, duplicate_groups
from retrieval.collection.segments import OpenSegments, Segments
from retrieval.documents import Passage
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.index.duplicates import Duplicates
from retrieval.index.file_index import FileIndex
from retrieval.index.numbering import Numbering
from retrieval.passages import passages_of
from retrieval.reading.folder import FolderContents
from retrieval.reranking.reranker import Reranker
from retrieval.settings import RetrievalSettings


@dataclass(frozen=True)
class Build:
    """All that a new index is made from, and the folder that it goes to."""

    folder: IndexFolder
    settings: RetrievalSettings
    encoder: Encoder
    reranker: Reranker | None
    origin: Origin
    contents: FolderContents

    def run(self) -> Path:
        """Write the index, make it the live one and return its folder.

        It was open once before, to measure its levels, and is to be opened again where it now lies:
        Windows renames no folder with a mapped file in it, and an index names its files in logs.

        Raises CollectionError where it cannot be written; the live index stays.
        """
        try:
            live = self.folder.replace(self.fill)
            self.folder.parsed.unlink(missing_ok=True)
        except (OSError, sqlite3.Error) as error:
            raise self.folder.unwritable(error) from error
        return live

    def extend(self, live: OpenSegments) -> Path | None:
        """Put what has changed beside the live index's segments, and make the result live.

        Returns:
            Its folder; None where so much has changed that the whole is better built again.

        Raises:
            CollectionError: It cannot be written; the live index stays.
        """
        increment = Increment.of(live, self.contents.files)
        if increment is None:
            return None
        try:
            folders = increment.kept
            if increment.passages:
                fill = partial(self._fill_segment, increment, live.largest)
                folders = (*folders, self.folder.add(fill))
            opened = {one: live.segments.get(one) or FileIndex.load(one) for one in folders}
            path = self.folder.replace(partial(self._fill_joined, opened, increment), folders)
            self.folder.parsed.unlink(missing_ok=True)
        except (OSError, sqlite3.Error) as error:
            raise self.folder.unwritable(error) from error
        return path

    def _fill_segment(self, increment: Increment, largest: FileIndex, folder: Path) -> None:
        """Write what is new into a new folder and, last, its manifest."""
        with closing(VectorCache.open(self.folder.vectors, self.encoder)) as cache:
            builder = IndexBuilder(cache, reranker=self.reranker)
            builder.build_segment(increment.passages, folder, largest)
            if self.settings.division:
                cache.used.save(folder)
        Manifest(self.origin, 0, len(increment.passages), 0).save(folder)

    def _fill_joined(
        self, opened: Mapping[Path, FileIndex], increment: Increment, folder: Path
    ) -> None:
        """Write which segments make up the index and, last, its manifest."""
        parts, order = list(opened.values()), increment.order
        documents = Numbering.of(order, [len(one.documents) for one in parts])
        sketches = documents.gathered([np.load(one / SKETCHES) for one in opened])
        groups = duplicate_groups(increment.documents, sketches, increment.groups)
        Segments.save(folder, opened, order, Duplicates(groups))
        self._manifest(FileIndex.joined(parts, order, Duplicates(groups))).save(folder)

    def fill(self, folder: Path) -> None:
        """Write the index into a new folder and, last, its manifest.

        Raises OSError and sqlite3.Error where that cannot be done.
        """
        with closing(VectorCache.open(self.folder.vectors, self.encoder)) as cache:
            builder = IndexBuilder(cache, self.settings.faiss_index, self.reranker)
            index = builder.build(self._passages(), folder)
            if self.settings.division:  # other collections use the same vectors
                cache.used.save(folder)
            else:
                cache.forget_unused()
        self._manifest(index).save(folder)

    def _passages(self) -> Iterator[Passage]:
        for document in self.contents.documents:
            yield from passages_of(document)

    def _manifest(self, index: FileIndex) -> Manifest:
        counts = len(index.documents), index.passage_count, index.sentence_count
        parsed_from = {file.document.name: file.sha256 for file in self.contents.files}
        return replace(manifest_of(self.origin, self.contents, *counts), parsed_from=parsed_from)


def manifest_of(
    origin: Origin, contents: FolderContents, documents: int, passages: int, sentences: int
) -> Manifest:
    """Return what is told of an index of a folder's contents, but the files of its documents."""
    return Manifest(
        origin,
        documents,
        passages,
        sentences,
        refused=tuple(f"{one.name}: {one.reason}" for one in contents.refused),
        partly_read=tuple(
            f"{document.name}: {'; '.join(map(str, document.warnings))}"
            for document in contents.documents
            if document.warnings
        ),
    )
