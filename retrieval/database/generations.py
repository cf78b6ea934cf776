"""Which index of a collection is live: the control rows, the lock, the swap and the clean-up.

A generation is "building" until all of it is written, then "live", and "old" once another one has
taken its place. One update of two rows does that, so a question finds one live generation at any
moment. An old one is kept for a while, since questions may still read it.

Whoever writes holds the collection's advisory lock, which ends with the connection. So a generation
that is "building" while the lock is free belongs to a process that has died.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from time import sleep

from sqlalchemy import ColumnElement, Connection, and_, func, select
from sqlalchemy.exc import SQLAlchemyError

from retrieval.collection.manifest import FORMAT as FILES_FORMAT
from retrieval.database.connection import Database
from retrieval.database.generation import LIVE, Generation, Version
from retrieval.database.schema import CONTROL, FORMAT, GENERATIONS, create_control
from retrieval.database.server import check_writable, enable_vectors
from retrieval.database.writer import Writer
from retrieval.errors import CollectionError

_ASKED = 1.0  # seconds after which a lock that is held is asked for again

log = logging.getLogger(__name__)


class Generations:
    """The generations of one collection."""

    def __init__(self, database: Database, collection: str) -> None:
        """Store where they are, and the collection's name, empty without COLLECTIONS."""
        self.database = database
        self.collection = collection

    def live(self) -> Generation | None:
        """Return the generation that questions are put to.

        None where there is none, or an earlier version of the program has made it. Raises
        CollectionError where a later version has made it.
        """
        with self.database.transaction() as connection:
            if not _has_control(connection):
                return None
            row = connection.execute(select(GENERATIONS).where(self._live)).first()
        if row is None:
            return None
        formats, own = (row.format, row.manifest["origin"]["format"]), (FORMAT, FILES_FORMAT)
        if formats > own:
            raise CollectionError(
                "COLLECTION_URL: a later version has made this collection; update this one."
            )
        return Generation.of(row) if formats == own else None

    @contextmanager
    def locked(self) -> Iterator[Writer]:
        """Hold the collection's lock, and drop what is no longer needed.

        Waits while another process writes.

        Raises CollectionError where nothing can be written there.
        """
        with self.database.connection() as connection:
            _prepare(connection)
            _lock(connection, self._lock)
            try:
                writer = Writer(connection, self.collection)
                writer.drop_unneeded()
                yield writer
            finally:
                _unlock(connection, self._lock)

    def drop_old(self) -> None:
        """Drop what is no longer needed, unless another process writes and does so itself."""
        with self.database.connection() as connection:
            if _try_lock(connection, self._lock):
                try:
                    Writer(connection, self.collection).drop_unneeded()
                finally:
                    _unlock(connection, self._lock)

    @property
    def _live(self) -> ColumnElement[bool]:
        return and_(GENERATIONS.c.collection == self.collection, GENERATIONS.c.state == LIVE)

    @property
    def _lock(self) -> int:
        return _lock_of(f"{CONTROL}:{self.collection}")


def versions(database: Database) -> dict[str, Version]:
    """Return what is live of each collection in a database, by the collections' names."""
    columns = GENERATIONS.c.collection, GENERATIONS.c.schema, GENERATIONS.c.revision
    with database.transaction() as connection:
        if not _has_control(connection):
            return {}
        rows = connection.execute(select(*columns).where(GENERATIONS.c.state == LIVE)).all()
    return {row.collection: Version(row.schema, row.revision) for row in rows}


def _prepare(connection: Connection) -> None:
    """Create what every collection needs, where it is missing."""
    check_writable(connection)
    with connection.begin():
        # Two processes that create the same thing at once would fail.
        connection.execute(select(func.pg_advisory_xact_lock(_lock_of(CONTROL))))
        enable_vectors(connection)
        create_control(connection)


def _has_control(connection: Connection) -> bool:
    found = connection.execute(select(func.to_regclass(f"{CONTROL}.{GENERATIONS.name}")))
    return found.scalar() is not None


def _lock_of(name: str) -> int:
    """Return the number of an advisory lock."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)


def _lock(connection: Connection, number: int) -> None:
    if _try_lock(connection, number):
        return
    log.warning("Waiting for another process that writes the collection at COLLECTION_URL")
    # Waiting within a statement would keep the server from removing what others have deleted.
    while not _try_lock(connection, number):
        sleep(_ASKED)


def _try_lock(connection: Connection, number: int) -> bool:
    with connection.begin():
        return bool(connection.execute(select(func.pg_try_advisory_lock(number))).scalar())


def _unlock(connection: Connection, number: int) -> None:
    """Give the lock back; a connection that cannot do that is closed, which does it too."""
    try:
        if connection.in_transaction():
            connection.rollback()
        with connection.begin():
            connection.execute(select(func.pg_advisory_unlock(number)))
    except SQLAlchemyError:
        connection.invalidate()
