"""The services that handlers share."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.access.access import Access
from bot.access.places import Reader
from bot.chat.people import Languages
from bot.desk import Desk
from bot.search import Search
from bot.searches import Searches
from bot.store import KeptWatches, Store
from retrieval.collecting.fetcher import Fetcher

Asked = Message | CallbackQuery | Reader


@dataclass(frozen=True, slots=True)
class Services:
    """Searches, the database, people's languages, who may do what, the web, and watches.

    There is no search of all documents: each is made for the person and the place it answers.
    """

    searches: Searches
    store: Store
    languages: Languages
    access: Access
    fetcher: Fetcher
    watches: KeptWatches

    async def search_for(self, asked: Asked) -> Search:
        """Return a search of what may be read by the author of a message, where it stands.

        Args:
            asked: A message, the press of a button, or whom the search is for.
        """
        return await self.searches.search_for(_reader(asked))

    def administered(self, asked: Asked) -> Search:
        """Return a search of what somebody administers; of nothing outside of a private chat."""
        reader = _reader(asked)
        return self.searches.administered(None if reader.place else reader.person)

    def desks_of(self, asked: Asked) -> tuple[Desk, ...]:
        """Return the collections that somebody administers; none outside of a private chat."""
        reader = _reader(asked)
        return () if reader.place else self.searches.desks(reader.person)


def _reader(asked: Asked) -> Reader:
    if isinstance(asked, Message):
        return Reader.of_message(asked)
    return Reader.of_button(asked) if isinstance(asked, CallbackQuery) else asked
