"""The SQLite file of the vector cache: created, checked, and renamed where it is damaged."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

_FORMAT = 4  # count up when a row is written differently
_OTHERS = range(1, _FORMAT)  # of older releases
_SCHEMA = f"""
    PRAGMA auto_vacuum = INCREMENTAL;
    BEGIN;
    PRAGMA user_version = {_FORMAT};
    CREATE TABLE texts (
        key BLOB PRIMARY KEY, vector BLOB, codes BLOB, scales BLOB, ends BLOB, checksum BLOB
    );
    COMMIT
"""
_NO_DAMAGE = (  # SQLite's error codes that do not mean that the file is damaged
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
)

log = logging.getLogger(__name__)


def connected(path: Path) -> sqlite3.Connection:
    """Open a sound file, or create a new one."""
    # One thread at a time uses it: while chunks are written, the thread that writes them.
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.text_factory = bytes  # a damaged row may hold a text that is not UTF-8
    if connection.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
        connection.executescript(_SCHEMA)
    return connection


def is_outdated(path: Path) -> bool:
    """Tell whether an older release wrote the file."""
    return _version(path) in _OTHERS


def is_sound(path: Path) -> bool:
    """Tell whether the file begins as a database of this format.

    The whole file is not looked through, since it may have gigabytes: what is read of it later
    proves itself.
    """
    return _version(path) == _FORMAT


def _version(path: Path) -> int | None:
    """Return the version of the file's format, None where the file is damaged."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                return None
            raise


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Tell whether an error means that the file is damaged, not just locked or unreadable."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in _NO_DAMAGE


def remove(path: Path) -> None:
    """Remove a file whose vectors are written otherwise now; it may be as large as the index."""
    log.warning("%s is of an older version; its vectors will be computed again", path)
    path.unlink()
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def set_aside(path: Path) -> None:
    """Rename a damaged file, in place of one renamed before, and remove its journal.

    SQLite would apply the journal to the new file, which has the same name.
    """
    aside = path.with_name(f"{path.name}.damaged")
    log.warning(
        "%s is damaged; it is set aside as %s and its vectors will be computed again",
        path,
        aside.name,
    )
    path.replace(aside)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
