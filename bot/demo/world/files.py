"""The files that people send and the photos of the bot, kept in memory."""

from __future__ import annotations

import mimetypes
from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError
from telegram import Document, File, PhotoSize
from telegram.constants import FileSizeLimit

from bot.demo.errors import ApiError, BadRequest

LONGEST_SIDES = 10_000  # pixels: width and height of a photo together
MOST_OBLONG = 20  # times as long as wide


class Files:
    """Files by `file_id`; each also has a path, from which a bot downloads its bytes."""

    def __init__(self) -> None:
        """Start without files."""
        self._documents: list[Document] = []
        self._contents: list[bytes] = []
        self._photos: dict[str, bytes] = {}

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

    def add_photo(self, content: bytes) -> PhotoSize:
        """Keep a photo and return the one size of it that a message has.

        Raises:
            BadRequest: It is no picture, or one that Telegram takes for no photo.
        """
        try:
            width, height = Image.open(BytesIO(content)).size
        except UnidentifiedImageError as error:
            raise BadRequest("IMAGE_PROCESS_FAILED") from error
        shorter, longer = sorted((width, height))
        if width + height > LONGEST_SIDES or longer > MOST_OBLONG * shorter:
            raise BadRequest("PHOTO_INVALID_DIMENSIONS")
        if len(content) > FileSizeLimit.PHOTOSIZE_UPLOAD:
            raise BadRequest("file is too big")
        file_id = f"photo-{len(self._photos)}"
        self._photos[file_id] = content
        return PhotoSize(file_id, f"unique-{file_id}", width, height, len(content))

    def photo(self, file_id: str) -> bytes:
        """Return the bytes of a photo; raise `ApiError` if there is none."""
        if file_id not in self._photos:
            raise ApiError(404, "Not Found")
        return self._photos[file_id]

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
