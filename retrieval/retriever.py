"""One collection that may be asked: how the command line, an evaluation and a program ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from datetime import date
from threading import Lock

from retrieval.collection.collection import Collection
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.home import Home, home_of
from retrieval.index.index import Index
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reranking.loading import load_reranker
from retrieval.reranking.reranker import Reranker
from retrieval.searcher import Searcher, Shelf
from retrieval.selection import Selection
from retrieval.settings import RetrievalSettings


class Retriever(Selection):
    """Answers questions from a folder of documents.

    All methods may be called from several threads at once.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     settings = RetrievalSettings(seeds=Path(folder, "seeds"), index=Path(folder, "index"))
    ...     settings.seeds.mkdir()
    ...     _ = (settings.seeds / "food.txt").write_text("Rice is the staple food of Vietnam.")
    ...     hit = Retriever.open(settings).ask("What do people in Vietnam eat?").hits[0]
    >>> print(hit.quote, "-", hit.document.citation)
    Rice is the staple food of Vietnam. - food.txt
    """

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        settings: RetrievalSettings | None = None,
        reranker: Reranker | None = None,
        today: Callable[[], date] = date.today,
        collection: Collection | None = None,
        home: Home | None = None,
    ) -> None:
        """Store what answers questions.

        Args:
            index: The passages that are searched.
            encoder: The encoder that made the index.
            settings: Where the documents and the index lie; None for an index that lies nowhere,
                which `reopen` leaves as it is.
            reranker: The one that the index's levels were measured with, if any.
            today: Tells the day from which "last week" in a question counts.
            collection: What the index belongs to. With it, `reopen` does nothing where nothing has
                changed, and pages of its files can be drawn.
            home: What opened the collection; by default what the settings say.
        """
        super().__init__(Searcher(encoder, reranker, today))
        self._shelf = Shelf(index, files=collection.files if collection else None)
        self._collection = collection
        self._settings = settings
        self._home = home
        self._reopening = Lock()

    @classmethod
    def open(cls, settings: RetrievalSettings) -> Retriever:
        """Load the encoder, and the reranker if one is named, and open the index.

        The index is built first where there is none, or where the documents, a model or the format
        have changed since.

        Raises:
            EncoderError: The encoder cannot be loaded.
            RerankerError: The reranker cannot be loaded.
            CollectionError: The documents cannot be read, or the index cannot be written.
        """
        encoder = load_encoder(settings.encoder)
        reranker = load_reranker(settings.reranker)
        home = home_of(settings, encoder, reranker)
        opened = home.open(settings)
        return cls(opened.index, encoder, settings, reranker, collection=opened, home=home)

    @property
    def shelves(self) -> Sequence[Shelf]:
        """The open index, as it is now."""
        if self._settings and self._home:
            if newer := self._home.newer(self._settings, self._collection):
                self._put(newer)
        return (self._shelf,)

    def reopen(self, *parsed: ParsedFile, unfinished: Set[str] = frozenset()) -> None:
        """Take up what has changed in the documents' folder.

        Meanwhile questions are answered from the old index. Calls from several threads reopen one
        after the other.

        Args:
            parsed: Files that were parsed already, and are not parsed again.
            unfinished: The names of documents whose files are still being written; they stay as
                they were.

        Raises:
            CollectionError: As `open` does; the old index stays.
        """
        if self._settings is None:
            return
        with self._reopening:
            if self._home is None:
                searcher = self._searcher
                self._home = home_of(self._settings, searcher.encoder, searcher.reranker)
            opened = self._home.open(self._settings, parsed, self._collection, unfinished)
            if opened is not self._collection:
                self._put(opened)

    def _put(self, opened: Collection) -> None:
        self._collection = opened
        self._shelf = Shelf(opened.index, files=opened.files)
