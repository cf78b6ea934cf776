"""One file: whether it may be opened, its bytes, and the document that it holds.

A file is opened only where it is a regular file of a known format. Anything else, such as a pipe
or a device, may never end or may wait for a writer.
"""

from __future__ import annotations

import hashlib
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from io import BufferedReader
from pathlib import Path, PurePosixPath

from retrieval.documents import Document
from retrieval.language.words import normal
from retrieval.reading.formats import MAIN_SUFFIXES, SUFFIXES
from retrieval.reading.sandbox import Sandbox
from retrieval.reading.web_origin import WebOrigin
from retrieval.refusals import Cause, Refusal, UnreadableError
from retrieval.settings import Limits

INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")  # Unicode's categories of characters without a shape


def read_file(path: Path, limits: Limits | None = None) -> Document:
    r"""Return the document that a file holds, parsed in a process of its own.

    The process takes a second or two to start; `read_files` reads many files with one.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "food.md")
    ...     _ = path.write_text("# Staple foods\n\nRice is the staple food of Vietnam.\n")
    ...     document = read_file(path)
    >>> document.title, document.language
    ('Staple foods', 'en')

    Args:
        path: The file; its suffix tells its format.
        limits: How large it may be and what parsing it may take; the defaults unless given.

    Raises:
        UnreadableError: The file cannot be opened, goes beyond the limits or holds no text.
        CollectionError: The process does not start.
    """
    with closing(Sandbox(limits or Limits())) as sandbox:
        return _document(path, sandbox)


def read_files(paths: Iterable[Path], limits: Limits) -> Iterator[Document | Refusal]:
    """Yield for each file the document that it holds, or why it gives none, in their order.

    One process parses all of them. Raises CollectionError where it does not start.
    """
    with closing(Sandbox(limits)) as sandbox:
        for path in paths:
            try:
                yield _document(path, sandbox)
            except UnreadableError as error:
                yield Refusal.of(str(path), error)


def _document(path: Path, sandbox: Sandbox) -> Document:
    name = document_name(path, path.parent)
    check_name(name)
    check_regular(path)
    check_format(name)
    document = sandbox.parse(name, read_bytes(path, sandbox.limits.max_file_mb))
    origin = WebOrigin.of(path)
    return origin.told_in(document) if origin else document


def document_name(path: Path, folder: Path) -> str:
    """Return the name of the document in a file below `folder`: its path from there, in NFC.

    The same name typed on another system is then the same document.
    """
    return normal(path.relative_to(folder).as_posix())


def path_named(name: str, folder: Path) -> Path:
    """Return the file below `folder` that has the document of this name.

    Raises UnreadableError where there is none.
    """
    path = folder
    with _refusals():
        for part in PurePosixPath(name).parts:
            path = _entry(path, part)
    check_inside(path, folder)
    check_regular(path)
    return path


def _entry(folder: Path, name: str) -> Path:
    """Return the entry of this name, also where the disk has it in another Unicode form."""
    exact = folder / name
    if exact.exists() or not folder.is_dir():
        return exact
    return next((entry for entry in folder.iterdir() if normal(entry.name) == name), exact)


def check_name(name: str) -> None:
    """Raise UnreadableError where a name holds characters that cannot be seen."""
    if any(unicodedata.category(char) in INVISIBLE for char in name):
        raise UnreadableError(Cause.NAME)


def check_format(name: str) -> None:
    """Raise UnreadableError where a file of this name has no format that can be read."""
    if PurePosixPath(name).suffix.lower() not in SUFFIXES:
        raise UnreadableError(Cause.FORMAT, suffixes=", ".join(MAIN_SUFFIXES))


def check_inside(path: Path, folder: Path) -> None:
    """Raise UnreadableError where `path` is a link that leads out of `folder`."""
    with _refusals():
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UnreadableError(Cause.LINK)


def check_regular(path: Path) -> None:
    """Raise UnreadableError where `path` is missing, a folder, a pipe, a socket or a device."""
    with _refusals():
        if not _is_regular(path):
            raise UnreadableError(Cause.NO_FILE)


def _is_regular(path: Path) -> bool:
    # `Path.is_file` hides every error from Python 3.14 on, a path that is too long among them.
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def sha256_of(path: Path, max_mb: int) -> str:
    """Return the SHA-256, in hex, of a regular file of at most `max_mb` million bytes.

    Raises UnreadableError where it is larger or cannot be read.
    """
    with _opened(path, max_mb) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_bytes(path: Path, max_mb: int) -> bytes:
    """Return the bytes of a regular file; raises as `sha256_of` does."""
    with _opened(path, max_mb) as file:
        data = file.read(max_mb * 10**6 + 1)  # it may have grown since it was opened
    _check_size(len(data), max_mb)
    return data


@contextmanager
def _opened(path: Path, max_mb: int) -> Iterator[BufferedReader]:
    with _refusals():
        _check_size(path.stat().st_size, max_mb)
        with path.open("rb") as file:
            yield file


def _check_size(size: int, max_mb: int) -> None:
    if size > max_mb * 10**6:
        raise UnreadableError(Cause.LARGE, limit=str(max_mb))


@contextmanager
def _refusals() -> Iterator[None]:
    """Raise UnreadableError in place of what the system raises."""
    try:
        yield
    except RuntimeError as error:  # pathlib's, for links in a circle
        raise UnreadableError(Cause.NO_FILE) from error
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise UnreadableError(Cause.UNOPENABLE, error=reason) from error
