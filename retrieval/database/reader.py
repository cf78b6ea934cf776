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

    def __init__(self, database: Database, schema: str) -> None:
        """Store what lends connections, and the generation's schema."""
        self._database = database
        self._schema = schema

    def read(self, *statements: Statement, settings: Sequence[str] = ()) -> list[list[Row]]:
        """Return the rows of each statement.

        Args:
            statements: What is read; no statement waits for the rows of another one.
            settings: What holds while they run, such as "jit = off".

        Raises:
            CollectionError: The server does not do what it is asked.
        """
        with self._database.connection() as connection:
            driver = driver_of(connection)
            with driver.pipeline():
                for setting in settings:
                    driver.execute(f"SET LOCAL {setting}".encode())
                cursors = [driver.cursor(binary=True) for _ in statements]
                for cursor, one in zip(cursors, statements, strict=True):
                    query = one.text.replace("{schema}", self._schema).encode()
                    cursor.execute(query, one.values, prepare=True)
                driver.rollback()
            return [cursor.fetchall() for cursor in cursors]
