"""The files that people send, kept in memory."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath

from telegram import Document, File
from telegram.constants import FileSizeLimit

from bot.demo.errors import ApiError, BadRequest


class Files:
    """Files by `file_id`; each also has a path, from which a bot downloads its bytes."""

    def __init__(self) -> None:
        """Start without files."""
        self._documents: list[Document] = []
        self._contents: list[bytes] = []

    def add(self, name: str, content: bytes) -> Document:
        """Keep a file and return the document to put into a message."""
        number = len(self._documents)
        document = Document(
            file_id=f"document-{number}",
            file_unique_id=f"unique-{number}",
            file_name=name,
            mime_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            file_size=len(content),
        )
        self._documents.append(document)
        self._contents.append(content)
        return document

    def get(self, file_id: str) -> File:
        """Return a file with its path.

        Raises:
            BadRequest: There is no such file, or it is over the 20 MB that bots may download.
        """
        for number, document in enumerate(self._documents):
            if document.file_id == file_id:
                if len(self._contents[number]) > FileSizeLimit.FILESIZE_DOWNLOAD:
                    raise BadRequest("file is too big")
                path = _path(number, document)
                unique = document.file_unique_id
                return File(file_id, unique, document.file_size, file_path=path)
        raise BadRequest("wrong file_id or the file is temporarily unavailable")

    def content(self, path: str) -> bytes:
        """Return the bytes of the file with this path; raise `ApiError` if there is none."""
        for number, document in enumerate(self._documents):
            if _path(number, document) == path:
                return self._contents[number]
        raise ApiError(404, "Not Found")


def _path(number: int, document: Document) -> str:
    """Return a path as Telegram makes it: a name of its own with the suffix of the file."""
    return f"documents/file_{number}{PurePosixPath(document.file_name or '').suffix}"
