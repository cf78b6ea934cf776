"""What a server must be able to do before a collection is written there."""

from __future__ import annotations

from packaging.version import Version
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from retrieval.database.connection import reason
from retrieval.errors import CollectionError

_PGVECTOR = "0.8"  # the first that searches on where a condition leaves too few neighbours


def check_writable(connection: Connection) -> None:
    """Raise CollectionError where a server only reads."""
    with connection.begin():
        only_reads = connection.execute(text("SHOW transaction_read_only")).scalar() == "on"
    if only_reads:
        raise CollectionError(
            "COLLECTION_URL names a server that only reads, as a replica does; "
            "write the collection on the main server."
        )


def enable_vectors(connection: Connection) -> None:
    """Create pgvector's extension where it is missing.

    Raises CollectionError where that is not possible, or its version is too old.
    """
    try:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
    except DBAPIError as error:
        raise CollectionError(
            f"COLLECTION_URL: the server needs pgvector {_PGVECTOR} or later, and a superuser who "
            f"runs CREATE EXTENSION vector there: {reason(error)}"
        ) from error
    version = text("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    found = str(connection.execute(version).scalar())
    if Version(found) < Version(_PGVECTOR):
        raise CollectionError(
            f"COLLECTION_URL: pgvector is {found} there, and must be {_PGVECTOR} or later: "
            "install it and run ALTER EXTENSION vector UPDATE."
        )
