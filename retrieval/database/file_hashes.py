"""The SHA-256 of the files that a generation's documents were parsed from, read when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import func, select

from retrieval.database.connection import Database
from retrieval.database.schema import DOCUMENTS


class FileHashes(Mapping[str, str]):
    """Hashes in hex by the documents' names; a collection may have too many to hold all."""

    def __init__(self, database: Database, schema: str) -> None:
        """Store the generation's schema, and where it is."""
        self._database = database
        self._schema = schema

    def __getitem__(self, name: str) -> str:
        """Return the hash of one document's file; raises KeyError where there is no such one."""
        with self._database.reading(self._schema) as connection:
            asked = select(DOCUMENTS.c.file).where(DOCUMENTS.c.name == name)
            found = connection.execute(asked).scalar()
        if found is None:
            raise KeyError(name)
        return str(found)

    def __iter__(self) -> Iterator[str]:
        """Return the names of all documents, sorted."""
        with self._database.reading(self._schema) as connection:
            names = select(DOCUMENTS.c.name).order_by(DOCUMENTS.c.name)
            return iter(connection.execute(names).scalars().all())

    def __len__(self) -> int:
        """Return how many documents there are."""
        with self._database.reading(self._schema) as connection:
            return connection.execute(select(func.count()).select_from(DOCUMENTS)).scalar_one()
