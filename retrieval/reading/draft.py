"""A draft: the paragraphs of a file and what is known of its origin, before and after cleaning.

A format's module makes a draft. Its paragraphs may hold line breaks, blank lines and boilerplate.
Cleaning makes another draft of it, whose paragraphs are one line each.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum

from retrieval.refusals import ReadingWarning

BREAK = "\n\n"  # between two paragraphs


class ParagraphKind(Enum):
    """What a paragraph is.

    `ORIGIN` is a line that tells where the document comes from, such as its date or its author.
    `LINE` is one of several lines of equal kind, such as a list's or a poem's. Both can be quoted;
    neither is a heading. `HEADER_ROW` is a row of a table that names its columns.
    """

    PROSE = "prose"
    HEADING = "heading"
    CAPTION = "caption"
    ORIGIN = "origin"
    LINE = "line"
    HEADER_ROW = "header row"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a draft; before cleaning it is prose unless its format says otherwise.

    `level` is a heading's, from 1 for the highest; 0 where it is not known.
    """

    text: str
    kind: ParagraphKind = ParagraphKind.PROSE
    level: int = 0


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where a document comes from, in the fields of `Document`; a field not known is empty."""

    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    language: str = ""

    def filled_from(self, other: Metadata) -> Metadata:
        """Return these fields, and those of `other` where these are empty."""
        pairs = {
            field.name: getattr(self, field.name) or getattr(other, field.name)
            for field in fields(self)
        }
        return Metadata(**pairs)


@dataclass(frozen=True, slots=True)
class Draft:
    """Paragraphs in reading order, and the metadata that came with them.

    `left_out` are the lines that are not among the paragraphs, such as share buttons and a heading
    that repeats the one before; lines without any letter or digit are not listed.
    """

    paragraphs: tuple[Paragraph, ...]
    metadata: Metadata = Metadata()
    left_out: tuple[str, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs' text, one blank line between them."""
        return BREAK.join(paragraph.text for paragraph in self.paragraphs)
