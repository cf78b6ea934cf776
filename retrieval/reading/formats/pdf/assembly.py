"""The parts of all pages put one after the other: paragraphs, headings and rows of tables.

A paragraph that a column's or a page's end has cut is joined. Footnotes may stand between its two
parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retrieval.reading.draft import Draft, PageTurn, Paragraph, ParagraphKind
from retrieval.reading.formats.pdf.columns import Column, Item, blocks_of
from retrieval.reading.formats.pdf.headings import Typographies
from retrieval.reading.formats.pdf.hyphens import Hyphenation
from retrieval.reading.formats.pdf.legibility import is_holed, is_text, text_of
from retrieval.reading.formats.pdf.page import HOLE, Line, Page
from retrieval.reading.formats.pdf.paragraphs import Passage, paragraphs_of
from retrieval.reading.formats.pdf.ruled_tables import ruled_tables
from retrieval.reading.formats.pdf.table import Row, Table, is_form_row, row_text
from retrieval.refusals import Cause, ReadingWarning, UnreadableError

_FARTHEST = 8  # paragraphs back to the one that a page goes on with: footnotes are between
_SMALLER = 0.93  # times the size of the text: footnotes

# Why a file without any text gives none, by what is said of each of its pages.
_OF_FILES = {
    Cause.PICTURE_PAGES: Cause.PICTURES,
    Cause.PICTURE_PAGES_OFF: Cause.PICTURES_OFF,
    Cause.UNREAD_PAGES: Cause.UNREAD,
    Cause.UNSURE_PAGES: Cause.UNSURE,
    Cause.BLANK_PAGES: Cause.BLANK,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph of the draft in the making; a table's row has no passage."""

    text: str
    page: int
    passage: Passage | None = None
    kind: ParagraphKind = ParagraphKind.PROSE
    turns: tuple[PageTurn, ...] = ()

    def gone_on(self, text: str, page: int, passage: Passage) -> _Part:
        """Return the whole paragraph, `text`, of which `passage` is a part on this page."""
        turns = self.turns
        if page != (turns[-1].page if turns else self.page):
            turns = (*turns, PageTurn(len(self.text.split()), page))
        return replace(self, text=text, passage=replace(passage, text=text), turns=turns)


class Assembly:
    """Puts the parts of all pages one after the other."""

    def __init__(self, typographies: Typographies, hyphenation: Hyphenation) -> None:
        """Store how headings and cut words are told; no page is added yet."""
        self._typographies = typographies
        self._hyphenation = hyphenation
        self._parts: list[_Part] = []
        self._recognised: list[int] = []
        self._unread: dict[Cause, list[int]] = {}
        self._holed: set[int] = set()
        self._left_out: list[str] = []

    def add(self, number: int, page: Page) -> None:
        """Append the text of a page."""
        self._left_out += page.left_out
        text = text_of(page)
        unread = Cause.BLANK_PAGES if page.recognised and not is_text(text) else page.unread
        if unread:
            self._unread.setdefault(unread, []).append(number)
        elif page.recognised:
            self._recognised.append(number)
        if is_holed(text) or (HOLE in text and not is_text(text)):
            self._holed.add(number)
        elif is_text(text):
            self._add_text(number, page)

    def _add_text(self, number: int, page: Page) -> None:
        tables, lines = ruled_tables(page.rules, page.lines)
        items: list[Item] = [*lines, *tables]
        for block in blocks_of(items):
            if isinstance(block, Table):
                self._parts += (_row(cells, number) for cells in block.rows)
            else:
                self._add_column(number, block)
        self._parts += [_Part(line.text, number) for line in page.asides]

    def _add_column(self, number: int, column: Column) -> None:
        for i, (first, passage) in enumerate(paragraphs_of(column, self._hyphenation)):
            at = None if i else self._unfinished(first)
            if at is None:
                self._parts.append(_Part(passage.text, number, passage))
            else:
                part = self._parts[at]
                whole = self._hyphenation.joined(part.text, passage.text)
                self._parts[at] = part.gone_on(whole, number, passage)

    def _unfinished(self, line: Line) -> int | None:
        """Return where the paragraph stands that a column beginning with this line goes on with."""
        for i in range(len(self._parts) - 1, max(-1, len(self._parts) - 1 - _FARTHEST), -1):
            passage = self._parts[i].passage
            if passage is None:
                return None
            if passage.goes_on_in(line):
                return None if self._level(self._parts[i], passage) else i
            if passage.size > _SMALLER * line.size:
                return None
        return None

    def draft(self) -> Draft:
        """Return all paragraphs, with warnings for what could not be read.

        Raises UnreadableError if nothing could.
        """
        parts = [
            part for part in self._parts if is_text(part.text) or not self._is_recognised(part)
        ]
        whole = [part for part in parts if HOLE not in part.text]
        holed = [part for part in parts if HOLE in part.text]
        self._holed.update(part.page for part in holed)
        if not is_text("".join([part.text for part in whole])):
            raise UnreadableError(self._cause())
        left_out = dict.fromkeys([*self._left_out, *(part.text for part in holed)])
        return Draft(
            tuple(map(self._paragraph, whole)),
            left_out=tuple(left_out),
            warnings=tuple(self._warnings()),
        )

    def _cause(self) -> Cause:
        """Return why there is no text at all."""
        if self._holed:
            return Cause.UNMAPPED
        return (
            _OF_FILES[max(self._unread, key=lambda cause: len(self._unread[cause]))]
            if self._unread
            else Cause.EMPTY
        )

    def _paragraph(self, part: _Part) -> Paragraph:
        level = self._level(part, part.passage) if part.passage else 0
        kind = ParagraphKind.HEADING if level else part.kind
        return Paragraph(part.text, kind, level, part.page, part.turns, self._is_recognised(part))

    def _level(self, part: _Part, passage: Passage) -> int:
        is_scan = part.page in self._recognised
        return self._typographies.heading_level(passage, recognised=is_scan)

    def _is_recognised(self, part: _Part) -> bool:
        pages = {part.page, *(turn.page for turn in part.turns)}
        return not pages.isdisjoint(self._recognised)

    def _warnings(self) -> Iterator[ReadingWarning]:
        of_pages = {
            **self._unread,
            Cause.UNMAPPED_PAGES: sorted(self._holed),
            Cause.RECOGNISED_PAGES: self._recognised,
        }
        for cause, pages in of_pages.items():
            if pages:
                yield ReadingWarning(cause, {"pages": _listed(pages)})


def _row(cells: Row, page: int) -> _Part:
    """Return a table's row; those of a form are lines of equal kind, and no headings."""
    kind = ParagraphKind.LINE if is_form_row(cells) else ParagraphKind.PROSE
    return _Part(row_text(cells), page, kind=kind)


def _listed(pages: Iterable[int]) -> str:
    """Return page numbers as people write them, such as "2, 5-7"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    parts = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(parts)
