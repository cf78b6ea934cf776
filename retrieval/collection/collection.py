"""The collection on disk and its live index: opened where it still holds, else built and swapped.

Everything happens under the index folder's lock, so that two processes never build into one
folder and none opens an index that another is removing. An index is opened only where every file
is what was written; another is built again from the documents, with the vectors that are cached.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from retrieval.collection.builder import IndexBuilder
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest, Origin, fingerprint
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.errors import CollectionError
from retrieval.index.corpus import DOCUMENTS, load_documents
from retrieval.index.index import Index
from retrieval.passages import passages_of
from retrieval.ranking.calibration import calibrated
from retrieval.reading.folder import FolderContents, read_folder
from retrieval.reading.parse_cache import ParseCache
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import RetrievalSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Collection:
    """A live index with its manifest; `built` tells whether this call built it."""

    index: Index
    manifest: Manifest
    built: bool

    @classmethod
    def open(cls, settings: RetrievalSettings, encoder: Encoder) -> Collection:
        """Open the live index, building it first where there is none or it no longer holds.

        Raises CollectionError where the documents cannot be read or the index not be written.
        """
        if settings.index.resolve().is_relative_to(settings.seeds.resolve()):
            raise CollectionError(
                f"INDEX_DIR={settings.index} lies among the documents; name a folder outside."
            )
        folder = IndexFolder(settings.index)
        with folder.locked():
            origin = _origin(settings, encoder)  # as it is now, not before another's build
            live = folder.live()
            opened = _opened(live, origin) if live else None
            return opened or _built(folder, live, settings, origin, encoder)


@dataclass(frozen=True)
class _Build:
    """What an index is made from, the vectors cached before, and what its manifest tells."""

    vectors: Path
    encoder: Encoder
    faiss_index: str
    origin: Origin
    collection: FolderContents
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Fill a new folder with an index and, last, its manifest."""
        documents = self.collection.documents
        passages = (passage for document in documents for passage in passages_of(document))
        with closing(VectorCache.open(self.vectors, self.encoder)) as cache:
            index = IndexBuilder(cache, self.faiss_index).build(passages, folder)
            calibrated(index, cache).levels.save(folder)
            cache.forget_unused()
        self._manifest(index).save(folder)

    def _manifest(self, index: Index) -> Manifest:
        return Manifest(
            self.origin,
            documents=len(index.documents),
            passages=len(index.passages),
            sentences=int(index.first_sentence[-1]),
            refused=tuple(f"{one.name}: {one.reason}" for one in self.collection.refused),
            files=self.files,
        )


def _origin(settings: RetrievalSettings, encoder: Encoder) -> Origin:
    return Origin(
        files=fingerprint(settings.seeds, settings.limits.max_file_mb),
        encoder=encoder.identity,
        faiss_index=settings.faiss_index,
        limits=repr(settings.limits),
    )


def _opened(live: Path, origin: Origin) -> Collection | None:
    """Return the live index if it was made from `origin` and is sound; tell where it is not."""
    try:
        manifest = Manifest.load(live)
        if manifest.origin.encoder != origin.encoder:
            raise CollectionError("another encoder made it")
        if manifest.origin != origin:
            return None
        manifest.check(live)
        return Collection(Index.load(live), manifest, built=False)
    except Exception as error:  # json, numpy, faiss, bm25s: each has errors of its own
        log.warning("The index in %s will be built again: %s", live.parent, error)
        return None


def _built(
    folder: IndexFolder,
    live: Path | None,
    settings: RetrievalSettings,
    origin: Origin,
    encoder: Encoder,
) -> Collection:
    with closing(Sandbox(settings.limits)) as sandbox:
        readings = _readings(live, sandbox)
        collection = read_folder(settings.seeds, readings.read, settings.limits.max_file_mb)
    if not any(passages_of(document) for document in collection.documents):
        raise CollectionError(_nothing_readable(settings.seeds, collection))
    files = readings.files(collection.documents)
    build = _Build(folder.vectors, encoder, settings.faiss_index, origin, collection, files)
    try:
        live = folder.replace(build.write)
    except (OSError, sqlite3.Error) as error:
        raise folder.unwritable(error) from error
    library = Collection(Index.load(live), Manifest.load(live), built=True)
    for line in library.manifest.refused:
        log.warning("Left out: %s", line)
    return library


def _readings(live: Path | None, sandbox: Sandbox) -> ParseCache:
    """Return what the live index has read, if it is sound and was read as it is now."""
    try:
        if live:
            manifest = Manifest.load(live)
            manifest.check(live, DOCUMENTS)
            return ParseCache.again(sandbox.parse, load_documents(live / DOCUMENTS), manifest.files)
    except (CollectionError, LookupError) as error:  # told by `_opened` already
        log.debug("Nothing is taken over from %s: %s", live, error)
    return ParseCache(sandbox.parse)


def _nothing_readable(seeds: Path, collection: FolderContents) -> str:
    first = next((f"{r.name}: {r.reason}" for r in collection.refused), "it holds no text")
    return f"No document in {seeds} can be read ({first}); put documents there or set SEEDS_DIR."
