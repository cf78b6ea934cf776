"""A folder of files -> documents, and the files that were refused, each with its reason.

The folder is walked once. The scan hashes every file that can be opened, which is enough to tell
whether an index of the folder still holds. Reading then opens only the files whose documents are
not known. One bad file never costs the others.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from tqdm import tqdm

from retrieval.documents import Document
from retrieval.errors import CollectionError, NoDocumentError
from retrieval.language.words import normal
from retrieval.reading.file import (
    check_format,
    check_inside,
    check_name,
    check_regular,
    document_name,
    read_bytes,
    sha256_of,
)
from retrieval.reading.formats import MAIN_SUFFIXES
from retrieval.reading.parse_cache import ParseCache, ParsedFile
from retrieval.reading.web_origin import WebOrigin
from retrieval.refusals import Cause, Refusal, UnreadableError, shown

_HIDDEN = (".", "~$")  # the second begins the names of Word's lock files
_PATIENCE = 2  # seconds before a progress bar is shown


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A file as the scan found it: the SHA-256, in hex, of its bytes, or why it is refused.

    `name` is its document's name. The hash covers the `origin` too, where there is one.
    """

    path: Path
    name: str
    sha256: str = ""
    refusal: UnreadableError | None = None
    origin: WebOrigin | None = None


@dataclass(frozen=True, slots=True)
class FolderScan:
    """The files below `folder`, or below some folders in it, hidden ones aside, sorted by name.

    Files of more than `max_mb` million bytes are refused.
    """

    folder: Path
    max_mb: int
    files: tuple[ScannedFile, ...]

    @classmethod
    def of(cls, folder: Path, max_mb: int, within: Collection[str] = ()) -> FolderScan:
        """Walk the folder and hash its files; raises CollectionError where there is none.

        Args:
            folder: The documents' folder.
            max_mb: The largest file in million bytes.
            within: The names of the folders in it that are walked, in NFC; all if it is empty.
        """
        if not folder.is_dir():
            raise CollectionError(
                f"There is no folder {shown(str(folder))}; set SEEDS_DIR to your documents' folder."
            )
        found = chain(*map(visible_files, _folders_in(folder, within) if within else [folder]))
        files = (_scanned(path, folder, max_mb) for path in found)
        return cls(folder, max_mb, tuple(sorted(files, key=lambda one: (one.name, str(one.path)))))

    def without(self, unfinished: Set[str], known: Mapping[str, str]) -> FolderScan:
        """Return the scan without the files that are still being written.

        Args:
            unfinished: The names of their documents.
            known: The SHA-256, in hex, of the files that were read before, by document's name. An
                unfinished file among them stays in the scan as it was then.
        """
        kept = (
            replace(file, sha256=known[file.name], refusal=None)
            if file.name in unfinished
            else file
            for file in self.files
            if file.name not in unfinished or file.name in known
        )
        return replace(self, files=tuple(kept))

    @property
    def fingerprint(self) -> str:
        """A SHA-256, in hex, over what the folder's documents depend on.

        That is each file's name and, if it can be opened, its bytes.
        """
        whole = hashlib.sha256()
        for file in self.files:
            for part in (file.name, file.sha256 or str(file.refusal)):
                whole.update(part.encode("utf-8", "surrogatepass") + b"\0")
        return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The files below a folder that gave a document, sorted by name, and those that gave none."""

    files: tuple[ParsedFile, ...]
    refused: tuple[Refusal, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents, sorted by name; no two have the same name or the same text."""
        return tuple(file.document for file in self.files)


