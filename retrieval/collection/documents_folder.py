"""A collection's documents: which files there are, what they are read with, and what they hold."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.collection.parsed_journal import ParsedJournal
from retrieval.collection.segments import Segments
from retrieval.encoding.encoder import Encoder
from retrieval.errors import CollectionError, NoDocumentError
from retrieval.passages import passages_of
from retrieval.reading.folder import FolderContents, FolderScan, read_folder
from retrieval.reading.formats import libreoffice
from retrieval.reading.parse_cache import ParseCache, ParsedFile
from retrieval.reading.recognition.tesseract import Tesseract
from retrieval.reading.sandbox_pool import SandboxPool
from retrieval.reranking.reranker import Reranker
from retrieval.settings import RetrievalSettings

log = logging.getLogger(__name__)


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
