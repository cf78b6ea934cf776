"""Puts a backup back in place: the database, documents from chat and feeds, and the settings.

Everything is unpacked, compared with its checksums and brought up to this version first. Nothing
that exists is replaced unless the operator says so.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from filelock import FileLock, Timeout

from bot.backup.contents import (
    CHECKSUMS,
    COLLECTIONS,
    DATABASE,
    FOLDERS,
    SETTINGS,
    BackupError,
    database_file,
    kept_folders,
)
from bot.settings import Settings
from bot.store import Store
from bot.store.database import Tables, look_at_database
from retrieval.storage import damaged, write_folder

ENV = Path(".env")
_BESIDE = ("", "-wal", "-shm")  # the parts of an SQLite database in use


def restore(file: Path, settings: Settings, *, overwrite: bool = False) -> str:
    """Restore the backup in `file`.

    Args:
        file: What `back_up` wrote.
        settings: They say where the database and the documents belong.
        overwrite: Whether to replace a database and documents that exist.

    Returns:
        What was restored, and what the operator still has to do.

    Raises:
        BackupError: The file is no sound backup, or one of a later version; something exists
            already, or a bot runs.
        StoreError: DATABASE_URL is none.
    """
    database = database_file(settings.database_url)
    seeds, collections = settings.retrieval.seeds, settings.retrieval.collections
    try:
        with TemporaryDirectory(prefix="trichdan-") as folder:
            unpacked = Path(folder)
            _unpack(file, unpacked)
            folders = [seeds / name for name in FOLDERS]
            kept = kept_folders(unpacked)
            folders += [
                place for one in kept if (place := seeds / one.relative_to(unpacked)) not in folders
            ]
            _check_place(unpacked, database, folders, overwrite)
            said = [f"Restored {file}."]
            if database and (unpacked / DATABASE).exists():
                _migrate(unpacked / DATABASE, file)
                _put_database(unpacked / DATABASE, database)
                said.append(f"Database: {database}")
            for source in kept:
                documents = seeds / source.relative_to(unpacked)
                documents.parent.mkdir(parents=True, exist_ok=True)
                write_folder(documents, partial(_fill, source=source))
                said.append(f"Documents: {documents}")
            if (unpacked / COLLECTIONS).exists():
                said.append(_put_collections(unpacked / COLLECTIONS, collections))
            said.append(_put_settings(unpacked / SETTINGS))
    except OSError as error:
        raise BackupError(f"{file} cannot be restored: {error}") from None
    return "\n".join(said)


def _unpack(file: Path, folder: Path) -> None:
    try:
        with ZipFile(file) as archive:
            archive.extractall(folder)  # noqa: S202 - zipfile keeps names within the folder
        checksums = json.loads((folder / CHECKSUMS).read_text("utf-8"))
    except (BadZipFile, ValueError, FileNotFoundError) as error:
        if not file.exists():
            raise BackupError(f"there is no {file}") from None
        raise BackupError(f"{file} is no backup, or damaged: {error}") from None
    if wrong := damaged(folder, checksums):
        raise BackupError(f"{file} is damaged: {wrong[0]} is not what was backed up")


def _check_place(
    unpacked: Path, database: Path | None, folders: Sequence[Path], overwrite: bool
) -> None:
    if (unpacked / DATABASE).exists() and database is None:
        raise BackupError(
            "the backup holds an SQLite database, and DATABASE_URL names a server; "
            "set DATABASE_URL to an SQLite file"
        )
    there = [path for path in (database, *folders) if path and path.exists()]
    if there and not overwrite:
        raise BackupError(
            f"{' and '.join(map(str, there))} would be replaced; say --overwrite to do so"
        )
    if database and _is_in_use(database):
        raise BackupError(f"a bot runs on {database}; stop it first")


def _is_in_use(database: Path) -> bool:
    """Tell whether a bot holds the claim of `bot.store.claim` to the database."""
    for path in database.parent.glob(f"{database.name}.*.lock"):
        try:
            FileLock(path).acquire(timeout=0).lock.release()
        except Timeout:
            return True
    return False


def _migrate(database: Path, file: Path) -> None:
    url = f"sqlite:///{database}"
    if found := look_at_database(url):
        found.engine.dispose()
        if found.tables is Tables.LATER:
            raise BackupError(f"{file} is of a later version of the bot; install that version")
    Store.open(url).close()


def _put_database(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f"{target.name}.new")
    shutil.copyfile(source, new)
    for part in _BESIDE:
        target.with_name(target.name + part).unlink(missing_ok=True)
    new.rename(target)


def _put_collections(source: Path, place: Path | None) -> str:
    """Put the file of collections where COLLECTIONS says, or into the working folder."""
    target = place or Path(COLLECTIONS)
    if target.exists():
        return f"Collections: your {target} stays as it is."
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return f"Collections: {target.absolute()}. COLLECTIONS has to name this file."


def _fill(folder: Path, source: Path) -> None:
    shutil.copytree(source, folder, dirs_exist_ok=True)


def _put_settings(source: Path) -> str:
    text = source.read_text("utf-8")
    if ENV.exists():
        return f"Settings: your {ENV} stays as it is. Those of the backup:\n{text}".rstrip()
    descriptor = os.open(ENV, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return f"Settings: {ENV.absolute()}. Add the token, which is in no backup."