def read_folder(scan: FolderScan, cache: ParseCache, at_once: int = 1) -> FolderContents:
    """Read all scanned files, with a progress bar; those that the cache knows stay closed.

    Args:
        scan: The files.
        cache: Knows some files and parses the others.
        at_once: How many files are read side by side; the cache's `parse` must allow that.

    Raises:
        NoDocumentError: The folder holds no file.
        CollectionError: As the cache's `parse` does.
    """
    if not scan.files:
        raise NoDocumentError(
            f"The folder {shown(str(scan.folder))} holds no document;"
            f" put {', '.join(MAIN_SUFFIXES)} files there or set SEEDS_DIR."
        )
    by_text: dict[str, ParsedFile] = {}
    refused: list[Refusal] = []
    for file, found in zip(scan.files, _all_parsed(scan, cache, at_once), strict=True):
        try:
            if isinstance(found, UnreadableError):
                raise found
            _add(found, by_text)
        except UnreadableError as error:
            refused.append(Refusal.of(file.name, error))
    return FolderContents(tuple(by_text.values()), tuple(refused))


def outside(folder: Path, within: Collection[str]) -> list[str]:
    """Return the names of what lies in a folder beside the folders named, hidden things aside."""
    inside = _folders_in(folder, within)
    return sorted(normal(path.name) for path in _entries(folder) if path not in inside)


def _folders_in(folder: Path, names: Collection[str]) -> list[Path]:
    """Return the folders of these names; those that are missing, or links, are passed over."""
    return [one for one in _entries(folder) if normal(one.name) in names and _is_folder(one)]


def holds_files(folder: Path) -> bool:
    """Tell whether a folder exists and holds any file that is meant to be read."""
    return folder.is_dir() and next(visible_files(folder), None) is not None


def visible_files(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` that are meant to be read, in no order.

    A folder below it that cannot be looked into is yielded too, so that the user is told of it.
    """
    folders = [folder]  # a stack: folders may be nested deeper than calls can be
    while folders:
        for path in _entries(folders.pop()):
            if _is_folder(path) and os.access(path, os.R_OK | os.X_OK):
                folders.append(path)
            else:
                yield path


def _entries(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if not path.name.startswith(_HIDDEN)]
    except OSError:  # removed since its name was read
        return []


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)  # pathlib fails on very long paths


def _scanned(path: Path, folder: Path, max_mb: int) -> ScannedFile:
    name = document_name(path, folder)
    try:
        check_name(name)
        check_inside(path, folder)
        check_regular(path)
        check_format(name)
        sha256, origin = sha256_of(path, max_mb), WebOrigin.of(path)
        return ScannedFile(path, name, origin.sealed(sha256) if origin else sha256, origin=origin)
    except UnreadableError as error:
        return ScannedFile(path, name, refusal=error)


def _all_parsed(
    scan: FolderScan, cache: ParseCache, at_once: int
) -> Iterator[ParsedFile | UnreadableError]:
    """Yield what each file gives, or why it gives nothing, in the order of the files."""

    def outcome(file: ScannedFile) -> ParsedFile | UnreadableError:
        try:
            return _parsed(file, scan, cache)
        except UnreadableError as error:
            return error

    threads = ThreadPoolExecutor(at_once)
    try:
        # disable=None hides the bar where standard error is a log and no terminal.
        yield from tqdm(
            threads.map(outcome, scan.files),
            desc="Reading",
            total=len(scan.files),
            unit=" files",
            disable=None,
            delay=_PATIENCE,
        )
    finally:
        # After an error or Ctrl+C the files still open are not waited for: their sandboxes end.
        threads.shutdown(wait=False, cancel_futures=True)


def _parsed(file: ScannedFile, scan: FolderScan, cache: ParseCache) -> ParsedFile:
    if file.refusal:
        raise file.refusal
    if known := cache.find(file.name, file.sha256):
        return known
    check_inside(file.path, scan.folder)  # again: it may be another file by now
    check_regular(file.path)
    return cache.read(file.name, read_bytes(file.path, scan.max_mb), file.origin)


def _add(file: ParsedFile, by_text: dict[str, ParsedFile]) -> None:
    document = file.document
    if same := by_text.get(document.hash):
        raise UnreadableError(Cause.SAME_TEXT, name=same.document.name)
    last = next(reversed(by_text.values()), None)  # sorted: equal names follow each other
    if last and last.document.name == document.name:
        raise UnreadableError(Cause.SAME_NAME)
    by_text[document.hash] = file
