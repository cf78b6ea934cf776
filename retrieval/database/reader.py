"""Reads one generation: statements are sent together and answered in one round trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from retrieval.database.connection import Database, driver_of

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Statement:
    """A query of a generation's tables.

    In its text "{schema}" stands for the generation's schema, and parameters are named as psycopg
    does it: "%(name)s".
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


class Reader:
    """Runs statements on one generation; may be used from several threads at once."""

    def __init__(self, database: Database, schema: str, settings: Sequence[str] = ()) -> None:
        """Store where the generation is.

        Args:
            database: Lends connections.
            schema: The generation's schema.
            settings: What holds while its statements run, such as "hnsw.ef_search = 100".
        """
        self._database = database
        self._schema = schema
        # Compiling a statement takes longer than running it. On Citus, settings of a transaction
        # reach the other machines where the coordinator is told to hand them on.
        self._settings = [f"SET LOCAL {one}".encode() for one in ("jit = off", *settings)]

    def read(self, *statements: Statement) -> list[list[Row]]:
        """Return the rows of each statement.

        Raises CollectionError where the server does not do what it is asked.
        """
        with self._database.connection() as connection:
            driver = driver_of(connection)
            with driver.pipeline():
                for setting in self._settings:
                    driver.execute(setting)
                cursors = [driver.cursor(binary=True) for _ in statements]
                for cursor, one in zip(cursors, statements, strict=True):
                    query = one.text.replace("{schema}", self._schema).encode()
                    cursor.execute(query, one.values, prepare=True)
                driver.rollback()
            return [cursor.fetchall() for cursor in cursors]
