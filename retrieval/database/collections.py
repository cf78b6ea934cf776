"""Collections kept in PostgreSQL: opened as they are there, and written first where they differ.

A process that has the documents compares them with the live generation. Where they differ it takes
the collection's lock, and changes the generation or builds another one. A process without documents
opens what is live. What others have written is noticed by a generation's name and revision.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer

from retrieval.collection.collection import (
    Collection,
    check_folders,
    origin_of,
    scan_of,
    tell_refused,
)
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest
from retrieval.collection.page_files import PageFiles
from retrieval.database.building import build
from retrieval.database.connection import Database
from retrieval.database.database_index import DatabaseIndex
from retrieval.database.file_hashes import FileHashes
from retrieval.database.generation import Generation, Version
from retrieval.database.generations import Generations
from retrieval.database.news import News
from retrieval.database.update import Update
from retrieval.database.writer import GRACE
from retrieval.encoding.encoder import Encoder
from retrieval.errors import CollectionError, NoDocumentError
from retrieval.reading.folder import holds_files
from retrieval.reading.parse_cache import ParsedFile
from retrieval.refusals import shown
from retrieval.reranking.reranker import Reranker
from retrieval.settings import WHOLE, RetrievalSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DatabaseCollection(Collection):
    """A live generation with its manifest and the files behind it."""

    version: Version


class DatabaseCollections:
    """The collections of one database; all methods may be called from several threads at once."""

    def __init__(
        self, database: Database, encoder: Encoder, reranker: Reranker | None = None
    ) -> None:
        """Store where they are, and the models that they must have been made with."""
        self._database = database
        self._encoder = encoder
        self._reranker = reranker
        self._news = News(database)
        self._with_documents: set[str] = set()  # collections of which this machine has had some

    def open(
        self,
        settings: RetrievalSettings,
        parsed: Iterable[ParsedFile] = (),
        current: Collection | None = None,
        unfinished: Set[str] = frozenset(),
    ) -> DatabaseCollection:
        """Open the live generation, and write it first where it differs from the documents.

        Args:
            settings: Where the documents lie. Where that folder holds no file or is missing, what
                is live is opened.
            parsed: Files parsed a moment ago under the same limits, which are not parsed again.
            current: The collection that is open already. It is returned where it still holds.
            unfinished: The names of documents whose files are still being written; they stay as
                they are.

        Raises:
            NoDocumentError: No document can be read, or none is in the database either.
            CollectionError: The database cannot be read, or not be written where it must be.
        """
        check_folders(settings)
        generations, built = self._generations(settings), False
        live = generations.live()
        if holds_files(settings.seeds):
            self._with_documents.add(generations.collection)
        if generations.collection in self._with_documents:
            with IndexFolder.of(settings).locked():
                if live is None or live.manifest.origin != self._update(settings, live).origin:
                    live, built = self._written(generations, settings, tuple(parsed), unfinished)
        known = current if isinstance(current, DatabaseCollection) else None
        if live and known and known.version == live.version:
            return known
        opened = self._opened(settings, live, built=built)
        tell_refused(opened.manifest, known.manifest if known else None)
        return opened

    def copy(self, settings: RetrievalSettings) -> DatabaseCollection | None:
        """Make the index that lies in files the live generation, whatever it was made from.

        Returns:
            The collection; None where no index lies there.

        Raises:
            CollectionError: The index is damaged, or the database cannot be written.
        """
        folder, generations = IndexFolder.of(settings), self._generations(settings)
        with folder.locked():
            if (live := folder.live()) is None:
                return None
            manifest = Manifest.load(live)
            manifest.check(live)
            with generations.locked() as writer:
                written = build(writer, live, manifest)
        return self._opened(settings, written, built=True)

    def current(self, settings: RetrievalSettings) -> DatabaseCollection | None:
        """Return a collection if it holds, None where `open` would write; changes nothing.

        Raises CollectionError where the database cannot be read, or holds nothing that a machine
        without documents could open.
        """
        live = self._generations(settings).live()
        if holds_files(settings.seeds):
            if live is None or live.manifest.origin != self._update(settings, live).origin:
                return None
        return self._opened(settings, live, built=False)

    def forget_unused(self, collections: Sequence[RetrievalSettings]) -> None:
        """Keep all cached vectors: what other collections use is not known here."""

    def newer(
        self, settings: RetrievalSettings, current: Collection | None
    ) -> DatabaseCollection | None:
        """Open what is live where that is not `current` any more, None where it still is.

        The database is asked once a second at most. Where it cannot be read, the log says so.
        """
        version = self._news.version(_name(settings))
        known = current.version if isinstance(current, DatabaseCollection) else None
        if version is None or version == known:
            return None
        try:
            opened = self._opened(settings, self._generations(settings).live(), built=False)
        except CollectionError as error:
            self._news.refuse(_name(settings), version)
            log.warning("%s", error)
            return None
        return opened

    def is_gone(self, settings: RetrievalSettings) -> bool:
        """Tell whether a collection has no live generation any more."""
        return self._news.is_gone(_name(settings))

    def _generations(self, settings: RetrievalSettings) -> Generations:
        return Generations(self._database, _name(settings))

    def _update(
        self,
        settings: RetrievalSettings,
        live: Generation | None,
        parsed: tuple[ParsedFile, ...] = (),
        unfinished: Set[str] = frozenset(),
    ) -> Update:
        scan = scan_of(settings)
        if unfinished:
            known = FileHashes(self._database, live.schema) if live else {}
            scan = scan.without(unfinished, known)
        origin = origin_of(scan, settings, self._encoder, self._reranker)
        return Update(settings, self._encoder, self._reranker, scan, origin, parsed)

    def _written(
        self,
        generations: Generations,
        settings: RetrievalSettings,
        parsed: tuple[ParsedFile, ...],
        unfinished: Set[str],
    ) -> tuple[Generation, bool]:
        """Bring the live generation up to the documents; tell whether this process did it."""
        with generations.locked() as writer:
            # Another process may have written meanwhile, from the documents as they are now.
            live = generations.live()
            update = self._update(settings, live, parsed, unfinished)
            if live and live.manifest.origin == update.origin:
                return live, False
            try:
                written = update.run(writer, live)
            except NoDocumentError:
                if settings.division:  # nobody may find what its readers have removed
                    writer.retire()
                raise
        later = Timer(GRACE + 1, _drop_old, [generations])
        later.daemon = True
        later.start()
        return written, True

    def _opened(
        self, settings: RetrievalSettings, live: Generation | None, *, built: bool
    ) -> DatabaseCollection:
        if live is None:
            raise NoDocumentError(
                f"COLLECTION_URL holds no documents yet, and {shown(str(settings.seeds))} none to "
                "make a collection of; set SEEDS_DIR to your documents' folder."
            )
        self._check_models(live)
        return DatabaseCollection(
            DatabaseIndex.load(self._database, live, settings.ef_search),
            live.manifest,
            PageFiles(settings, FileHashes(self._database, live.schema)),
            built,
            live.version,
        )

    def _check_models(self, live: Generation) -> None:
        """Raise CollectionError where questions would be compared with other models' vectors."""
        origin, reranker = live.manifest.origin, self._reranker
        for name, made, own in (
            ("ENCODER", origin.encoder, self._encoder.identity),
            ("RERANKER", origin.reranker, reranker.identity if reranker else ""),
        ):
            if made != own:
                raise CollectionError(
                    f"COLLECTION_URL: the collection was made with {made or 'none'} as {name}, and "
                    f"here it is {own or 'none'}; set {name} as it is where the documents are."
                )


def _name(settings: RetrievalSettings) -> str:
    return settings.division.name if settings.division else WHOLE


def _drop_old(generations: Generations) -> None:
    with suppress(CollectionError):  # the next process that writes does it
        generations.drop_old()
