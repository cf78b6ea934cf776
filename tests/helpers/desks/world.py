"""Who may read what in the made-up installation: kept here by itself, and compared with the bot."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers.desks.papers import COLLECTIONS, Paper, title_of

PEOPLE = (11, 12, 13, 14)
OPERATOR = 19  # ADMIN_IDS
GROUPS = (-1001, -1002, -1003)
FORUM = -1003
TOPICS = (5, 6)
PLACES = ((-1001, None), (-1002, None), (FORUM, None), (FORUM, 5), (FORUM, 6))

Place = tuple[int, int | None]


@dataclass
class Rule:
    """What the file says of a collection."""

    chats: set[Place] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    admins: set[int] = field(default_factory=set)
    public: bool = False


def first_rules() -> dict[str, Rule]:
    """Return the rules at the beginning."""
    return {
        "kzpress": Rule({(-1001, None)}, {11}, {12}),
        "kzsports": Rule({(-1002, None), (FORUM, 5)}, {12, 13}, {13}),
        "kzlegal": Rule({(FORUM, 6)}, set(), {12}),
        "kzopen": Rule(public=True),
    }


@dataclass
class World:
    """The rules, who joined by a code, and in whose folder each document lies."""

    file: Path
    homes: dict[Paper, str]
    rules: dict[str, Rule] = field(default_factory=first_rules)
    joined: set[tuple[str, int, int | None]] = field(default_factory=set)

    def readable(self, person: int, place: Place | None) -> set[str]:
        """Return the collections that somebody may read: in a place, or in private if it is None.

        >>> World(Path(), {}).readable(11, None) == {"kzpress", "kzopen"}
        True
        """
        return {name for name in COLLECTIONS if self._may_read(name, person, place)}

    def administered(self, person: int) -> set[str]:
        """Return the collections that a person administers."""
        everything = person == OPERATOR
        return {name for name, rule in self.rules.items() if everything or person in rule.admins}

    def secrets_of_others(self, readable: set[str]) -> list[str]:
        """Return all words, names and titles of the other collections and their documents."""
        hidden = [name for name in COLLECTIONS if name not in readable]
        words = [word for name in hidden for word in (name, title_of(name).split()[1])]
        papers = (paper for paper, home in self.homes.items() if home in hidden)
        return [*words, *(word for paper in papers for word in paper.secrets)]

    def count(self, readable: set[str]) -> int:
        """Return how many documents these collections have."""
        return sum(home in readable for home in self.homes.values())

    def write(self) -> None:
        """Write the rules into the file."""
        parts = []
        for name, rule in self.rules.items():
            chats = [f'"{chat}/{topic}"' if topic else str(chat) for chat, topic in rule.chats]
            parts.append(
                f"[collection.{name}]\ntitle = {json.dumps(title_of(name))}\n"
                f'folders = ["{name}"]\nchats = [{", ".join(sorted(chats))}]\n'
                f"people = {sorted(rule.people)}\nadmins = {sorted(rule.admins)}\n"
                f"public = {str(rule.public).lower()}\n"
            )
        self.file.write_text("\n".join(parts), encoding="utf-8")

    def _may_read(self, name: str, person: int, place: Place | None) -> bool:
        rule = self.rules[name]
        if rule.public:
            return True
        if place is None:
            listed = person in rule.people | rule.admins or person == OPERATOR
            return listed or (name, person, None) in self.joined
        chat, topic = place
        return any(
            at in rule.chats or (name, *at) in self.joined for at in ((chat, topic), (chat, None))
        )
