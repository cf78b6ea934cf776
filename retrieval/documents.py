"""Documents, and the passages that they are cut into: the nouns every other module shares.

A `Document` is cleaned text with what is known of its origin. A `Passage` is a stretch of whole
sentences in it. All offsets count code points of `Document.text`, half-open. What a question gets
lies in `retrieval.answers`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from retrieval.pages import PageStart, pages_between
from retrieval.refusals import OF_PICTURES, ReadingWarning

HASH_DIGITS = 16
"""Hexadecimal digits of a hash: 64 bits tell the documents of any collection apart."""

_TELLING = 4  # words of a heading that is a part of the title and no accident
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


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a document's text; one of level 1 stands highest, deeper ones below it."""

    span: Span
    level: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table below their column heads.

    `span` goes from the row of the heads to the end of the last row, `head` is the row of the
    heads.
    """

    span: Span
    head: Span


@dataclass(frozen=True)
class Document:
    """Cleaned text, paragraphs separated by one blank line, and where it comes from.

    `name` is its path below the collection's folder (NFC, forward slashes) and its identity.
    `date` is ISO 8601, as exact as known: "2021-09-29", "2021-09" or "2021". `language` is an
    ISO 639-1 code. Whatever is not known is empty. `headings`, `captions` and `origins` (lines that
    tell where it comes from, such as its date, its author or its letterhead) are the paragraphs
    of `text` that are no running prose. `tables` are the rows whose column heads are known; a long
    table is several of them, for its heads are repeated in `text` as in print. `page_starts` say
    where in `text` the file's pages begin; empty where the format has none. `recognised` are the
    paragraphs that were recognised in a picture, wholly or in part. `left_out` are the file's lines
    that are not in `text`, such as share buttons; `warnings` say what could not be read.
    """

    name: str
    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    headings: tuple[Heading, ...] = ()
    captions: tuple[Span, ...] = ()
    origins: tuple[Span, ...] = ()
    tables: tuple[Table, ...] = ()
    page_starts: tuple[PageStart, ...] = ()
    recognised: tuple[Span, ...] = ()
    left_out: tuple[str, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Document:
        """Return the document that `to_record` gave; raises KeyError or TypeError for another."""
        return cls(
            **{field: record[field] for field in _PLAIN},
            headings=tuple(Heading(Span(*pair), level) for *pair, level in record["headings"]),
            captions=spans_of(record["captions"]),
            origins=spans_of(record["origins"]),
            tables=tuple(
                Table(Span(start, end), Span(start, head)) for start, head, end in record["tables"]
            ),
            page_starts=tuple(PageStart(*start) for start in record["page_starts"]),
            recognised=spans_of(record["recognised"]),
            left_out=tuple(record["left_out"]),
            warnings=tuple(map(ReadingWarning.from_record, record["warnings"])),
        )

    def to_record(self) -> dict[str, Any]:
        """Return the document as JSON can hold it."""
        return {
            **{field: getattr(self, field) for field in _PLAIN},
            "headings": [[*heading.span.pair, heading.level] for heading in self.headings],
            "captions": [span.pair for span in self.captions],
            "origins": [span.pair for span in self.origins],
            "tables": [[*table.head.pair, table.span.end] for table in self.tables],
            "page_starts": [[start.offset, start.page] for start in self.page_starts],
            "recognised": [span.pair for span in self.recognised],
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

    def path_at(self, offset: int) -> tuple[Heading, ...]:
        """Return the headings that hold at `offset`, the highest first; its own if it is in one.

        A heading that the title repeats is left out: the title stands before the path anyway.
        """
        place = bisect_right(self.headings, offset, key=lambda heading: heading.span.start)
        return self._paths[place]

    def pages_of(self, span: Span) -> tuple[int, ...]:
        """Return the numbers of the file's pages that `span` touches, ascending.

        They count from 1. None where the format has no pages.
        """
        return pages_between(self.page_starts, span.start, span.end)

    @property
    def has_pictures_of_text(self) -> bool:
        """Whether it depends on the reading of pictures, recognised or not."""
        return bool(self.recognised) or any(one.cause in OF_PICTURES for one in self.warnings)

    def is_recognised(self, span: Span) -> bool:
        """Tell whether any of the text at `span` was recognised in a picture."""
        return any(span.start < one.end and one.start < span.end for one in self.recognised)

    @cached_property
    def _paths(self) -> list[tuple[Heading, ...]]:
        """The path before the first heading, then the path from each heading on."""
        title = _comparable(self.title)
        paths: list[tuple[Heading, ...]] = [()]
        for heading in self.headings:
            above = tuple(one for one in paths[-1] if one.level < heading.level)
            repeats = _repeats(_comparable(heading.span.of(self.text)), title)
            paths.append(above if repeats else (*above, heading))
        return paths


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

    @property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the file's pages that the passage stands on, ascending from 1."""
        return self.document.pages_of(self.span)

    @property
    def is_recognised(self) -> bool:
        """Whether any of it was recognised in a picture."""
        return self.document.is_recognised(self.span)

    @property
    def path(self) -> tuple[Heading, ...]:
        """The headings that hold where the passage ends, the highest first."""
        return self.document.path_at(self.span.end)

    @property
    def headings(self) -> tuple[str, ...]:
        """The words of those headings, without the document's title."""
        return tuple(heading.span.of(self.document.text) for heading in self.path)


def spans_of(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Return the spans of pairs of start and end."""
    return tuple(Span(start, end) for start, end in pairs)


def _comparable(line: str) -> str:
    return " ".join(line.casefold().split())


def _repeats(line: str, title: str) -> bool:
    """Tell whether a heading is the title or a part of it, and not only a word or two."""
    return line == title or (line in title and len(line.split()) >= _TELLING)
