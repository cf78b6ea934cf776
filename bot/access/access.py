"""Which collections somebody may read, by the file and by what was joined: asked at every use.

Nothing is remembered in between: a person who is removed has lost access by the next press of a
button.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.access.places import Reader
from bot.access.rules import Rules
from bot.access.rules_file import RulesFile
from bot.store import Memberships, StoreError
from retrieval.settings import WHOLE

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Readable:
    """The collections that somebody may read, by name, and those of them that questions are put to.

    A person chooses in private which are asked; elsewhere it is all of them.
    """

    names: frozenset[str]
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Access:
    """Answers who may do what.

    `file` is None where the documents are not divided: then everybody whom the bot serves reads
    all of them. `admin_ids` are the people who administer all collections.
    """

    file: RulesFile | None
    members: Memberships
    admin_ids: frozenset[int]

    @property
    def is_divided(self) -> bool:
        """Whether there are collections that not everybody reads."""
        return self.file is not None

    def rules(self) -> Rules:
        """Return the rules of the file as it is now, none where the documents are not divided."""
        return self.file.rules() if self.file else Rules(())

    def titles(self, names: Iterable[str]) -> Mapping[str, str]:
        """Return the titles of these collections by their names, in the order of the file."""
        return self.rules().titles(names)

    def administered(self, person: int) -> frozenset[str]:
        """Return the names of the collections that a person administers."""
        if self.file is None:
            return frozenset({WHOLE} if person in self.admin_ids else ())
        rules = self.rules()
        return frozenset(
            rules.by_name if person in self.admin_ids else rules.administered_by(person)
        )

    async def readable(self, reader: Reader) -> Readable:
        """Return what somebody may read where they are."""
        if self.file is None:
            return Readable(frozenset({WHOLE}), frozenset({WHOLE}))
        return await asyncio.to_thread(self._readable, reader)

    def _readable(self, reader: Reader) -> Readable:
        rules = self.rules()
        names = rules.read_by(reader)
        if reader.place is None and reader.person in self.admin_ids:
            names |= rules.by_name.keys()
        try:
            joined = self._joined(reader)
            chosen = self.members.choice_of(reader.person) if reader.place is None else None
        except StoreError as error:  # what the file says still holds
            logger.warning("memberships not looked up: %s", error)
            joined, chosen = frozenset(), None
        readable = frozenset(names | (joined & rules.by_name.keys()))
        asked = frozenset({chosen}) if chosen in readable else readable
        return Readable(readable, asked)

    def _joined(self, reader: Reader) -> frozenset[str]:
        if reader.place is None:
            return self.members.joined(reader.person)
        return self.members.joined(reader.place.chat, reader.place.topic)
