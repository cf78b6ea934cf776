"""All collections of an installation, open at once, with one encoder and one vector cache.

Without COLLECTIONS the documents are one collection, whose name is empty. With it, each one has an
index of its own. Whoever asks gets a selection of them by name, and reaches no other by it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection as Group
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from threading import Lock

from retrieval.answers import CollectionLabel
from retrieval.collection.collection import Collection
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.errors import NoDocumentError
from retrieval.home import home_of
from retrieval.reading.folder import outside
from retrieval.reading.parse_cache import ParsedFile
from retrieval.refusals import shown
from retrieval.reranking.loading import load_reranker
from retrieval.reranking.reranker import Reranker
from retrieval.searcher import Searcher, Shelf
from retrieval.selection import Selection
from retrieval.settings import WHOLE, Division, RetrievalSettings

_NAMED = 5  # files and folders of no collection that the warning names

log = logging.getLogger(__name__)


class Library:
    """Collections by their names.

    All methods may be called from several threads at once. Those that open collections wait for
    each other; questions are answered meanwhile.
    """

    def __init__(
        self, settings: RetrievalSettings, encoder: Encoder, reranker: Reranker | None = None
    ) -> None:
        """Store what all collections are opened with; none is open yet."""
        self._settings = settings
        self._searcher = Searcher(encoder, reranker)
        self._home = home_of(settings, encoder, reranker)
        self._divisions: Mapping[str, Division] = {}
        self._shelves: Mapping[str, Shelf | None] = {}  # None for one without documents
        self._current: Mapping[str, Collection] = {}
        self._opening, self._changing = Lock(), Lock()

    @classmethod
    def open(cls, settings: RetrievalSettings, divisions: Iterable[Division] = ()) -> Library:
        """Load the models, and open all collections; those that do not hold are built first.

        Args:
            settings: Where the documents and the indexes lie.
            divisions: The collections; without any the documents are one.

        Raises:
            EncoderError: The encoder cannot be loaded.
            RerankerError: The reranker cannot be loaded.
            CollectionError: The documents cannot be read, or an index cannot be written. A
                collection without documents is no error.
        """
        library = cls(settings, load_encoder(settings.encoder), load_reranker(settings.reranker))
        library.divide(divisions)
        library.open_all()
        return library

    def select(self, names: Iterable[str] = (WHOLE,)) -> Selection:
        """Return the collections of these names; one that is not open counts as empty."""
        return _Part(self, frozenset(names), self._searcher)

    def divide(self, divisions: Iterable[Division]) -> None:
        """Take over other collections at once.

        Those that have changed are empty until `open_all` has opened them: their old indexes hold
        what may belong to another collection by now.
        """
        new = {one.name: one for one in divisions}
        with self._changing:
            kept = {
                name: _relabelled(shelf, new.get(name))
                for name, shelf in self._shelves.items()
                if _folders_of(name, self._divisions) == _folders_of(name, new)
            }
            self._current = {name: one for name, one in self._current.items() if name in kept}
            self._divisions, self._shelves = new, kept

    def open_all(self) -> None:
        """Open the collections that are not open yet, and say what belongs to none.

        Raises CollectionError as `open` does.
        """
        for name in self.unopened:
            self.reopen(name)
        self.tell_what_is_outside()

    @property
    def unopened(self) -> tuple[str, ...]:
        """The names of the collections that `open_all` would open."""
        return tuple(name for name in self.names if name not in self._shelves)

    def reopen(
        self, name: str = WHOLE, *parsed: ParsedFile, unfinished: Set[str] = frozenset()
    ) -> Collection | None:
        """Take up what has changed in one collection's folders.

        Args:
            name: The collection.
            parsed: Files that were parsed already, and are not parsed again.
            unfinished: The names of documents whose files are still being written; they stay as
                they were.

        Returns:
            The collection as it was opened; None where it holds no document, or is no more.

        Raises:
            CollectionError: The documents cannot be read, or the index cannot be written; the old
                index stays.
        """
        with self._opening:
            if name not in self.names:
                return None
            division, current = self._divisions.get(name), self._current.get(name)
            opened = self._opened(division, parsed, current, unfinished)
            with self._changing:
                if _folders_of(name, self._divisions) != (division.folders if division else ()):
                    return None  # its folders have changed meanwhile
                if opened is None or opened is not current:
                    self._put(name, opened)
            if opened and opened.built and division:
                self._forget_unused()
            return opened

    def take_over(self, name: str = WHOLE) -> Collection | None:
        """Take one collection's index from the index's folder into the database.

        Returns:
            The collection as it was opened; None where no index lies there.

        Raises:
            CollectionError: The index is damaged, or the database cannot be written.
        """
        with self._opening:
            opened = self._home.copy(self.settings_of(name))
            if opened:
                with self._changing:
                    self._put(name, opened)
            return opened

    def tell_what_is_outside(self) -> None:
        """Log the names of files and folders that belong to no collection, in one line."""
        inside = {folder for one in self._divisions.values() for folder in one.folders}
        names = outside(self._settings.seeds, inside) if inside else []
        if names:
            rest = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            listed = ", ".join(map(shown, names[:_NAMED]))
            log.warning("In no collection, and so not read: %s%s", listed, rest)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all collections, in the order of the settings."""
        return tuple(self._divisions) or (WHOLE,)

    def settings_of(self, name: str = WHOLE) -> RetrievalSettings:
        """Return where the documents and the index of one collection lie."""
        return self._settings.of(self._divisions.get(name))

    def shelves_of(self, names: Group[str]) -> Sequence[Shelf]:
        """Return the open ones of these collections, in the order of the settings."""
        self._take_up_news()
        open_now, order = self._shelves, self.names
        found = (open_now.get(name) for name in order if name in names)
        return [shelf for shelf in found if shelf]

    def _take_up_news(self) -> None:
        """Take up what other processes have made of the collections that are open."""
        for name in self._shelves:
            division, current = self._divisions.get(name), self._current.get(name)
            settings = self._settings.of(division)
            if newer := self._home.newer(settings, current):
                self._replace(name, division, newer)
            elif current and division and self._home.is_gone(settings):
                self._replace(name, division, None)

    def _replace(self, name: str, division: Division | None, opened: Collection | None) -> None:
        with self._changing:
            if _folders_of(name, self._divisions) == (division.folders if division else ()):
                self._put(name, opened)

    def _put(self, name: str, opened: Collection | None) -> None:
        label = _label(self._divisions.get(name))
        shelf = Shelf(opened.index, label, opened.files) if opened else None
        self._shelves = {**self._shelves, name: shelf}
        others = {one: found for one, found in self._current.items() if one != name}
        self._current = {**others, name: opened} if opened else others

    def _opened(
        self,
        division: Division | None,
        parsed: Iterable[ParsedFile],
        current: Collection | None,
        unfinished: Set[str],
    ) -> Collection | None:
        """Open one collection, None where it holds no document."""
        try:
            return self._home.open(self._settings.of(division), parsed, current, unfinished)
        except NoDocumentError as error:
            if division is None:
                raise
            log.warning("The collection %s is empty: %s", division.name, error)
            return None

    def _forget_unused(self) -> None:
        """Delete the vectors that no collection uses, once the index of each is known."""
        if all(name in self._shelves for name in self.names):
            held = [name for name, shelf in self._shelves.items() if shelf]
            self._home.forget_unused([self.settings_of(name) for name in held])


class _Part(Selection):
    """Some collections of a library, as they are at each question."""

    def __init__(self, library: Library, names: frozenset[str], searcher: Searcher) -> None:
        super().__init__(searcher)
        self._library = library
        self._names = names

    @property
    def shelves(self) -> Sequence[Shelf]:
        """The open indexes, as they are now."""
        return self._library.shelves_of(self._names)


def _label(division: Division | None) -> CollectionLabel:
    return CollectionLabel(division.name, division.title) if division else CollectionLabel()


def _relabelled(shelf: Shelf | None, division: Division | None) -> Shelf | None:
    return replace(shelf, label=_label(division)) if shelf else None


def _folders_of(name: str, divisions: Mapping[str, Division]) -> tuple[str, ...] | None:
    """Return what decides which documents a collection holds, None where it is no more."""
    if not divisions:
        return () if name == WHOLE else None
    return divisions[name].folders if name in divisions else None
