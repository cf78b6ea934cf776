"""Which index of a collection is live: the control rows, the lock, the swap and the clean-up.

A generation is "building" until all of it is written, then "live", and "old" once another one has
taken its place. One update of two rows does that, so a question finds one live generation at any
moment. An old one is kept for a while, since questions may still read it.

Whoever writes holds the collection's advisory lock, which ends with the connection. So a generation
that is "building" while the lock is free belongs to a process that has died.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from packaging.version import Version
from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.schema import DropSchema

from retrieval.collection.manifest import Manifest, Origin
from retrieval.database.connection import Database, reason
from retrieval.database.schema import (
    CONTROL,
    FORMAT,
    GENERATIONS,
    create_control,
    create_generation,
)
from retrieval.errors import CollectionError

GRACE = 60
"""Seconds that a generation stays after it was replaced; a question takes far less."""

BUILDING, LIVE, OLD = "building", "live", "old"

_PATIENCE = "5s"  # for the last question on an old generation, before it is left for the next time
_PGVECTOR = "0.7"  # the first with 16 bits a dimension
_COUNTED = ("documents", "passages", "sentences")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Generation:
    """An index in the database, as its row tells.

    Attributes:
        schema: The schema of its tables.
        revision: How often its documents have changed since it was built.
        manifest: What it was made from. The files of its documents are told by their rows.
        built_passages: How many passages it had when it was built; weights count with this number.
        average_words: How many words these had on average.
        changed_passages: How many were added or removed since.
        next_document: The number of the next document that is added.
        approximate: Whether vectors are searched by HNSW indexes.
    """

    schema: str
    revision: int
    manifest: Manifest
    built_passages: int
    average_words: float
    changed_passages: int
    next_document: int
    approximate: bool

    @classmethod
    def of(cls, row: Row[Any]) -> Generation:
        """Return the generation of a row of `GENERATIONS`."""
        values = row._mapping
        told = values["manifest"]
        manifest = Manifest(
            Origin(**told["origin"]),
            documents=values["documents"],
            passages=values["passages"],
            sentences=values["sentences"],
            refused=tuple(told["refused"]),
            partly_read=tuple(told["partly_read"]),
        )
        own = ("schema", "revision", "built_passages", "average_words", "changed_passages")
        return cls(
            manifest=manifest,
            next_document=values["next_document"],
            approximate=bool(values["approximate"]),
            **{name: values[name] for name in own},
        )

    def to_row(self) -> dict[str, Any]:
        """Return the values of the generation's row, but those of its collection and state."""
        manifest = asdict(replace(self.manifest, parsed_from={}, checksums={}))
        return {
            "schema": self.schema,
            "format": FORMAT,
            "revision": self.revision,
            "manifest": {name: manifest[name] for name in ("origin", "refused", "partly_read")},
            "built_passages": self.built_passages,
            "average_words": self.average_words,
            "changed_passages": self.changed_passages,
            "next_document": self.next_document,
            "approximate": int(self.approximate),
            **{name: manifest[name] for name in _COUNTED},
        }


class Generations:
    """The generations of one collection."""

    def __init__(self, database: Database, collection: str) -> None:
        """Store where they are, and the collection's name, empty without COLLECTIONS."""
        self.database = database
        self.collection = collection

    def live(self) -> Generation | None:
        """Return the generation that questions are put to, None where there is none.

        Raises CollectionError where a later version of the program has made it.
        """
        with self.database.transaction() as connection:
            if not _has_control(connection):
                return None
            row = connection.execute(select(GENERATIONS).where(self._live)).first()
        if row and row.format > FORMAT:
            raise CollectionError(
                "COLLECTION_URL: a later version has made this collection; update this one."
            )
        return Generation.of(row) if row and row.format == FORMAT else None

    def version(self) -> tuple[str, int] | None:
        """Return the schema and the revision of the live generation: one cheap query."""
        of_live = select(GENERATIONS.c.schema, GENERATIONS.c.revision).where(self._live)
        with self.database.transaction() as connection:
            row = connection.execute(of_live).first()
        return (row.schema, row.revision) if row else None

    @contextmanager
    def locked(self) -> Iterator[Writer]:
        """Hold the collection's lock, and drop what is no longer needed.

        Waits while another process writes.

        Raises CollectionError where nothing can be written there.
        """
        with self.database.connection() as connection:
            _check_writable(connection)
            with connection.begin():
                # Two processes that create the same thing at once would fail.
                connection.execute(select(func.pg_advisory_xact_lock(_lock_of(CONTROL))))
                _enable_vectors(connection)
                create_control(connection)
            _lock(connection, self._lock)
            try:
                writer = Writer(connection, self)
                writer.drop_unneeded()
                yield writer
            finally:
                _unlock(connection, self._lock)

    @property
    def own(self) -> ColumnElement[bool]:
        """Which rows belong to the collection."""
        return GENERATIONS.c.collection == self.collection

    @property
    def _live(self) -> ColumnElement[bool]:
        return and_(self.own, GENERATIONS.c.state == LIVE)

    @property
    def _lock(self) -> int:
        return _lock_of(f"{CONTROL}:{self.collection}")


