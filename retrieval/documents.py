"""Documents, and the passages that they are cut into: the nouns every other module shares.

A `Document` is cleaned text with what is known of its origin. A `Passage` is a stretch of whole
sentences in it. All offsets count code points of `Document.text`, half-open. What a question gets
lies in `retrieval.answers`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from retrieval.refusals import ReadingWarning

HASH_DIGITS = 16
"""Hexadecimal digits of a hash: 64 bits tell the documents of any collection apart."""

_PLAIN = ("name", "text", "title", "date", "source", "url", "language")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: code points `start` up to, not including, `end`."""

    start: int
    end: int

    @property
    def pair(self) -> list[int]:
        """Start and end, as JSON and arrays hold them."""
        return [self.start, self.end]

    def of(self, text: str) -> str:
        """Return the stretch of `text` that this span names."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """Return the same stretch counted from another origin, `by` code points on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True)
class Document:
    """Cleaned text, paragraphs separated by one blank line, and where it comes from.

    `name` is its path below the collection's folder (NFC, forward slashes) and its identity.
    `date` is ISO 8601, as exact as known: "2021-09-29", "2021-09" or "2021". `language` is an
    ISO 639-1 code. Whatever is not known is empty. `headings`, `captions` and `origins` (lines that
    tell where it comes from, such as its date, its author or its letterhead) are the paragraphs
    of `text` that are no running prose. `left_out` are the file's lines that are not in `text`,
    such as share buttons; `warnings` say what could not be read.
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
    origins: tuple[Span, ...] = ()
    left_out: tuple[str, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Document:
        """Return the document that `to_record` gave; raises KeyError or TypeError for another."""
        return cls(
            **{field: record[field] for field in _PLAIN},
            headings=spans_of(record["headings"]),
            captions=spans_of(record["captions"]),
            origins=spans_of(record["origins"]),
            left_out=tuple(record["left_out"]),
            warnings=tuple(map(ReadingWarning.from_record, record["warnings"])),
        )

    def to_record(self) -> dict[str, Any]:
        """Return the document as JSON can hold it."""
        return {
            **{field: getattr(self, field) for field in _PLAIN},
            "headings": [span.pair for span in self.headings],
            "captions": [span.pair for span in self.captions],
            "origins": [span.pair for span in self.origins],
            "left_out": list(self.left_out),
            "warnings": [warning.to_record() for warning in self.warnings],
        }

    @property
    def citation(self) -> str:
        """The document's origin in one line: "Title (Source, 2021-09-29)", as far as known.

        A document without a title is cited by its name.
        """
        origin = ", ".join(part for part in (self.source, self.date) if part)
        return f"{self.title or self.name}{f' ({origin})' if origin else ''}"

    @property
    def digits(self) -> str:
        """The first `HASH_DIGITS` of the hash, by which links and buttons name the document."""
        return self.hash[:HASH_DIGITS]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the text, hexadecimal: the same text has the same hash under any name."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Passage:
    """A stretch of one document, whole sentences, with the sentences' spans in that document."""

    document: Document
    span: Span
    sentences: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The document's own words, to the letter."""
        return self.span.of(self.document.text)


def spans_of(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Return the spans of pairs of start and end."""
    return tuple(Span(start, end) for start, end in pairs)
