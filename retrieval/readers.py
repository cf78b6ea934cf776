"""A file or a folder -> documents: read by format, cleaned, named; and what was refused, with why.

One bad file never costs the others: a folder gives every document that can be read and, for every
file that cannot, one line fit for the user. A document's name is its path below the folder, in
NFC, so that the same name typed on another system is the same document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval import formats
from retrieval.cleaning import clean
from retrieval.documents import CollectionError, Document, Span
from retrieval.drafts import BREAK, Draft, Kind, UnreadableError
from retrieval.words import normal

LARGEST_FILE = 20_000_000  # bytes; Telegram lets a bot download as much
_KINDS = ", ".join(formats.SUFFIXES)
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # of Unicode's categories
_HIDDEN = (".", "~$")  # the second opens the names of Word's lock files


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that gave no document; `name` and `reason` can be shown as they are."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Collection:
    """The documents below a folder, sorted by name, and the files that gave none."""

    documents: tuple[Document, ...]
    refused: tuple[Refusal, ...]


def read_file(path: Path, root: Path) -> Document:
    """Read and clean one file below `root`.

    Raises CollectionError with one line that names the file, the reason and what to do.
    """
    try:
        return _document(path, root)
    except UnreadableError as error:
        raise CollectionError(f"{_shown(_name(path, root))}: {error}.") from error


def read_folder(folder: Path) -> Collection:
    """Read and clean all files below `folder`, hidden ones aside.

    Raises CollectionError where there is no such folder or no file in it.
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
    return _collected(paths, folder)


def visible_files(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` that are meant to be read, in no order."""
    for path in folder.rglob("*"):
        hidden = any(part.startswith(_HIDDEN) for part in path.relative_to(folder).parts)
        if not hidden and (path.is_symlink() or not path.is_dir()):
            yield path


def _collected(paths: list[Path], root: Path) -> Collection:
    by_text: dict[str, Document] = {}
    refused: list[Refusal] = []
    for path in paths:
        try:
            _add(_document(path, root), by_text)
        except UnreadableError as error:
            refused.append(Refusal(_shown(_name(path, root)), str(error)))
    return Collection(tuple(by_text.values()), tuple(refused))


def _add(document: Document, by_text: dict[str, Document]) -> None:
    same = by_text.get(document.hash)
    if same:
        raise UnreadableError(f"its text is that of {same.name}; remove one of the two")
    last = next(reversed(by_text.values()), None)  # sorted: names alike follow each other
    if last and last.name == document.name:
        raise UnreadableError("its name differs from another only in Unicode form; rename one")
    by_text[document.hash] = document


def _document(path: Path, root: Path) -> Document:
    """Read one file; raise UnreadableError where it gives no document."""
    name = _name(path, root)
    if any(unicodedata.category(char) in _UNSEEN for char in name):
        raise UnreadableError("its name holds control characters; rename it")
    suffix = path.suffix.lower()
    if suffix not in formats.SUFFIXES:
        raise UnreadableError(f"its format cannot be read; save it as one of {_KINDS}")
    draft = clean(formats.read(_bytes(path, root), suffix))
    if not draft.paragraphs:
        raise UnreadableError("it holds no text; write some or remove it")
    return _assembled(name, draft)


def _bytes(path: Path, root: Path) -> bytes:
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            raise UnreadableError("it is a link out of the folder; put the file itself there")
        if not path.is_file():
            raise UnreadableError("it is no regular file; put the file itself there")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except RuntimeError as error:  # links in a circle
        raise UnreadableError("it is no regular file; put the file itself there") from error
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise UnreadableError(f"it cannot be opened ({reason}); check its permissions") from error
    if len(data) > LARGEST_FILE:
        raise UnreadableError(f"it is larger than {LARGEST_FILE // 10**6} MB; split it")
    return data


def _assembled(name: str, draft: Draft) -> Document:
    spans: dict[Kind, list[Span]] = {kind: [] for kind in Kind}
    start = 0
    for paragraph in draft.paragraphs:
        spans[paragraph.kind].append(Span(start, start + len(paragraph.text)))
        start += len(paragraph.text) + len(BREAK)
    return Document(
        name=name,
        text=draft.text,
        title=draft.metadata.title,
        date=draft.metadata.date,
        source=draft.metadata.source,
        url=draft.metadata.url,
        language=draft.metadata.language,
        headings=tuple(spans[Kind.HEADING]),
        captions=tuple(spans[Kind.CAPTION]),
    )


def _name(path: Path, root: Path) -> str:
    return normal(path.relative_to(root).as_posix())


def _shown(text: str) -> str:
    """Return `text` in one line, what cannot be seen written as an escape."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
