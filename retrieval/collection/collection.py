"""A collection's live index: opened where it still holds, else brought up to date and swapped in.

Everything happens under the lock of the index's folder, so that two processes never build at once
and none opens an index that another is removing. An index is opened only where every file has the
content it was written with. Where documents have changed, they go into a new segment beside those
that stay (see `retrieval.collection.increment`). Otherwise the index is built again, with the
vectors that are cached and the documents that were parsed before.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from retrieval.collection.builder import IndexBuilder
from retrieval.collection.increment import Increment, OpenSegments
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.collection.near_duplicates import SKETCHES, duplicate_groups
from retrieval.collection.page_files import PageFiles
from retrieval.collection.parsed_journal import ParsedJournal
from retrieval.collection.segments import Segments
from retrieval.documents import Passage
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.errors import CollectionError, NoDocumentError
from retrieval.index.duplicates import Duplicates
from retrieval.index.file_index import FileIndex
from retrieval.index.numbering import Numbering
from retrieval.passages import passages_of
from retrieval.reading.folder import FolderContents, FolderScan, read_folder
from retrieval.reading.formats import libreoffice
from retrieval.reading.parse_cache import ParseCache, ParsedFile
from retrieval.reading.recognition.tesseract import Tesseract
from retrieval.reading.sandbox_pool import SandboxPool
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
        live: Its folder.
        segments: Each of its segments by its folder, the largest first.
    """

    index: FileIndex
    manifest: Manifest
    files: PageFiles
    built: bool
    live: Path
    segments: Mapping[Path, FileIndex]

    @classmethod
    def load(
        cls,
        live: Path,
        settings: RetrievalSettings,
        manifest: Manifest,
        known: Mapping[Path, FileIndex] | None = None,
        *,
        built: bool,
    ) -> Collection:
        """Open the index in the folder `live`; segments in `known` are open already."""
        index, opened = Segments.of(live).open(known or {})
        files = PageFiles(settings, manifest.parsed_from)
        return cls(index, manifest, files, built, live, opened)

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
        if settings.index.resolve().is_relative_to(settings.seeds.resolve()):
            raise CollectionError(
                f"INDEX_DIR={settings.index} lies among the documents; name a folder outside."
            )
        folder = IndexFolder.of(settings)
        with folder.locked():
            # The scan comes after the lock: another process may have built for some time.
            scan = _scan(settings)
            if current:
                scan = scan.without(unfinished, current.manifest.parsed_from)
            origin = _origin(scan, settings, encoder, reranker)
            if current and current.manifest.origin == origin:
                return current
            live = folder.live()
            collection = _opened(live, settings, origin) if live else None
            if collection is None:
                known = [*_parsed_before(live, origin), *parsed]
                contents = _read(folder, scan, settings, origin, known)
                base = _base(live, settings, origin, current) if live else None
                build = _Build(folder, settings, encoder, reranker, origin, contents)
                collection = (base and build.extend(base)) or build.run()
        _warn(collection.manifest, current.manifest if current else None)
        return collection

    @classmethod
    def current(
        cls, settings: RetrievalSettings, encoder: Encoder, reranker: Reranker | None = None
    ) -> Collection | None:
        """Return the live index if it holds, None where `open` would build; changes nothing.

        Raises CollectionError where the documents' folder is missing.
        """
        scan = _scan(settings)
        live = IndexFolder.of(settings).live()
        origin = _origin(scan, settings, encoder, reranker)
        return _opened(live, settings, origin) if live else None


@dataclass(frozen=True)
class _Build:
    """All that a new index is made from, and the folder that it goes to."""

    folder: IndexFolder
    settings: RetrievalSettings
    encoder: Encoder
    reranker: Reranker | None
    origin: Origin
    contents: FolderContents

    def run(self) -> Collection:
        """Write the index, make it the live one and open it.

        It was open once before, to measure its levels, and is opened again where it now lies:
        Windows renames no folder with a mapped file in it, and an index names its files in logs.
        """
        try:
            live = self.folder.replace(self._fill)
            self.folder.parsed.unlink(missing_ok=True)
        except (OSError, sqlite3.Error) as error:
            raise self.folder.unwritable(error) from error
        return Collection.load(live, self.settings, Manifest.load(live), built=True)

    def extend(self, base: Collection) -> Collection | None:
        """Put what has changed beside the segments of `base`, make the result live and open it.

        Returns None where so much has changed that the whole is better built again.
        """
        live = OpenSegments(
            base.index, base.segments, Segments.of(base.live).order, base.manifest.parsed_from
        )
        increment = Increment.of(live, self.contents.files)
        if increment is None:
            return None
        try:
            folders = increment.kept
            if increment.passages:
                fill = partial(self._fill_segment, increment, live.largest)
                folders = (*folders, self.folder.add(fill))
            opened = {one: base.segments.get(one) or FileIndex.load(one) for one in folders}
            path = self.folder.replace(partial(self._fill_joined, opened, increment), folders)
            self.folder.parsed.unlink(missing_ok=True)
        except (OSError, sqlite3.Error) as error:
            raise self.folder.unwritable(error) from error
        return Collection.load(path, self.settings, Manifest.load(path), opened, built=True)

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

    def _fill(self, folder: Path) -> None:
        """Write the index into a new folder and, last, its manifest."""
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
        return Manifest(
            self.origin,
            documents=len(index.documents),
            passages=index.passage_count,
            sentences=index.sentence_count,
            refused=tuple(f"{one.name}: {one.reason}" for one in self.contents.refused),
            partly_read=tuple(
                f"{document.name}: {'; '.join(map(str, document.warnings))}"
                for document in self.contents.documents
                if document.warnings
            ),
            parsed_from={file.document.name: file.sha256 for file in self.contents.files},
        )


