"""The list of documents: ten on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.replies.buttons import turning_buttons
from bot.replies.callback_data import ButtonData
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


def turning_keyboard(
    turn: Callable[[int], ButtonData], page: CollectionPage
) -> InlineKeyboardMarkup | None:
    """Return the buttons that turn the page, None where all documents are on one.

    Args:
        turn: Makes the data of the button that leads to a page.
        page: The page that is shown.
    """
    back, on = turning_buttons(turn, page.number, page.count)
    return InlineKeyboardMarkup([back + on]) if back + on else None