class Writer:
    """One process that may change the generations of a collection, as long as it is connected."""

    def __init__(self, connection: Connection, generations: Generations) -> None:
        """Store the connection that holds the collection's lock."""
        self.connection = connection
        self._generations = generations

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Run a block in one transaction; without the lock's connection it fails."""
        with self.connection.begin():
            yield self.connection

    def begin(self, generation: Generation, dimension: int) -> None:
        """Create the empty tables of a new generation, and its row, in state "building"."""
        values = {"collection": self._generations.collection, "state": BUILDING}
        with self.transaction() as connection:
            connection.execute(GENERATIONS.insert(), {**values, **generation.to_row()})
            create_generation(connection, generation.schema, dimension)

    def make_live(self, schema: str) -> None:
        """Let a generation that is written take the place of the live one."""
        becomes = case((GENERATIONS.c.schema == schema, LIVE), else_=OLD)
        replaced = case((GENERATIONS.c.schema == schema, None), else_=func.now())
        with self.transaction() as connection:
            connection.execute(
                update(GENERATIONS)
                .where(
                    self._generations.own,
                    (GENERATIONS.c.schema == schema) | (GENERATIONS.c.state == LIVE),
                )
                .values(state=becomes, replaced_at=replaced)
            )

    def retire(self) -> None:
        """Leave the collection without a live generation, as one without documents."""
        with self.transaction() as connection:
            connection.execute(
                update(GENERATIONS)
                .where(self._generations.own, GENERATIONS.c.state == LIVE)
                .values(state=OLD, replaced_at=func.now())
            )

    def drop_unneeded(self) -> None:
        """Drop generations whose builder has died, and old ones after a time of grace."""
        over = GENERATIONS.c.replaced_at < func.now() - func.make_interval(0, 0, 0, 0, 0, 0, GRACE)
        unneeded = select(GENERATIONS.c.schema).where(
            self._generations.own,
            (GENERATIONS.c.state == BUILDING) | and_(GENERATIONS.c.state == OLD, over),
        )
        with self.transaction() as connection:
            schemas = connection.execute(unneeded).scalars().all()
        for schema in schemas:
            self.drop(schema)

    def drop(self, schema: str) -> None:
        """Drop a generation; one that a question still reads stays for the next time."""
        try:
            with self.transaction() as connection:
                connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
                connection.execute(DropSchema(schema, cascade=True, if_exists=True))
                connection.execute(GENERATIONS.delete().where(GENERATIONS.c.schema == schema))
        except OperationalError as error:
            log.warning("COLLECTION_URL: %s is dropped later: %s", schema, reason(error))


def new_schema() -> str:
    """Return the name of a schema that no generation has had."""
    return f"{CONTROL}_{uuid.uuid4().hex}"


def _has_control(connection: Connection) -> bool:
    found = connection.execute(select(func.to_regclass(f"{CONTROL}.{GENERATIONS.name}")))
    return found.scalar() is not None


def _check_writable(connection: Connection) -> None:
    with connection.begin():
        only_reads = connection.execute(text("SHOW transaction_read_only")).scalar() == "on"
    if only_reads:
        raise CollectionError(
            "COLLECTION_URL names a server that only reads, as a replica does; "
            "write the collection on the main server."
        )


def _enable_vectors(connection: Connection) -> None:
    """Create pgvector's extension where it is missing, and check its version."""
    try:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
    except DBAPIError as error:
        raise CollectionError(
            f"COLLECTION_URL: the server needs pgvector {_PGVECTOR} or later, and a superuser who "
            f"runs CREATE EXTENSION vector there: {reason(error)}"
        ) from error
    version = select(text("extversion")).select_from(text("pg_extension"))
    found = str(connection.execute(version.where(text("extname = 'vector'"))).scalar())
    if Version(found) < Version(_PGVECTOR):
        raise CollectionError(
            f"COLLECTION_URL: pgvector is {found} there, and must be {_PGVECTOR} or later: "
            "install it and run ALTER EXTENSION vector UPDATE."
        )


def _lock_of(name: str) -> int:
    """Return the number of an advisory lock."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)


def _lock(connection: Connection, number: int) -> None:
    with connection.begin():
        if connection.execute(select(func.pg_try_advisory_lock(number))).scalar():
            return
    log.warning("Waiting for another process that writes the collection at COLLECTION_URL")
    with connection.begin():
        connection.execute(select(func.pg_advisory_lock(number)))


def _unlock(connection: Connection, number: int) -> None:
    """Give the lock back; a connection that cannot do that is closed, which does it too."""
    try:
        if connection.in_transaction():
            connection.rollback()
        with connection.begin():
            connection.execute(select(func.pg_advisory_unlock(number)))
    except SQLAlchemyError:
        connection.invalidate()
