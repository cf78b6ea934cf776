"""A PostgreSQL database that COLLECTION_URL names: its connections, and its errors in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import finalize

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from retrieval.errors import CollectionError

_HOST = re.compile(r"[\w.:/-]*")
_DRIVER = "postgresql+psycopg"
_CONNECTING = {
    "application_name": "trichdan",
    "client_encoding": "utf8",  # a server that was set up without a locale hands out bytes
    "connect_timeout": 10,
    # A connection waits for hours while texts are encoded, and firewalls forget idle ones.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


class Database:
    """Connections to one database; all methods may be called from several threads at once."""

    def __init__(self, engine: Engine) -> None:
        """Store what makes connections; they are closed when nobody uses the database any more."""
        self.engine = engine
        finalize(self, engine.dispose)

    @classmethod
    def of(cls, url: str) -> Database:
        """Return the database of a URL; nothing is connected before it is needed.

        Raises CollectionError where the URL is none of PostgreSQL's.
        """
        address = _address(url)
        with told():
            # Parameters are hidden so that no question gets into a log. Connections are tested
            # before use, because the server may have been restarted.
            engine = create_engine(
                address, hide_parameters=True, pool_pre_ping=True, connect_args=_CONNECTING
            )
        return cls(engine)

    def close(self) -> None:
        """Close the connections that are not in use."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Run a block in a transaction of its own, committed at the end.

        Raises CollectionError where the server does not do what it is asked.
        """
        with told(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self, schema: str) -> Iterator[Connection]:
        """Run a block in a transaction that sees the tables of one generation.

        Raises CollectionError where the server does not do what it is asked.
        """
        with told(), self.engine.connect() as connection:
            names = connection.execution_options(schema_translate_map={None: schema})
            with names.begin():
                yield names

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection for several transactions.

        Raises CollectionError where the server does not do what it is asked.
        """
        with told(), self.engine.connect() as connection:
            yield connection


def _address(url: str) -> URL:
    """Return what a URL says; raises CollectionError for one that nothing can be reached by."""
    try:
        address = make_url(url).set(drivername=_DRIVER)
        if _HOST.fullmatch(address.host or ""):
            return address
    except (ArgumentError, ValueError):  # their messages may repeat the URL, and so a password
        pass
    raise CollectionError(
        "COLLECTION_URL is no URL such as postgresql://user@host/database; "
        "in a password write @ as %40 and % as %25."
    )


@contextmanager
def told() -> Iterator[None]:
    """Turn an error of the database into a CollectionError of one line without any secret."""
    try:
        yield
    except (SQLAlchemyError, psycopg.Error) as error:
        raise CollectionError(f"COLLECTION_URL: {reason(error)}") from error


def reason(error: Exception) -> str:
    """Return the message of a database's error on one line, without statement and parameters."""
    # SQLAlchemy wraps the driver's error, and adds the statement and a link on further lines.
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def driver_of(connection: Connection) -> psycopg.Connection[Any]:
    """Return the driver's own connection, which can COPY."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError(f"the driver is {type(driver)}, not psycopg")
    return driver
