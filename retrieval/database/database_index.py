"""An index in PostgreSQL, as questions see it."""

from __future__ import annotations

from retrieval.database.connection import Database
from retrieval.database.generation import Generation
from retrieval.index.index import Index


class DatabaseIndex(Index):
    """The live generation of a collection."""

    @classmethod
    def open(cls, database: Database, generation: Generation) -> Index:
        """Open a generation; not possible yet."""
        raise NotImplementedError
