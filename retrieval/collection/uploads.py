"""Documents from the chat and from feeds: files in folders of their own among the others.

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
from retrieval.reading.folder import holds_files
from retrieval.reading.parse_cache import ParseCache, ParsedFile
from retrieval.reading.sandbox import Sandbox
from retrieval.reading.web_origin import WebOrigin, remove_origin
from retrieval.refusals import Cause, UnreadableError
from retrieval.settings import FROM_CHAT, FROM_FEEDS, RetrievalSettings
from retrieval.storage import write_file

_SEPARATORS = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
_NAME_BYTES = 150  # of the 255 that file systems take


@dataclass(frozen=True, slots=True)
class Uploads:
    """The documents from the chat of one collection. All methods but `check` block."""

    settings: RetrievalSettings

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """For each folder of documents that the bot keeps, two names between which all of it sorts.

        The feeds' articles are the collection's that names their folder. "0" follows "/".
        """
        division = self.settings.division
        has_feeds = division is None or FROM_FEEDS in division.folders
        folders = [self.settings.uploads, *([FROM_FEEDS] if has_feeds else [])]
        return tuple((f"{folder}/", f"{folder}0") for folder in folders)

    def check(self, name: str, size: int, download_limit: int) -> None:
        """Raise UnreadableError where a file need not be downloaded: it would be refused.

        `size` and `download_limit`, the most that can be downloaded, are in bytes.
        """
        check_format(name)
        limit = min(self.settings.limits.max_file_mb, download_limit // 10**6)
        if size > limit * 10**6:
            raise UnreadableError(Cause.LARGE, limit=str(limit))

    def read(self, name: str, data: bytes, origin: WebOrigin | None = None) -> ParsedFile:
        """Return the document that a file holds, to be handed on to `Retriever.reopen`.

        Raises UnreadableError where it holds none, and CollectionError where no parser starts.
        """
        with closing(Sandbox(self.settings.limits)) as sandbox:
            return ParseCache(sandbox.parse).read(name, data, origin)

    def save(self, name: str, data: bytes, origin: WebOrigin | None = None) -> None:
        """Write a file with its origin, in place of one with the same name.

        Raises OSError where that is not possible. It is not where COLLECTION_URL gives the
        documents and this machine has none: the next start would take the file for all of them.
        """
        if self.settings.collection_url and not holds_files(self.settings.seeds):
            raise FileNotFoundError(None, "the documents are kept on another machine")
        path = self.settings.seeds / name
        path.parent.mkdir(exist_ok=True)
        if path.parent.is_symlink():  # nothing outside the documents' folder is read or written
            raise NotADirectoryError(None, f"{path.parent.name} is a link")
        if origin:
            origin.keep(path)
        else:
            remove_origin(path)
        write_file(path, data)

    def remove(self, name: str) -> None:
        """Remove a file and its origin, if they are there; raises OSError."""
        path = self.settings.seeds / name
        path.unlink(missing_ok=True)
        remove_origin(path)


def upload_name(file_name: str, folder: str = FROM_CHAT) -> str:
    """Return the document's name in `folder` for a file that the sender calls `file_name`.

    It is in NFC, without invisible characters, path separators or a beginning that would hide it.
    """
    visible = (char for char in normal(file_name) if unicodedata.category(char) not in INVISIBLE)
    stem, dot, suffix = "".join(visible).translate(_SEPARATORS).rpartition(".")
    stem = _cut(stem.lstrip(".~ ")).rstrip(". ") or "document"
    return f"{folder}/{stem}{dot}{_cut(suffix.strip().lower())}"


def is_upload(document: Document) -> bool:
    """Tell whether a document came from the chat, of whatever collection it is."""
    return PurePosixPath(document.name).parent.name == FROM_CHAT


def is_article(document: Document) -> bool:
    """Tell whether a document is an article of a feed."""
    return document.name.startswith(f"{FROM_FEEDS}/")


def key_of(document: Document) -> str:
    """Return the hash digits by which a button names a document; its text may change meanwhile."""
    return sha256(document.name.encode()).hexdigest()[:HASH_DIGITS]


def _cut(text: str) -> str:
    return text.encode()[:_NAME_BYTES].decode(errors="ignore")
