"""One collection as those who administer it work on it: they read, add and remove documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.reopening import Reopening
from bot.search import Search
from retrieval.collection.uploads import Uploads, upload_name
from retrieval.documents import Document
from retrieval.reading.parse_cache import ParsedFile


@dataclass(frozen=True, slots=True)
class Desk:
    """A collection's documents: `search` sees them alone, `uploads` are those from the chat.

    `name` and `title` are empty where the documents are not divided.
    """

    name: str
    title: str
    search: Search
    uploads: Uploads
    reopening: Reopening

    def upload_name(self, file_name: str) -> str:
        """Return the document's name for a file that the sender calls `file_name`."""
        return upload_name(file_name, self.uploads.settings.uploads)

    async def uploaded(self) -> Sequence[Document]:
        """Return the documents that the bot keeps: those from the chat, and from feeds."""
        between = self.search.named_between
        return [one for names in self.uploads.kept for one in await between(*names)]

    async def reopen(self, *parsed: ParsedFile) -> None:
        """Take up what has changed in the documents; questions are answered meanwhile.

        Args:
            parsed: Files that need not be parsed again.

        Raises:
            CollectionError: The documents cannot be indexed; the old index stays.
        """
        await self.reopening.reopen(self.name, *parsed)
