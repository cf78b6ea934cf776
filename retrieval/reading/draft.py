"""A draft: the paragraphs of a file and what is known of its origin, before and after cleaning.

A format's module makes a draft. Its paragraphs may hold line breaks, blank lines and boilerplate.
Cleaning makes another draft of it, whose paragraphs are one line each.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
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
class PageTurn:
    """After so many `words` of a paragraph, its text goes on on this `page`.

    Words are what white space parts. Their number stays the same where cleaning changes letters and
    spaces. A word that the turn cuts belongs to the page on which it begins.
    """

    words: int
    page: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a draft; before cleaning it is prose unless its format says otherwise.

    `level` is a heading's, from 1 for the highest; 0 where it is not known. `page` is the number of
    the file's page on which the paragraph begins, from 1; 0 where the format has no pages. `turns`
    are the further pages that it runs over. `is_recognised` tells that some of it was recognised in
    a picture.
    """

    text: str
    kind: ParagraphKind = ParagraphKind.PROSE
    level: int = 0
    page: int = 0
    turns: tuple[PageTurn, ...] = ()
    is_recognised: bool = False

    @property
    def last_page(self) -> int:
        """The page on which the paragraph ends; 0 where the format has no pages."""
        return self.turns[-1].page if self.turns else self.page

    def part(self, text: str, words_before: int) -> Paragraph:
        """Return the part whose text is `text`, which begins after `words_before` words."""
        words = len(text.split())
        begun = [turn.page for turn in self.turns if turn.words <= words_before]
        ahead = [PageTurn(turn.words - words_before, turn.page) for turn in self.turns]
        turns = tuple(turn for turn in ahead if 0 < turn.words < words)
        return replace(self, text=text, page=begun[-1] if begun else self.page, turns=turns)

    def followed_by(self, rest: Paragraph, text: str) -> Paragraph:
        """Return both as one paragraph of this kind, whose text is `text`."""
        words = len(self.text.split())
        turns = [PageTurn(words + turn.words, turn.page) for turn in rest.turns]
        if rest.page != self.last_page:
            turns = [PageTurn(words, rest.page), *turns]
        is_recognised = self.is_recognised or rest.is_recognised
        return replace(self, text=text, turns=(*self.turns, *turns), is_recognised=is_recognised)


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
    that repeats the one before; lines without any letter or digit are not listed. Where
    `has_equal_parts` is true, its first heading is that of a part, such as a sheet, and no title.
    """

    paragraphs: tuple[Paragraph, ...]
    metadata: Metadata = Metadata()
    left_out: tuple[str, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()
    has_equal_parts: bool = False

    @property
    def text(self) -> str:
        """The paragraphs' text, one blank line between them."""
        return BREAK.join(paragraph.text for paragraph in self.paragraphs)
