"""One collection as those who administer it work on it: they read, add and remove documents."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.search import Search
from retrieval.collection.uploads import Uploads, upload_name
from retrieval.documents import Document
from retrieval.reading.parse_cache import ParsedFile

if TYPE_CHECKING:
    from retrieval.library import Library  # takes seconds to import


@dataclass(frozen=True, slots=True)
class Desk:
    """A collection's documents: `search` sees them alone, `uploads` are those from the chat.

    `name` and `title` are empty where the documents are not divided.
    """

    name: str
    title: str
    library: Library
    search: Search
    uploads: Uploads

    def upload_name(self, file_name: str) -> str:
        """Return the document's name for a file that the sender calls `file_name`."""
        return upload_name(file_name, self.uploads.settings.uploads)

    async def uploaded(self) -> Sequence[Document]:
        """Return the documents that came from the chat."""
        return await self.search.named_between(*self.uploads.names)

    async def reopen(self, *parsed: ParsedFile) -> None:
        """Take up what has changed in the documents; questions are answered meanwhile.

        Args:
            parsed: Files that need not be parsed again.

        Raises:
            CollectionError: The documents cannot be indexed; the old index stays.
        """
        await asyncio.to_thread(self.library.reopen, self.name, *parsed)
