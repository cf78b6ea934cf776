"""A collection's live index: opened where it still holds, else brought up to date and swapped in.

Everything happens under the lock of the index's folder, so that two processes never build at once
and none opens an index that another is removing. An index is opened only where every file has the
content it was written with. Where documents have changed, they go into a new segment beside those
that stay (see `retrieval.collection.increment`). Otherwise the index is built again, with the
vectors that are cached and the documents that were parsed before.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from retrieval.collection.build import Build
from retrieval.collection.documents_folder import (
    check_folders,
    origin_of,
    parsed_before,
    read_documents,
    scan_of,
    tell_refused,
)
from retrieval.collection.increment import is_large
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.collection.page_files import PageFiles
from retrieval.collection.segments import OpenSegments, Segments
from retrieval.encoding.encoder import Encoder
from retrieval.errors import CollectionError
from retrieval.index.file_index import FileIndex
from retrieval.index.index import Index
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reranking.reranker import Reranker
from retrieval.settings import RetrievalSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Collection:
    """A live index with its manifest and the files behind it.

    Attributes:
        index: The index.
        manifest: What it was made from.
        files: The files behind its documents.
        built: Whether this call built it.
        opened: Its segments, None where it lies in no files.
    """

    index: Index
    manifest: Manifest
    files: PageFiles
    built: bool
    opened: OpenSegments | None = field(default=None, kw_only=True)

    @classmethod
    def load(
        cls,
        live: Path,
        settings: RetrievalSettings,
        known: Mapping[Path, FileIndex] | None = None,
        *,
        built: bool,
    ) -> Collection:
        """Open the index in the folder `live`; segments in `known` are open already."""
        manifest = Manifest.load(live)
        opened = OpenSegments.load(live, manifest, known)
        files = PageFiles(settings, manifest.parsed_from)
        return cls(opened.whole, manifest, files, built, opened=opened)

    @classmethod
    def open(
        cls,
        settings: RetrievalSettings,
        encoder: Encoder,
        reranker: Reranker | None = None,
        parsed: Iterable[ParsedFile] = (),
        current: Collection | None = None,
        unfinished: Set[str] = frozenset(),
    ) -> Collection:
        """Open the live index, and build it first where there is none or it no longer holds.

        The log names each file that is left out or read in part, whether or not the index was
        built now, except those that it named for `current`.

        Args:
            settings: Where the documents and the index lie, and what reading a file may take.
            encoder: Makes the vectors; an index of another encoder is built again.
            reranker: Reads the best candidates; an index of another one is built again.
            parsed: Files parsed a moment ago under the same limits, which are not parsed again.
            current: The collection that is open already. It is returned where it still holds.
            unfinished: The names of documents whose files are still being written; they stay as
                they are in `current`.

        Raises:
            NoDocumentError: No document can be read.
            CollectionError: The index cannot be written.
        """
        check_folders(settings)
        folder = IndexFolder.of(settings)
        with folder.locked():
            # The scan comes after the lock: another process may have built for some time.
            scan = scan_of(settings)
            if current:
                scan = scan.without(unfinished, current.manifest.parsed_from)
            origin = origin_of(scan, settings, encoder, reranker)
            if current and current.manifest.origin == origin:
                return current
            live = folder.live()
            collection = _opened(live, settings, origin) if live else None
            if collection is None:
                known = [*parsed_before(live, origin), *parsed]
                contents = read_documents(folder, scan, settings, origin, known)
                beside = _beside(live, origin, current) if live else None
                build = Build(folder, settings, encoder, reranker, origin, contents)
                path = (beside and build.extend(beside)) or build.run()
                known_segments = beside.segments if beside else None
                collection = cls.load(path, settings, known_segments, built=True)
        tell_refused(collection.manifest, current.manifest if current else None)
        return collection

    @classmethod
    def current(
        cls, settings: RetrievalSettings, encoder: Encoder, reranker: Reranker | None = None
    ) -> Collection | None:
        """Return the live index if it holds, None where `open` would build; changes nothing.

        Raises CollectionError where the documents' folder is missing.
        """
        scan = scan_of(settings)
        live = IndexFolder.of(settings).live()
        origin = origin_of(scan, settings, encoder, reranker)
        return _opened(live, settings, origin) if live else None


def _beside(live: Path, origin: Origin, current: Collection | None) -> OpenSegments | None:
    """Return the live index if it differs from `origin` in its documents alone and is sound."""
    try:
        manifest = Manifest.load(live)
        now = replace(manifest.origin, fingerprint=origin.fingerprint)
        if now != origin or now == manifest.origin or not is_large(manifest.passages):
            return None
        if current and current.opened and current.opened.live == live:
            return current.opened
        Segments.of(live).check()
        return OpenSegments.load(live, manifest)
    except Exception as error:  # json, numpy, faiss and bm25s each raise errors of their own
        log.debug("Nothing is put beside %s: %s", live, error)
        return None


def _opened(live: Path, settings: RetrievalSettings, origin: Origin) -> Collection | None:
    """Return the live index if it was made from `origin` and is sound; log why it is not."""
    try:
        manifest = Manifest.load(live)
        if manifest.origin.encoder != origin.encoder:
            raise CollectionError("another encoder made it")
        if manifest.origin != origin:
            return None
        Segments.of(live).check()
        return Collection.load(live, settings, built=False)
    except Exception as error:  # json, numpy, faiss and bm25s each raise errors of their own
        log.warning("The index in %s will be built again: %s", live.parent, error)
        return None
