"""A file or a folder -> documents: opened, named, parsed; and what was refused, with why.

One bad file never costs the others: a folder gives every document that can be read and, for every
file that cannot, one line fit for the user. A document's name is its path below the folder, in
NFC, so that the same name typed on another system is the same document.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from retrieval.documents import Document
from retrieval.errors import CollectionError
from retrieval.language.words import normal
from retrieval.reading.formats import SUFFIXES
from retrieval.reading.parse_cache import Parse
from retrieval.reading.refusals import Cause, Refusal, UnreadableError

_KINDS = ", ".join(SUFFIXES)
INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")  # of Unicode's categories
_HIDDEN = (".", "~$")  # the second opens the names of Word's lock files


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The documents below a folder, sorted by name, and the files that gave none."""

    documents: tuple[Document, ...]
    refused: tuple[Refusal, ...]


def read_folder(folder: Path, parse: Parse, max_mb: int) -> FolderContents:
    """Read all files below `folder`, hidden ones aside, of up to `max_mb` MB each.

    `parse` makes a document of a name and a file's bytes, or raises UnreadableError. Raises
    CollectionError where there is no such folder or no file in it.
    """
    where = _shown(str(folder))
    if not folder.is_dir():
        raise CollectionError(
            f"There is no folder {where}; set SEEDS_DIR to your documents' folder."
        )
    paths = sorted(visible_files(folder), key=lambda path: (_name(path, folder), str(path)))
    if not paths:
        raise CollectionError(
            f"The folder {where} holds no document; put {_KINDS} files there or set SEEDS_DIR."
        )
    return _collected(paths, folder, parse, max_mb)


def visible_files(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` that are meant to be read, in no order.

    A folder below it that cannot be looked into is one of them, so that it gets named.
    """
    folders = [folder]  # no recursion: folders may be nested deeper than calls can be
    while folders:
        for path in _entries(folders.pop()):
            if _is_folder(path) and os.access(path, os.R_OK | os.X_OK):
                folders.append(path)
            else:
                yield path


def _entries(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if not path.name.startswith(_HIDDEN)]
    except OSError:  # gone by now
        return []


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)  # no path is too long for these


def check_file(path: Path, root: Path) -> None:
    """Raise UnreadableError where `path` is no file below `root`.

    Nothing is opened for that: what lies elsewhere may never end, or wait for a writer.
    """
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            raise UnreadableError(Cause.LINK)
        if not path.is_file():
            raise UnreadableError(Cause.NO_FILE)
    except RuntimeError as error:  # links in a circle
        raise UnreadableError(Cause.NO_FILE) from error
    except OSError as error:
        raise _closed(error) from error


def _collected(paths: list[Path], root: Path, parse: Parse, max_mb: int) -> FolderContents:
    by_text: dict[str, Document] = {}
    refused: list[Refusal] = []
    for path in paths:
        try:
            name = _checked_name(path, root)
            _add(parse(name, _bytes(path, max_mb)), by_text)
        except UnreadableError as error:
            refused.append(Refusal(_shown(_name(path, root)), str(error)))
    return FolderContents(tuple(by_text.values()), tuple(refused))


def _add(document: Document, by_text: dict[str, Document]) -> None:
    same = by_text.get(document.hash)
    if same:
        raise UnreadableError(Cause.SAME_TEXT, name=same.name)
    last = next(reversed(by_text.values()), None)  # sorted: names alike follow each other
    if last and last.name == document.name:
        raise UnreadableError(Cause.SAME_NAME)
    by_text[document.hash] = document


def _checked_name(path: Path, root: Path) -> str:
    name = _name(path, root)
    if any(unicodedata.category(char) in INVISIBLE for char in name):
        raise UnreadableError(Cause.NAME)
    check_file(path, root)
    check_format(name)
    return name


def check_format(name: str) -> None:
    """Raise UnreadableError where a file of this name has no format that can be read."""
    if PurePosixPath(name).suffix.lower() not in SUFFIXES:
        raise UnreadableError(Cause.FORMAT, suffixes=_KINDS)


def _bytes(path: Path, max_mb: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(max_mb * 10**6 + 1)
    except OSError as error:
        raise _closed(error) from error
    if len(data) > max_mb * 10**6:
        raise UnreadableError(Cause.LARGE, limit=str(max_mb))
    return data


def _closed(error: OSError) -> UnreadableError:
    return UnreadableError(Cause.CLOSED, error=error.strerror or "no reason given")


def _name(path: Path, root: Path) -> str:
    return normal(path.relative_to(root).as_posix())


def _shown(text: str) -> str:
    """Return `text` in one line, what cannot be seen written as an escape."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
