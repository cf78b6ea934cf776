"""The file that COLLECTIONS names: read strictly at the start, and again whenever it changes.

[collection.press]
title = "Báo chí"
folders = ["press"]            # below SEEDS_DIR
chats = [-1001234567890]       # groups, and topics as "-100…/7"
people = [111, 222]            # in private
admins = [111]                 # add, remove and invite
public = false                 # true: everybody whom the bot serves
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from bot.access.places import ChatPlace
from bot.access.rules import Rule, Rules
from retrieval.divisions import KEYS, Table, divisions_in, mistake, read_tables
from retrieval.errors import SettingsError
from retrieval.settings import Division

_KEYS = (*KEYS, "chats", "people", "admins", "public")

logger = logging.getLogger(__name__)


def read_rules(path: Path, seeds: Path) -> Rules:
    """Return what the file says; raises SettingsError, whose message is one line, for a mistake."""
    tables = read_tables(path)
    divisions = divisions_in(path, seeds)
    return Rules(tuple(_rule(path, one, tables[one.name]) for one in divisions))


class RulesFile:
    """The rules as they are in the file now; with a mistake in it, the last ones without.

    All methods may be called from several threads at once.
    """

    def __init__(self, path: Path, seeds: Path, rules: Rules, content: bytes | None) -> None:
        """Store the rules as `open` reads them."""
        self._path = path
        self._seeds = seeds
        self._rules = rules
        self._content = content
        self._lock = Lock()
        self._mistake: str | None = None
        self.on_change: Callable[[Rules], None] = lambda rules: None

    @classmethod
    def open(cls, path: Path, seeds: Path) -> RulesFile:
        """Read the file; raises SettingsError for a mistake."""
        content = _content(path)
        return cls(path, seeds, read_rules(path, seeds), content)

    def rules(self) -> Rules:
        """Return the rules, read again where the file has changed.

        `on_change` is called with new rules before they are returned.
        """
        # It is small. Its time would not tell of two changes that follow each other fast.
        content = _content(self._path)
        with self._lock:
            if content != self._content:
                self._content = content
                self._take_over()
            return self._rules

    def take_mistake(self) -> str | None:
        """Return the mistake that keeps a changed file from being used, each one once."""
        with self._lock:
            told, self._mistake = self._mistake, None
        return told

    def _take_over(self) -> None:
        try:
            rules = read_rules(self._path, self._seeds)
        except SettingsError as error:
            logger.warning("%s; the collections stay as they were", error)
            self._mistake = str(error)
            return
        logger.info("the collections have changed")
        self._mistake = None
        self.on_change(rules)
        self._rules = rules


def _content(path: Path) -> bytes | None:
    """Return the file's bytes, None where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _rule(path: Path, division: Division, table: Table) -> Rule:
    where = f"[collection.{division.name}]"
    if unknown := sorted(table.keys() - set(_KEYS)):
        raise mistake(path, f"{where}: unknown {unknown[0]!r}; known are {', '.join(_KEYS)}")
    public = table.get("public", False)
    if not isinstance(public, bool):
        raise mistake(path, f"{where}: public must be true or false")
    return Rule(
        division,
        chats=frozenset(_place(path, where, one) for one in _list(path, where, table, "chats")),
        people=_people(path, where, table, "people"),
        admins=_people(path, where, table, "admins"),
        public=public,
    )


def _place(path: Path, where: str, value: object) -> ChatPlace:
    if isinstance(value, int | str) and (place := ChatPlace.written(str(value))):
        return place
    raise mistake(
        path,
        f"{where}: chats must be ids of groups, such as -1001234567890, or of topics, such as "
        f'"-1001234567890/7", not {value!r}',
    )


def _people(path: Path, where: str, table: Table, key: str) -> frozenset[int]:
    found = _list(path, where, table, key)
    for one in found:
        if isinstance(one, bool) or not isinstance(one, int) or one <= 0:
            raise mistake(path, f"{where}: {key} must be ids of people, such as 111, not {one!r}")
    return frozenset(found)


def _list(path: Path, where: str, table: Table, key: str) -> list[int]:
    found = table.get(key, [])
    if not isinstance(found, list):
        raise mistake(path, f"{where}: {key} must be a list in square brackets")
    return found
