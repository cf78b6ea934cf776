"""Opens the store's database and migrates its tables to this version.

An SQLite file keeps a write-ahead log, so that readers do not wait for the writer, and writers
wait for each other instead of failing. Several processes may open the same database at once:
the first one migrates its tables, the others wait until that is done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase

from retrieval.errors import UserError

PATIENCE = 30  # seconds that a writer waits for another one before it gives up
MIGRATION_LOCK = 7_421_956  # any number that nothing else in the database locks
# A server that was set up without a locale would hand out bytes for text. A server that is gone
# without a word is noticed within half a minute.
SERVER = {
    "client_encoding": "utf8",
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,  # milliseconds
}


class StoreError(UserError):
    """The database cannot be opened or used."""


class CutOffError(StoreError):
    """The connection to the database dropped; the next call makes a new one."""


class Tables(Enum):
    """Which version of the bot a database's tables are of, beside this one."""

    CURRENT = "current"
    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class ExistingDatabase:
    """A database that was there before, as it is; whoever looks at it disposes of `engine`."""

    engine: Engine
    tables: Tables


def open_database(url: str, *, new: bool = True) -> Engine:
    """Connect to a database and migrate its tables to this version; their rows are kept.

    Args:
        url: An SQLAlchemy URL.
        new: Whether to create an SQLite file that is missing; if False, that is an error.

    Raises:
        StoreError: The database cannot be opened, or a later version has migrated it.
    """
    try:
        engine = _connect(make_url(url), new)
        with _opening_alone(engine):
            _migrate(engine)
    except (SQLAlchemyError, CommandError, ImportError, OSError) as error:
        raise StoreError(f"DATABASE_URL cannot be opened: {reason(error)}") from None
    return engine


def look_at_database(url: str) -> ExistingDatabase | None:
    """Connect to a database without making or migrating anything.

    Returns:
        None if there is no SQLite file, or if the database has no tables of the bot yet.

    Raises:
        StoreError: The database cannot be opened.
    """
    try:
        engine = _connect(make_url(url), new=False)
        with engine.connect() as connection:
            tables = _tables_in(connection)
        if tables:
            return ExistingDatabase(engine, tables)
        engine.dispose()
        return None
    except FileNotFoundError:
        return None
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise StoreError(f"DATABASE_URL cannot be opened: {reason(error)}") from None


def reason(error: Exception) -> str:
    """Return the message of a database's error on one line, without statement and parameters."""
    if isinstance(error, ImportError) and error.name == "psycopg":
        return 'PostgreSQL needs its driver: pip install "trichdan[postgres]"'
    if isinstance(error, CommandError):
        return f"its tables are of another version of the bot: {error}"
    # SQLAlchemy wraps the driver's error, and adds the statement and a link on further lines.
    return str(getattr(error, "orig", None) or error).splitlines()[0]


@contextmanager
def told() -> Iterator[None]:
    """Turn an error of the database into a StoreError, without statement and parameters."""
    try:
        yield
    except (SQLAlchemyError, UnicodeError) as error:  # half an emoji cannot be encoded
        cut_off = isinstance(error, DBAPIError) and error.connection_invalidated
        kind = CutOffError if cut_off else StoreError
        raise kind(f"the database failed: {reason(error)}") from error


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Run a block in a transaction, committed at its end; raises StoreError as `told` does."""
    with told(), engine.begin() as connection:
        yield connection


def insert_into(
    row: type[DeclarativeBase], bind: Engine | Connection
) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT of the database's own kind, which may say what to do on a conflict."""
    if bind.dialect.name == "postgresql":
        return postgresql.insert(row)
    return sqlite.insert(row)


def _connect(url: URL, new: bool) -> Engine:
    # Parameters are hidden in errors so that no question, citation or id gets into the log.
    # Connections to a server are tested before use, because it may have been restarted.
    is_file = url.get_backend_name() == "sqlite"
    options = {} if is_file else SERVER
    engine = create_engine(
        url, hide_parameters=True, pool_pre_ping=not is_file, connect_args=options
    )
    if is_file:
        _make_folder(url, new)
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _make_folder(url: URL, new: bool) -> None:
    file = Path(url.database or "")
    if not new and not file.is_file():
        raise FileNotFoundError(f"there is no {file} yet; the bot makes it when it starts")
    file.parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")  # the file keeps it after the first time
    connection.execute("PRAGMA synchronous = NORMAL")  # cannot corrupt a file with such a log


def _opening_alone(engine: Engine) -> AbstractContextManager[object]:
    """Let one process at a time open an SQLite file.

    Switching on the write-ahead log fails at once if another process does it at the same time.
    """
    if engine.dialect.name == "sqlite" and engine.url.database:
        return FileLock(f"{engine.url.database}.lock", timeout=PATIENCE)
    return nullcontext()


def _migrate(engine: Engine) -> None:
    try:
        with engine.begin() as connection:
            _lock(connection)
            command.upgrade(_migrations(connection), "head")
    except Exception:
        engine.dispose()
        raise


def _migrations(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "bot.store:migrations")  # in the package
    return config


def _tables_in(connection: Connection) -> Tables | None:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:  # the first tables had no migrations yet
        return Tables.EARLIER if "answers" in inspect(connection).get_table_names() else None
    migrations = ScriptDirectory.from_config(_migrations())
    if revision == migrations.get_current_head():
        return Tables.CURRENT
    known = {each.revision for each in migrations.walk_revisions()}
    return Tables.EARLIER if revision in known else Tables.LATER


def _lock(connection: Connection) -> None:
    """Keep other processes from migrating the tables until this connection's transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver begins only at the first write
    else:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
