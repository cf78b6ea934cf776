"""Changes of a collection's generations by the one process that holds the collection's lock."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, Connection, and_, case, func, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import DropSchema

from retrieval.database.connection import reason
from retrieval.database.generation import BUILDING, LIVE, OLD, Generation
from retrieval.database.schema import GENERATIONS, create_generation

GRACE = 60
"""Seconds that a generation stays after it was replaced; a question takes far less."""

_PATIENCE = "5s"  # for the last question on an old generation, before it is left for the next time

log = logging.getLogger(__name__)


class Writer:
    """One process that may change the generations of a collection, as long as it is connected."""

    def __init__(self, connection: Connection, collection: str) -> None:
        """Store the connection that holds the collection's lock, and the collection's name."""
        self.connection = connection
        self._collection = collection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Run a block in one transaction; without the lock's connection it fails."""
        with self.connection.begin():
            yield self.connection

    @contextmanager
    def within(self, schema: str) -> Iterator[Connection]:
        """Run a block in one transaction that sees the tables of a generation."""
        names = self.connection.execution_options(schema_translate_map={None: schema})
        with names.begin():
            yield names

    def begin(self, generation: Generation, dimension: int) -> None:
        """Create the empty tables of a new generation, and its row, in state "building"."""
        values = {"collection": self._collection, "state": BUILDING}
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
                    self._own,
                    (GENERATIONS.c.schema == schema) | (GENERATIONS.c.state == LIVE),
                )
                .values(state=becomes, replaced_at=replaced)
            )

    def update(self, generation: Generation) -> None:
        """Write the row of a generation anew, within the caller's transaction."""
        row = GENERATIONS.c.schema == generation.schema
        self.connection.execute(update(GENERATIONS).where(row).values(generation.to_row()))

    def retire(self) -> None:
        """Leave the collection without a live generation, as one without documents."""
        with self.transaction() as connection:
            connection.execute(
                update(GENERATIONS)
                .where(self._own, GENERATIONS.c.state == LIVE)
                .values(state=OLD, replaced_at=func.now())
            )

    def drop_unneeded(self) -> None:
        """Drop generations whose builder has died, and old ones after a time of grace."""
        over = GENERATIONS.c.replaced_at < func.now() - func.make_interval(0, 0, 0, 0, 0, 0, GRACE)
        unneeded = select(GENERATIONS.c.schema).where(
            self._own,
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

    @property
    def _own(self) -> ColumnElement[bool]:
        """Which rows belong to the collection."""
        return GENERATIONS.c.collection == self._collection
