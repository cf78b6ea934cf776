"""Pages of a file as pictures, with the words marked that were quoted from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from retrieval.documents import Document, Span

_DRAWN = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
_AROUND = 300  # characters before and after: they tell a sentence from its likes on the page


def have_pictures(document_name: str) -> bool:
    """Tell by its name whether the pages of a document's file can be drawn."""
    return PurePosixPath(document_name).suffix.lower() in _DRAWN


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of a file as a JPEG.

    Attributes:
        number: The page's number in the file, from 1.
        jpeg: The file of the picture, at most 400 kB.
        is_marked: Whether the quoted words are marked on it. They are not where it is uncertain
            where they stand.
    """

    number: int
    jpeg: bytes
    is_marked: bool


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """Words of a document's text, with what stands before and after them, and their pages."""

    text: str
    before: str
    after: str
    pages: tuple[int, ...]

    @classmethod
    def of(cls, document: Document, span: Span) -> QuotedWords:
        """Return the words at `span`."""
        text = document.text
        before = text[max(0, span.start - _AROUND) : span.start]
        after = text[span.end : span.end + _AROUND]
        return cls(span.of(text), before, after, document.pages_of(span))

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> QuotedWords:
        """Return the words that `to_record` gave."""
        return cls(**{**record, "pages": tuple(record["pages"])})

    def to_record(self) -> dict[str, Any]:
        """Return the words as JSON can hold them."""
        return {
            "text": self.text,
            "before": self.before,
            "after": self.after,
            "pages": list(self.pages),
        }
