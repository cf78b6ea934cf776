"""Documents from the chat: a folder of their own among the documents, where they outlive the bot.

What a file is called is up to whoever sends it, so it gets a name that can lie in any folder and
be shown anywhere. A file is read first, within the limits for documents, and takes its place by
one rename: what cannot be read never takes the place of what can.
"""

from __future__ import annotations

import os
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256

from telegram.constants import FileSizeLimit

from retrieval.documents import HASH_DIGITS, Document
from retrieval.language.words import normal
from retrieval.reading.folder import INVISIBLE, check_format
from retrieval.reading.refusals import Cause, UnreadableError
from retrieval.reading.sandbox import Sandbox
from retrieval.settings import RetrievalSettings

FOLDER = "from-chat"
UPLOADS = (f"{FOLDER}/", f"{FOLDER}0")  # between these stand all their names, 0 being next to /
UNFINISHED = ".unfinished"  # hidden, so that no build reads it
SEPARATORS = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
NAME_BYTES = 150  # of the 255 that file systems take


@dataclass(frozen=True, slots=True)
class Uploads:
    """The documents from the chat, below `settings.seeds`. All methods but `check` block."""

    settings: RetrievalSettings

    def check(self, name: str, size: int) -> None:
        """Raise UnreadableError where a file is not worth fetching for its name or its size."""
        check_format(name)
        limit = min(self.settings.limits.max_file_mb, FileSizeLimit.FILESIZE_DOWNLOAD // 10**6)
        if size > limit * 10**6:
            raise UnreadableError(Cause.LARGE, limit=str(limit))

    def read(self, name: str, data: bytes) -> Document:
        """Return the document that a file holds; raises UnreadableError and CollectionError."""
        with closing(Sandbox(self.settings.limits)) as sandbox:
            return sandbox.parse(name, data)

    def save(self, name: str, data: bytes) -> None:
        """Write a file, in place of one with the same name; raises OSError."""
        folder = self.settings.seeds / FOLDER
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():  # nothing beyond the documents' folder is read or written
            raise NotADirectoryError(None, f"{FOLDER} is a link")
        with (folder / UNFINISHED).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(folder / UNFINISHED, self.settings.seeds / name)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there; raises OSError."""
        (self.settings.seeds / name).unlink(missing_ok=True)


def upload_name(file_name: str) -> str:
    """Return the name, as a document, of a file that the sender calls `file_name`.

    It is in NFC and holds nothing that cannot be seen, that leads elsewhere or that hides it.
    """
    seen = (char for char in normal(file_name) if unicodedata.category(char) not in INVISIBLE)
    stem, dot, suffix = "".join(seen).translate(SEPARATORS).rpartition(".")
    stem = _cut(stem.lstrip(".~ ")).rstrip(". ") or "document"
    return f"{FOLDER}/{stem}{dot}{_cut(suffix.strip().lower())}"


def is_upload(document: Document) -> bool:
    """Tell whether a document came from the chat."""
    return document.name.startswith(f"{FOLDER}/")


def key_of(document: Document) -> str:
    """Return the digits by which a button names a document, whatever its text is by then."""
    return sha256(document.name.encode()).hexdigest()[:HASH_DIGITS]


def _cut(text: str) -> str:
    return text.encode()[:NAME_BYTES].decode(errors="ignore")
