"""Gives everybody a search of what they may read: the one way from a handler to the documents."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.access.access import Access, Readable
from bot.access.places import Reader
from bot.desk import Desk
from bot.reopening import Reopening
from bot.search import FAILED, GUEST, INLINE, MESSAGE, Places, Search
from retrieval.answers import Outcome
from retrieval.collection.uploads import Uploads
from retrieval.settings import FROM_FEEDS, WHOLE

if TYPE_CHECKING:
    from retrieval.library import Library  # takes seconds to import


@dataclass(frozen=True, slots=True)
class Searches:
    """All collections, and who may read them."""

    library: Library
    access: Access
    places: Places
    reopening: Reopening

    async def search_for(self, reader: Reader) -> Search:
        """Return a search of what somebody may read where they are."""
        return self._search(await self.access.readable(reader))

    def administered(self, person: int | None) -> Search:
        """Return a search of all collections that a person administers, of none for None."""
        names = frozenset[str]() if person is None else self.access.administered(person)
        return self._search(Readable(names, names))

    def desks(self, person: int) -> tuple[Desk, ...]:
        """Return the collections that a person administers, in the order of the file."""
        names = self.access.administered(person)
        return tuple(self._desk(name) for name in self.library.names if name in names)

    def desk_of_feeds(self) -> Desk | None:
        """Return the collection that articles of feeds go to, None where none has their folder."""
        divisions = self.access.rules().divisions
        if not self.access.is_divided:
            return self._desk(WHOLE)
        names = (one.name for one in divisions if FROM_FEEDS in one.folders)
        name = next(names, None)
        return None if name is None else self._desk(name)

    def show_counts(self) -> None:
        """Show in the metrics how much there is to answer from, and every kind of question at 0."""
        for asked, outcome in itertools.product((MESSAGE, INLINE, GUEST), (*Outcome, FAILED)):
            # Prometheus sees no increase where a count appears at 1.
            self.places.metrics.questions.labels(asked, str(outcome))
        show, library = self.places.metrics.show, self.library

        def documents() -> int:
            return len(library.select(library.names).documents)

        def passages() -> int:
            return library.select(library.names).passage_count

        show("documents", "Documents in the collection.", documents)
        show("passages", "Passages in the collection.", passages)

    def _search(self, readable: Readable) -> Search:
        access = self.access
        titles = access.titles(readable.names) if access.is_divided else None
        return Search(self.library, readable, titles, self.places)

    def _desk(self, name: str) -> Desk:
        own = frozenset({name})
        return Desk(
            name,
            self.access.titles(own).get(name, ""),
            self._search(Readable(own, own)),
            Uploads(self.library.settings_of(name)),
            self.reopening,
        )
