"""What is live in a database, as others have written it: looked up once a second at most.

In the thread of an event loop nothing is looked up, and so nothing is news there: everything else
would wait. What is asked in a thread of its own takes up the news for all.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from threading import Lock
from time import monotonic

from retrieval.database.connection import Database
from retrieval.database.generation import Version
from retrieval.database.generations import versions
from retrieval.errors import CollectionError

_LOOKED = 1.0  # seconds after which it is looked up again

log = logging.getLogger(__name__)


class News:
    """The live versions of a database's collections; may be asked from several threads at once."""

    def __init__(self, database: Database) -> None:
        """Store where to look; nothing is looked up yet."""
        self._database = database
        self._versions: Mapping[str, Version] | None = None
        self._refused: dict[str, Version] = {}
        self._looked = -_LOOKED
        self._looking = Lock()
        self._told = ""

    def version(self, collection: str) -> Version | None:
        """Return what is live of a collection; None where nothing is, or nothing new."""
        if _in_event_loop():
            return None
        found = (self._latest() or {}).get(collection)
        return None if found == self._refused.get(collection) else found

    def is_gone(self, collection: str) -> bool:
        """Tell whether nothing is live of a collection, as far as is known."""
        if _in_event_loop():
            return False
        latest = self._latest()
        return latest is not None and collection not in latest

    def refuse(self, collection: str, version: Version) -> None:
        """Do not offer a version any more: it cannot be opened here."""
        self._refused[collection] = version

    def _latest(self) -> Mapping[str, Version] | None:
        """Return what is live; while one thread looks it up, others get what was known before."""
        if monotonic() - self._looked >= _LOOKED and self._looking.acquire(blocking=False):
            try:
                self._versions, self._told = versions(self._database), ""
            except CollectionError as error:
                if str(error) != self._told:
                    log.warning("%s", error)
                self._told = str(error)
            finally:
                self._looked = monotonic()
                self._looking.release()
        return self._versions


def _in_event_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
