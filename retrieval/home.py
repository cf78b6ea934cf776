"""Where a collection's index is kept: in a folder, or in the database that COLLECTION_URL names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence, Set
from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from retrieval.collection.collection import Collection
from retrieval.collection.index_folder import IndexFolder
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.used_texts import UsedTexts
from retrieval.errors import full_installation
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reranking.reranker import Reranker
from retrieval.settings import RetrievalSettings

if TYPE_CHECKING:
    from retrieval.database.collections import DatabaseCollections


class Home(Protocol):
    """Opens collections, and knows what others have made of them."""

    def open(
        self,
        settings: RetrievalSettings,
        parsed: Iterable[ParsedFile] = (),
        current: Collection | None = None,
        unfinished: Set[str] = frozenset(),
    ) -> Collection:
        """Open a collection, and build its index first where it no longer holds.

        Args:
            settings: Where the documents lie.
            parsed: Files that were parsed already, and are not parsed again.
            current: The collection as it is open; returned where it still holds.
            unfinished: The names of documents whose files are still being written; they stay as
                they were.

        Raises:
            NoDocumentError: No document can be read.
            CollectionError: The index cannot be read or written.
        """

    def copy(self, settings: RetrievalSettings) -> Collection | None:
        """Take over the index that lies in the index's folder; None where there is none.

        Raises CollectionError where it is damaged.
        """

    def current(self, settings: RetrievalSettings) -> Collection | None:
        """Return a collection if it holds, None where `open` would build; changes nothing.

        Raises CollectionError where it cannot be looked at.
        """

    def forget_unused(self, collections: Sequence[RetrievalSettings]) -> None:
        """Delete the cached vectors that none of these uses; there is no other collection.

        Raises CollectionError where the cache cannot be written.
        """

    def newer(self, settings: RetrievalSettings, current: Collection | None) -> Collection | None:
        """Open what another process has made of a collection, None where `current` holds."""

    def is_gone(self, settings: RetrievalSettings) -> bool:
        """Tell whether another process has found a collection without documents."""


class IndexFolders:
    """Collections whose indexes lie in folders of this machine."""

    def __init__(self, encoder: Encoder, reranker: Reranker | None) -> None:
        """Store the models that make the indexes."""
        self._encoder = encoder
        self._reranker = reranker

    def open(
        self,
        settings: RetrievalSettings,
        parsed: Iterable[ParsedFile] = (),
        current: Collection | None = None,
        unfinished: Set[str] = frozenset(),
    ) -> Collection:
        """Open a collection as `Collection.open` does."""
        models = self._encoder, self._reranker
        return Collection.open(settings, *models, parsed, current, unfinished)

    def copy(self, settings: RetrievalSettings) -> Collection | None:
        """Return None: it is there already."""
        return None

    def current(self, settings: RetrievalSettings) -> Collection | None:
        """Return a collection as `Collection.current` does."""
        return Collection.current(settings, self._encoder, self._reranker)

    def forget_unused(self, collections: Sequence[RetrievalSettings]) -> None:
        """Look up in each index which vectors it uses, and delete all others."""
        live = [IndexFolder.of(settings).live() for settings in collections]
        used = [UsedTexts.load(folder) if folder else None for folder in live]
        known = [texts for texts in used if texts]
        if not known or len(known) < len(used):
            return
        root = IndexFolder(collections[0].index)
        try:
            with root.locked(), closing(VectorCache.open(root.vectors, self._encoder)) as cache:
                cache.forget_all_but(UsedTexts.together(known))
        except (OSError, sqlite3.Error) as error:
            raise root.unwritable(error) from error

    def newer(self, settings: RetrievalSettings, current: Collection | None) -> Collection | None:
        """Return None: each process opens the folder for itself."""

    def is_gone(self, settings: RetrievalSettings) -> bool:
        """Return False: each process opens the folder for itself."""
        return False


def home_of(
    settings: RetrievalSettings, encoder: Encoder, reranker: Reranker | None = None
) -> Home:
    """Return where the settings say that collections are kept; nothing is connected yet.

    Raises UserError where the packages for PostgreSQL are not installed.
    """
    if not settings.collection_url:
        return IndexFolders(encoder, reranker)
    return _database(settings, encoder, reranker)


def _database(
    settings: RetrievalSettings, encoder: Encoder, reranker: Reranker | None
) -> DatabaseCollections:
    with full_installation("COLLECTION_URL", '"trichdan[postgres]"'):
        from retrieval.database.collections import DatabaseCollections
        from retrieval.database.connection import Database
    return DatabaseCollections(Database.of(settings.collection_url), encoder, reranker)
