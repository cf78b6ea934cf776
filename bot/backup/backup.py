"""Writes a backup while the bot runs.

SQLite's backup interface (https://www.sqlite.org/backup.html) copies the database as it is at one
moment, with what still lies in the log beside it.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from bot.backup.contents import (
    CHECKSUMS,
    COLLECTIONS,
    DATABASE,
    SETTINGS,
    BackupError,
    database_file,
    kept_folders,
    settings_text,
)
from bot.settings import Settings
from retrieval.reading.folder import visible_files
from retrieval.reading.web_origin import ORIGIN
from retrieval.settings import RetrievalSettings
from retrieval.storage import PARTIAL, checksums_of

POSTGRESQL = (
    "The database is on a server and not in this file. Back it up with:\n"
    "  pg_dump --format=custom --file=trichdan.dump DATABASE_URL"
)


def back_up(file: Path, settings: Settings, env: Mapping[str, str]) -> str:
    """Write a backup to `file`, whole or not at all.

    Returns:
        What was written, and what the operator still has to back up.

    Raises:
        BackupError: The file exists already or cannot be written, or there is nothing to back up.
        StoreError: DATABASE_URL is none.
    """
    if file.exists():
        raise BackupError(f"{file} exists already; name another file")
    database = database_file(settings.database_url)
    try:
        with TemporaryDirectory(dir=file.absolute().parent, prefix=".trichdan-") as folder:
            said = _gather(Path(folder), database, settings.retrieval)
            (Path(folder) / SETTINGS).write_text(settings_text(env), "utf-8")
            _pack(Path(folder), file)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{file} cannot be written: {error}") from None
    return "\n".join([f"Wrote {file}: {said}", *([] if database else [POSTGRESQL])])


def _gather(folder: Path, database: Path | None, retrieval: RetrievalSettings) -> str:
    """Copy what is backed up into `folder`, and return what that is."""
    if database:
        if not database.is_file():
            raise BackupError(f"there is no {database} yet; the bot makes it when it starts")
        _copy_database(database, folder / DATABASE)
    if retrieval.collections and retrieval.collections.is_file():
        shutil.copyfile(retrieval.collections, folder / COLLECTIONS)
    count = 0
    for documents in kept_folders(retrieval.seeds):
        copy = folder / documents.relative_to(retrieval.seeds)
        shutil.copytree(documents, copy, ignore=_left_out)
        count += sum(1 for _ in visible_files(copy))
    size = f"the database, {count}" if database else f"{count}"
    return f"{size} documents from chat and feeds, and the settings without secrets."


def _left_out(_: str, names: list[str]) -> set[str]:
    """Return the names of hidden files, such as unfinished ones, except for documents' origins."""
    return {name for name in names if name.startswith(".") and not name.endswith(ORIGIN)}


def _copy_database(source: Path, target: Path) -> None:
    read_only = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(read_only, uri=True)) as live:
        with closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # all of it in one file


def _pack(folder: Path, file: Path) -> None:
    """Write the files of `folder` and their checksums into one file, readable by its owner."""
    checksums = json.dumps(checksums_of(folder), indent=2)
    partial = file.with_name(file.name + PARTIAL)
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as opened, ZipFile(opened, "w", ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                archive.write(path, path.relative_to(folder))
            archive.writestr(CHECKSUMS, checksums)
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
