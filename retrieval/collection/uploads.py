"""Documents from the chat: files in a folder of their own among the other documents.

The sender chooses a file's name, so the file is kept under a name that can lie in any folder and
be shown anywhere. It is parsed first, within the limits for documents, and then written in one
step: a file that cannot be read never replaces one that can.
"""

from __future__ import annotations

import unicodedata
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from retrieval.documents import HASH_DIGITS, Document
from retrieval.language.words import normal
from retrieval.reading.file import INVISIBLE, check_format
from retrieval.reading.parse_cache import ParseCache, ParsedFile
from retrieval.reading.sandbox import Sandbox
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import FROM_CHAT, RetrievalSettings
from retrieval.storage import write_file

_SEPARATORS = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
_NAME_BYTES = 150  # of the 255 that file systems take


@dataclass(frozen=True, slots=True)
class Uploads:
    """The documents from the chat of one collection. All methods but `check` block."""

    settings: RetrievalSettings

    @property
    def names(self) -> tuple[str, str]:
        """Names between which all names of such documents sort: "0" follows "/"."""
        return f"{self.settings.uploads}/", f"{self.settings.uploads}0"

    def check(self, name: str, size: int, download_limit: int) -> None:
        """Raise UnreadableError where a file need not be downloaded: it would be refused.

        `size` and `download_limit`, the most that can be downloaded, are in bytes.
        """
        check_format(name)
        limit = min(self.settings.limits.max_file_mb, download_limit // 10**6)
        if size > limit * 10**6:
            raise UnreadableError(Cause.LARGE, limit=str(limit))

    def read(self, name: str, data: bytes) -> ParsedFile:
        """Return the document that a file holds, to be handed on to `Retriever.reopen`.

        Raises UnreadableError where it holds none, and CollectionError where no parser starts.
        """
        with closing(Sandbox(self.settings.limits)) as sandbox:
            return ParseCache(sandbox.parse).read(name, data)

    def save(self, name: str, data: bytes) -> None:
        """Write a file, in place of one with the same name; raises OSError."""
        folder = self.settings.seeds / self.settings.uploads
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():  # nothing outside the documents' folder is read or written
            raise NotADirectoryError(None, f"{FROM_CHAT} is a link")
        write_file(self.settings.seeds / name, data)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there; raises OSError."""
        (self.settings.seeds / name).unlink(missing_ok=True)


def upload_name(file_name: str, folder: str = FROM_CHAT) -> str:
    """Return the document's name for a file that the sender calls `file_name`, in `folder`.

    It is in NFC, without invisible characters, path separators or a beginning that would hide it.
    """
    visible = (char for char in normal(file_name) if unicodedata.category(char) not in INVISIBLE)
    stem, dot, suffix = "".join(visible).translate(_SEPARATORS).rpartition(".")
    stem = _cut(stem.lstrip(".~ ")).rstrip(". ") or "document"
    return f"{folder}/{stem}{dot}{_cut(suffix.strip().lower())}"


def is_upload(document: Document) -> bool:
    """Tell whether a document came from the chat, of whatever collection it is."""
    return PurePosixPath(document.name).parent.name == FROM_CHAT


def key_of(document: Document) -> str:
    """Return the hash digits by which a button names a document; its text may change meanwhile."""
    return sha256(document.name.encode()).hexdigest()[:HASH_DIGITS]


def _cut(text: str) -> str:
    return text.encode()[:_NAME_BYTES].decode(errors="ignore")
