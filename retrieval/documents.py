"""Documents, their passages and stretches of their text: the nouns that all modules share.

A `Document` is cleaned text with what is known of its origin. A `Passage` is a stretch of it that
is found and quoted. A `Span` says where a stretch stands: code points of `Document.text`, from its
start up to, not including, its end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

HASH_DIGITS = 16  # hexadecimal: these 64 bits tell the documents of any collection apart
_PLAIN = ("name", "text", "title", "date", "source", "url", "language")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: the code points from `start` up to, not including, `end`."""

    start: int
    end: int

    @property
    def pair(self) -> list[int]:
        """Start and end, as JSON and arrays hold them."""
        return [self.start, self.end]

    def of(self, text: str) -> str:
        """Return the words of `text` that stand at this span."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """Return the span moved `by` code points towards the end."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True)
class Document:
    """Cleaned text, paragraphs separated by one blank line, and where it comes from.

    Every field that is not known is empty.

    Attributes:
        name: its path below the collection's folder (NFC, forward slashes); its identity.
        text: what is indexed and quoted.
        title: its title, which does not stand in `text`.
        date: ISO 8601, as exact as known: "2021-09-29", "2021-09" or "2021".
        source: the publisher's name.
        url: the address of the original.
        language: an ISO 639-1 code.
        headings: the paragraphs of `text` that are headings.
        captions: the paragraphs of `text` that are captions of pictures.
    """

    name: str
    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    headings: tuple[Span, ...] = ()
    captions: tuple[Span, ...] = ()

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Document:
        """Return the document of a record that `to_record` made; raises KeyError or TypeError."""
        return cls(
            **{field: record[field] for field in _PLAIN},
            headings=spans_of(record["headings"]),
            captions=spans_of(record["captions"]),
        )

    def to_record(self) -> dict[str, Any]:
        """Return the document as values that JSON can hold."""
        return {
            **{field: getattr(self, field) for field in _PLAIN},
            "headings": [span.pair for span in self.headings],
            "captions": [span.pair for span in self.captions],
        }

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the text, in hex: the same text has the same hash under any name."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Passage:
    """Whole sentences of one document; the spans count from the document's start."""

    document: Document
    span: Span
    sentences: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The document's own words, to the letter."""
        return self.span.of(self.document.text)


def spans_of(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Return a span for each pair of start and end, as `Span.pair` gives them."""
    return tuple(Span(start, end) for start, end in pairs)
