"""What the file of collections says: which chats and people read which, and who administers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.access.places import ChatPlace, Reader
from retrieval.settings import Division


@dataclass(frozen=True, slots=True)
class Rule:
    """One collection, with those who may read it.

    Attributes:
        division: Its name, title and folders.
        chats: The groups and topics that read it.
        people: Those who read it in private.
        admins: Those who add and remove its documents, and invite others. They read it too.
        public: Whether everybody whom the bot serves reads it.
    """

    division: Division
    chats: frozenset[ChatPlace] = frozenset()
    people: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()
    public: bool = False

    def is_read_by(self, reader: Reader) -> bool:
        """Tell whether the file lets somebody read it where they are."""
        if self.public:
            return True
        if reader.place is None:
            return reader.person in self.people or reader.person in self.admins
        return not self.chats.isdisjoint({reader.place, ChatPlace(reader.place.chat)})


@dataclass(frozen=True)
class Rules:
    """All collections, in the order of the file."""

    all: tuple[Rule, ...]

    @cached_property
    def by_name(self) -> dict[str, Rule]:
        """The collections by their names."""
        return {rule.division.name: rule for rule in self.all}

    @property
    def divisions(self) -> tuple[Division, ...]:
        """The folders of each collection."""
        return tuple(rule.division for rule in self.all)

    def read_by(self, reader: Reader) -> set[str]:
        """Return the names of the collections that the file lets somebody read."""
        return {name for name, rule in self.by_name.items() if rule.is_read_by(reader)}

    def administered_by(self, person: int) -> set[str]:
        """Return the names of the collections that a person administers by the file."""
        return {name for name, rule in self.by_name.items() if person in rule.admins}

    def titles(self, names: Iterable[str]) -> dict[str, str]:
        """Return the titles of those of these collections that there are, in the file's order."""
        wanted = set(names)
        return {name: rule.division.title for name, rule in self.by_name.items() if name in wanted}
