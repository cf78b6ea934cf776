"""The database behind the store: connected to, and brought to the tables of this version.

An SQLite file keeps a write-ahead log, so that readers do not wait for the writer, and writers
wait for each other instead of failing. Several processes may open the same database at once:
the first one changes its tables, the others wait until that is done.
"""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from retrieval.errors import UserError

PATIENCE = 30  # seconds that a writer waits for another one before it gives up
MIGRATION_LOCK = 7_421_956  # any number, as long as nothing else in the database locks it


class StoreError(UserError):
    """A database that cannot be opened or used."""


def open_database(url: str, *, new: bool = True) -> Engine:
    """Connect to the database at `url`; make its tables if missing, and unless `new`, no file.

    Tables of an earlier version are changed to those of this one, and keep their rows. Raises
    StoreError.
    """
    try:
        engine = _connect(make_url(url), new)
        with _others_waiting(engine):
            _migrate(engine)
    except (SQLAlchemyError, CommandError, ImportError, OSError) as error:
        raise StoreError(f"DATABASE_URL cannot be opened: {reason(error)}") from None
    return engine


def reason(error: Exception) -> str:
    """Return what went wrong on one line, without statement and parameters."""
    if isinstance(error, ImportError) and error.name == "psycopg":
        return 'PostgreSQL needs its driver: pip install "trichdan[postgres]"'
    if isinstance(error, CommandError):
        return f"its tables are of another version of the bot: {error}"
    # A driver's own error comes wrapped, with the statement and a link on further lines.
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _connect(url: URL, new: bool) -> Engine:
    # Without parameters in its errors, no question, no citation and no id gets into the log.
    # Connections are tried before use: a server may have been restarted in between, a file not.
    is_file = url.get_backend_name() == "sqlite"
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=not is_file)
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
    connection.execute("PRAGMA journal_mode = WAL")  # nothing to do but for the first of all
    connection.execute("PRAGMA synchronous = NORMAL")  # safe with a log: nothing gets corrupted


def _others_waiting(engine: Engine) -> AbstractContextManager[object]:
    """Let one process open an SQLite file at a time: to turn its log on, none waits for another."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        return FileLock(f"{engine.url.database}.lock", timeout=PATIENCE)
    return nullcontext()


def _migrate(engine: Engine) -> None:
    try:
        with engine.begin() as connection:
            _lock(connection)
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", "bot.store:migrations")  # in the package
            command.upgrade(config, "head")
    except Exception:
        engine.dispose()
        raise


def _lock(connection: Connection) -> None:
    """Let no other process change the tables before this connection's transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver begins too late, at a write
    else:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
