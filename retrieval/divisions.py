"""The file that COLLECTIONS names, as far as it tells which folders are which collection.

    [collection.press]
    title = "Báo chí"
    folders = ["press"]

What else stands there is for the bot to read and to check.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from retrieval.errors import SettingsError
from retrieval.language.words import normal
from retrieval.settings import Division

KEYS = ("title", "folders")
"""The keys of a collection that are read here."""

_NAME = re.compile(r"[a-z0-9_-]{1,32}")
_TABLE = "collection"

Table = Mapping[str, Any]


def read_tables(path: Path) -> dict[str, Table]:
    """Return what the file says of each collection, by its name.

    Raises SettingsError where the file cannot be read, or holds anything but collections.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"COLLECTIONS={path}: {error.strerror}") from None
    except ValueError as error:  # also where it is not UTF-8
        raise mistake(path, f"it is no TOML: {error}") from None
    if unknown := sorted(content.keys() - {_TABLE}):
        raise mistake(path, f"unknown {unknown[0]!r}; only [collection.NAME] may stand here")
    tables = content.get(_TABLE)
    if not isinstance(tables, dict) or not tables:
        raise mistake(path, "it names no collection; begin with [collection.NAME]")
    for name, table in tables.items():
        if not _NAME.fullmatch(name) or not isinstance(table, dict):
            raise mistake(
                path, f'[collection.{name}]: a name has at most 32 of a-z, 0-9, "-" and "_"'
            )
    return tables


def divisions_in(path: Path, seeds: Path) -> tuple[Division, ...]:
    """Return the collections of a file, in its order.

    Raises SettingsError where one is not as it should be, or a folder is missing or in two.
    """
    tables = read_tables(path)
    found = tuple(_division(path, name, table, seeds) for name, table in tables.items())
    counts = Counter(folder for one in found for folder in one.folders)
    if twice := [folder for folder, count in counts.items() if count > 1]:
        raise mistake(path, f"the folder {twice[0]!r} is named twice; it can be in one collection")
    return found


def mistake(path: Path, what: str) -> SettingsError:
    """Return the error for something in the file that is not as it should be."""
    return SettingsError(f"COLLECTIONS={path}: {what}")


def _division(path: Path, name: str, table: Table, seeds: Path) -> Division:
    title, folders = table.get("title", name), table.get("folders")
    where = f"[collection.{name}]"
    if not isinstance(title, str) or not title.strip():
        raise mistake(path, f"{where}: title must be words in quotes")
    if not isinstance(folders, list) or not folders or not _are_strings(folders):
        raise mistake(path, f'{where}: folders must be a list of names, such as ["{name}"]')
    for folder in folders:
        if not folder or Path(folder).name != folder or folder.startswith("."):
            raise mistake(path, f"{where}: {folder!r} is no folder directly below SEEDS_DIR")
        if not seeds.is_dir():  # documents may be kept on another machine: see COLLECTION_URL
            continue
        if not (seeds / folder).is_dir() or (seeds / folder).is_symlink():
            raise mistake(path, f"{where}: there is no folder {folder!r} in SEEDS_DIR={seeds}")
    return Division(name, " ".join(title.split()), tuple(map(normal, folders)))


def _are_strings(values: list[object]) -> bool:
    return all(isinstance(one, str) for one in values)
