"""Gives everybody a search of what they may read: the one way from a handler to the documents."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.access.access import Access, Readable
from bot.access.places import Reader
from bot.desk import Desk
from bot.search import Places, Search
from retrieval.collection.uploads import Uploads

if TYPE_CHECKING:
    from retrieval.library import Library  # takes seconds to import

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Searches:
    """All collections, and who may read them."""

    library: Library
    access: Access
    places: Places

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

    def show_counts(self) -> None:
        """Show in the metrics how many documents and passages there are, of all collections."""
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
            self.library,
            self._search(Readable(own, own)),
            Uploads(self.library.settings_of(name)),
        )
