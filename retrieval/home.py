"""Where a collection's index is kept: in a folder, or in the database that COLLECTION_URL names."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import TYPE_CHECKING, Protocol

from retrieval.collection.collection import Collection
from retrieval.encoding.encoder import Encoder
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