def _scan(settings: RetrievalSettings) -> FolderScan:
    within = settings.division.folders if settings.division else ()
    return FolderScan.of(settings.seeds, settings.limits.max_file_mb, within)


def _origin(
    scan: FolderScan, settings: RetrievalSettings, encoder: Encoder, reranker: Reranker | None
) -> Origin:
    tesseract = Tesseract.installed() if settings.limits.ocr else None
    return Origin(
        fingerprint=scan.fingerprint,
        encoder=encoder.identity,
        faiss_index=settings.faiss_index,
        limits=f"{settings.limits!r} {' '.join(libreoffice.installed())}",
        reranker=reranker.identity if reranker else "",
        recognition=tesseract.identity if tesseract else "",
    )


def _warn(manifest: Manifest, before: Manifest | None) -> None:
    """Log what could not be read, except what the manifest before it named already."""
    for line in manifest.refused:
        if before is None or line not in before.refused:
            log.warning("Left out: %s", line)
    for line in manifest.partly_read:
        if before is None or line not in before.partly_read:
            log.warning("Read in part: %s", line)


def _base(
    live: Path, settings: RetrievalSettings, origin: Origin, current: Collection | None
) -> Collection | None:
    """Return the live index if it differs from `origin` in its documents alone and is sound."""
    try:
        manifest = Manifest.load(live)
        now = replace(manifest.origin, fingerprint=origin.fingerprint)
        if now != origin or now == manifest.origin:
            return None
        if current and current.live == live:
            return current
        Segments.of(live).check()
        return Collection.load(live, settings, manifest, built=False)
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
        return Collection.load(live, settings, manifest, built=False)
    except Exception as error:  # json, numpy, faiss and bm25s each raise errors of their own
        log.warning("The index in %s will be built again: %s", live.parent, error)
        return None


def _read(
    folder: IndexFolder,
    scan: FolderScan,
    settings: RetrievalSettings,
    origin: Origin,
    known: Iterable[ParsedFile],
) -> FolderContents:
    """Read the documents, several at once; raises NoDocumentError where none has a passage."""
    try:
        with (
            closing(ParsedJournal.open(folder.parsed, origin.reading)) as journal,
            closing(SandboxPool.of_all_processors(settings.limits)) as sandboxes,
        ):
            cache = ParseCache.of(sandboxes.parse, [*known, *journal.found], journal.append)
            contents = read_folder(scan, cache, sandboxes.size)
    except OSError as error:
        raise folder.unwritable(error) from error
    if not any(passages_of(document) for document in contents.documents):
        raise NoDocumentError(_nothing_readable(settings.seeds, contents))
    return contents


def _parsed_before(live: Path | None, origin: Origin) -> list[ParsedFile]:
    """Return what the live index's files gave, if it is sound and of the present format.

    Documents with pictures of text are left out where those would be read otherwise now.
    """
    if live is None:
        return []
    try:
        manifest = Manifest.load(live)
        documents = Segments.of(live).checked_documents()
        stays = manifest.origin.reads_as(origin)
        kept = (one for one in documents if stays or not one.has_pictures_of_text)
        return [ParsedFile(one, manifest.parsed_from[one.name]) for one in kept]
    except (CollectionError, LookupError, OSError, ValueError) as error:
        log.debug("Nothing is taken over from %s: %s", live, error)
        return []


def _nothing_readable(seeds: Path, contents: FolderContents) -> str:
    first = next((f"{r.name}: {r.reason}" for r in contents.refused), "it holds no text")
    return f"No document in {seeds} can be read ({first}); put documents there or set SEEDS_DIR."
