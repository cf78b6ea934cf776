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
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    """Searches, the database, the languages of people, and who may do what.

    There is no search of all documents: each is made for the person and the place it answers.
    """

    searches: Searches
    store: Store
    languages: Languages
    access: Access

    async def search_for(self, asked: Message | CallbackQuery | Reader) -> Search:
        """Return a search of what may be read by the author of a message, where it stands.

        Args:
            asked: A message, the press of a button, or whom the search is for.
        """
        if isinstance(asked, Message):
            asked = Reader.of_message(asked)
        elif isinstance(asked, CallbackQuery):
            asked = Reader.of_button(asked)
        return await self.searches.search_for(asked)

    def desks_of(self, person: int) -> tuple[Desk, ...]:
        """Return the collections that a person administers."""
        return self.searches.desks(person)
