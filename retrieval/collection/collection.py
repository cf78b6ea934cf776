"""A collection's live index: opened where it still holds, else built again and swapped in.

Everything happens under the lock of the index's folder, so that two processes never build at once
and none opens an index that another is removing. An index is opened only where every file has the
content it was written with. Otherwise it is built again from the documents, with the vectors that
are cached and the documents that were parsed before.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Set
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.collection.builder import IndexBuilder
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.collection.page_files import PageFiles
from retrieval.collection.parsed_journal import ParsedJournal
from retrieval.documents import Passage
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.errors import CollectionError, NoDocumentError
from retrieval.index.corpus import DOCUMENTS, load_documents
from retrieval.index.file_index import FileIndex
from retrieval.index.index import Index
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

    `built` tells whether this call built it.
    """

    index: Index
    manifest: Manifest
    files: PageFiles
    built: bool

    @classmethod
    def load(
        cls, live: Path, settings: RetrievalSettings, manifest: Manifest, *, built: bool
    ) -> Collection:
        """Open the index in the folder `live`."""
        files = PageFiles(settings, manifest.parsed_from)
        return cls(FileIndex.load(live), manifest, files, built)

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
                collection = Build(folder, settings, encoder, reranker, origin, contents).run()
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


@dataclass(frozen=True)
class Build:
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
            live = self.folder.replace(self.fill)
            self.folder.parsed.unlink(missing_ok=True)
        except (OSError, sqlite3.Error) as error:
            raise self.folder.unwritable(error) from error
        return Collection.load(live, self.settings, Manifest.load(live), built=True)

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


def check_folders(settings: RetrievalSettings) -> None:
    """Raise CollectionError where the index's folder lies among the documents."""
    if settings.index.resolve().is_relative_to(settings.seeds.resolve()):
        raise CollectionError(
            f"INDEX_DIR={settings.index} lies among the documents; name a folder outside."
        )


def scan_of(settings: RetrievalSettings) -> FolderScan:
    """Return the files of a collection; raises CollectionError where there is no folder."""
    within = settings.division.folders if settings.division else ()
    return FolderScan.of(settings.seeds, settings.limits.max_file_mb, within)


def origin_of(
    scan: FolderScan, settings: RetrievalSettings, encoder: Encoder, reranker: Reranker | None
) -> Origin:
    """Return what an index of these files is made from."""
    tesseract = Tesseract.installed() if settings.limits.ocr else None
    return Origin(
        fingerprint=scan.fingerprint,
        encoder=encoder.identity,
        faiss_index=settings.faiss_index,
        limits=f"{settings.limits!r} {' '.join(libreoffice.installed())}",
        reranker=reranker.identity if reranker else "",
        recognition=tesseract.identity if tesseract else "",
    )


def tell_refused(manifest: Manifest, before: Manifest | None) -> None:
    """Log what could not be read, except what the manifest before it named already."""
    for line in manifest.refused:
        if before is None or line not in before.refused:
            log.warning("Left out: %s", line)
    for line in manifest.partly_read:
        if before is None or line not in before.partly_read:
            log.warning("Read in part: %s", line)


def _opened(live: Path, settings: RetrievalSettings, origin: Origin) -> Collection | None:
    """Return the live index if it was made from `origin` and is sound; log why it is not."""
    try:
        manifest = Manifest.load(live)
        if manifest.origin.encoder != origin.encoder:
            raise CollectionError("another encoder made it")
        if manifest.origin != origin:
            return None
        manifest.check(live)
        return Collection.load(live, settings, manifest, built=False)
    except Exception as error:  # json, numpy, faiss and bm25s each raise errors of their own
        log.warning("The index in %s will be built again: %s", live.parent, error)
        return None


def read_documents(
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


def parsed_before(live: Path | None, origin: Origin) -> list[ParsedFile]:
    """Return what the live index's files gave, if it is sound and of the present format.

    Documents with pictures of text are left out where those would be read otherwise now.
    """
    if live is None:
        return []
    try:
        manifest = Manifest.load(live)
        manifest.check(live, DOCUMENTS)
        documents = load_documents(live / DOCUMENTS)
        stays = manifest.origin.reads_as(origin)
        kept = (one for one in documents if stays or not one.has_pictures_of_text)
        return [ParsedFile(one, manifest.parsed_from[one.name]) for one in kept]
    except (CollectionError, LookupError) as error:
        log.debug("Nothing is taken over from %s: %s", live, error)
        return []


def _nothing_readable(seeds: Path, contents: FolderContents) -> str:
    first = next((f"{r.name}: {r.reason}" for r in contents.refused), "it holds no text")
    return f"No document in {seeds} can be read ({first}); put documents there or set SEEDS_DIR."
