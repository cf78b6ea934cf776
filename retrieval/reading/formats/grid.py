"""A grid of cells, as spreadsheets and .csv files have it -> paragraphs: lines, heads and rows.

A row is a line of cells "cell | cell", with a place for each empty one. A row of a single cell is a
line by itself, such as a title above a table or the name of a group of rows within it. Below such a
line the column heads stand again, so that no row is read without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from retrieval.reading.cleaning.tables import COMPARED_ROWS, names_columns
from retrieval.reading.draft import Paragraph, ParagraphKind

SEPARATOR = " | "
_MOST_ROWS_ABOVE = 12  # of a letterhead or a title, above a table's heads
_COMPARED_IN_TWO_COLUMNS = 10  # rows; labels with their values look like names above figures


class Heads(Enum):
    """Which rows are taken for column heads, beside those that the file says are some."""

    TOLD = "no others, as in the tables of a text, which may only lay it out"
    JUDGED = "rows of names above figures, as in a spreadsheet"
    CUSTOMARY = "these, and a first row of names without figures, as is the custom in .csv files"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, one for each column; `is_head` where the file says so."""

    cells: tuple[str, ...]
    is_head: bool = False

    @property
    def filled(self) -> list[str]:
        """The cells that hold something."""
        return [cell for cell in self.cells if cell]

    @property
    def is_line(self) -> bool:
        """Whether it is a single cell."""
        return len(self.filled) == 1

    @property
    def text(self) -> str:
        """The cells between bars, or the only one alone."""
        return self.filled[0] if self.is_line else SEPARATOR.join(self.cells)


def paragraphs_of(rows: Iterable[Row], taken: Heads = Heads.TOLD) -> Iterator[Paragraph]:
    """Yield the paragraphs of a grid.

    Args:
        rows: All with the same number of cells, each in one line.
        taken: Which rows are taken for column heads.
    """
    heads: list[Row] = []
    for block in _blocks(rows):
        above, own = _split(block, taken)
        if own or len(block[0].cells) != len(heads[0].cells if heads else ()):
            heads = own
        yield from (Paragraph(row.text) for row in above)
        yield from _body(block[len(above) + len(own) :], heads)
        taken = Heads.JUDGED if taken is Heads.CUSTOMARY else taken


def _body(rows: Sequence[Row], heads: Sequence[Row]) -> Iterator[Paragraph]:
    """Yield the rows below their heads, which stand again below each line."""
    is_headed = False
    for row in rows:
        if not row.is_line and not is_headed:
            yield from (Paragraph(head.text, ParagraphKind.HEADER_ROW) for head in heads)
        is_headed = not row.is_line
        yield Paragraph(row.text)


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield runs of rows between empty rows, without the columns that are empty in all of them."""
    block: list[Row] = []
    for row in (*rows, Row(())):
        if row.filled:
            block.append(row)
        elif block:
            used = [any(column) for column in zip(*(one.cells for one in block), strict=True)]
            yield [_only(one, used) for one in block]
            block = []


def _only(row: Row, used: Sequence[bool]) -> Row:
    cells = tuple(cell for cell, is_used in zip(row.cells, used, strict=True) if is_used)
    return replace(row, cells=cells)


def _split(block: Sequence[Row], taken: Heads) -> tuple[list[Row], list[Row]]:
    """Return the rows above the column heads, and the heads; both empty where there are none."""
    first = next((i for i, row in enumerate(block) if row.is_head), None)
    if first is None:
        return ([], []) if taken is Heads.TOLD else _judged(block, taken)
    last = next((i for i in range(first, len(block)) if not block[i].is_head), len(block))
    while first and _shares_cells(block[first - 1], block[first]):
        first -= 1
    is_headed = last < len(block)
    return (list(block[:first]), list(block[first:last])) if is_headed else ([], [])


def _judged(block: Sequence[Row], taken: Heads) -> tuple[list[Row], list[Row]]:
    """Return what `_split` does where the file does not tell the heads.

    Two rows are heads where cells of the first reach into the second, and others are parted there.
    """
    for i, row in enumerate(block[: _MOST_ROWS_ABOVE + 1]):
        if _names(block[i:], taken):
            below = block[i + 1 :]
            is_parted = len(below) > 1 and len(row.filled) < len(below[0].filled)
            count = 2 if is_parted and _shares_cells(row, below[0]) else 1
            return list(block[:i]), list(block[i : i + count])
        taken = taken if row.is_line else Heads.JUDGED
    return [], []


def _shares_cells(row: Row, below: Row) -> bool:
    """Tell whether a cell reaches from one row into the next."""
    pairs = zip(row.cells, below.cells, strict=True)
    return not row.is_line and any(cell and cell == under for cell, under in pairs)


def _names(rows: Sequence[Row], taken: Heads) -> bool:
    is_narrow = len(rows[0].cells) == 2
    first, *below = rows[: (_COMPARED_IN_TWO_COLUMNS if is_narrow else COMPARED_ROWS) + 1]
    below = [row for row in below if not row.is_line]
    names = first.filled
    if first.is_line or not below or 2 * len(names) < len(first.cells):
        return False
    if names_columns(first.cells, [row.cells for row in below]):
        return True
    is_plain = not any(char.isdigit() for name in names for char in name)
    return taken is Heads.CUSTOMARY and is_plain and len(set(names)) == len(first.cells)
