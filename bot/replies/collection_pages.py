"""The pages of the collection's list: ten documents at a time, in one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.replies.paging import Paging
from retrieval.documents import Document

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """One page of the list. Pages and documents are numbered from 1.

    There are `count` pages, and `total` documents on all of them.
    """

    documents: tuple[Document, ...]
    number: int
    count: int
    total: int

    @classmethod
    def of(cls, documents: Sequence[Document], number: int) -> CollectionPage:
        """Return page `number` of the list, the nearest one where it has not so many."""
        page = Paging.of(len(documents), PER_PAGE, number)
        listed = tuple(documents[page.start : page.end])
        return cls(listed, page.number, page.count, len(documents))

    def numbered(self) -> Iterator[tuple[int, Document]]:
        """Yield the documents with their numbers in the whole list."""
        return enumerate(self.documents, (self.number - 1) * PER_PAGE + 1)
