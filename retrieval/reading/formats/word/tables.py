"""A table's rows, each a paragraph "cell | cell"; what a merged cell says is said in every row.

A row of one cell is a frame around its content, which is read as if the frame were not there.
A small table within a cell becomes part of the row ("Tổ trưởng: Lan; Điện thoại: 204"), so that it
stays with what the row is about. A large one follows the row as rows of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from retrieval.reading.draft import Paragraph, ParagraphKind
from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.word.markup import (
    CELL,
    ROW,
    W,
    child,
    content_of,
    is_on,
    number,
)

SEPARATOR = " | "
_LONGEST_REPEATED = 300  # characters of a merged cell: a label, not a page of text
_LONGEST_INNER = 300  # characters of a table within a cell
_MOST_COLUMNS = 63  # Word's own limit

Blocks = Callable[[Element], Iterable[Paragraph | list[Paragraph]]]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell, the column of the grid where it begins, and whether one above goes on in it."""

    element: Element
    column: int
    goes_on: bool
    is_merged: bool


def rows_of(table: Element, blocks: Blocks) -> Iterator[Paragraph]:
    """Yield the rows of a table; `blocks` reads what a cell holds."""
    above: dict[int, str] = {}
    for row in content_of(table):
        if row.tag != ROW or child(row, "trPr", "del") is not None:
            continue
        cells = list(_cells(row))
        if len(cells) == 1 and not cells[0].goes_on:
            above.clear()
            yield from _frame(cells[0], blocks)
        else:
            kind = ParagraphKind.HEADER_ROW if _is_head(row) else ParagraphKind.PROSE
            yield from _row(cells, above, blocks, kind)


def _is_head(row: Element) -> bool:
    """Tell whether Word repeats the row on every page, as it does with column heads."""
    return bool(is_on(row, "trPr", "tblHeader"))


def _row(
    cells: list[_Cell], above: dict[int, str], blocks: Blocks, kind: ParagraphKind
) -> Iterator[Paragraph]:
    """Yield a row, then those of tables in it; `above` has the merged cells' texts by column."""
    texts: list[str] = []
    inner: list[Paragraph] = []
    for cell in cells:
        text, rows = _read(cell, blocks)
        if cell.goes_on:
            text = text or above.get(cell.column, "")
        elif cell.is_merged:
            above[cell.column] = text if len(text) <= _LONGEST_REPEATED else ""
        else:
            above.pop(cell.column, None)
        texts.append(text)
        inner += rows
    if any(texts):
        yield Paragraph(SEPARATOR.join(texts), kind)
    yield from inner


def _cells(row: Element) -> Iterator[_Cell]:
    column = number(row, "trPr", "gridBefore") or 0
    for cell in content_of(row):
        if cell.tag != CELL or child(cell, "tcPr", "cellDel") is not None:
            continue
        merge = child(cell, "tcPr", "vMerge")
        goes_on = merge is not None and merge.get(W + "val", "continue") == "continue"
        yield _Cell(cell, column, goes_on, merge is not None)
        column += min(number(cell, "tcPr", "gridSpan") or 1, _MOST_COLUMNS)


def _frame(cell: _Cell, blocks: Blocks) -> Iterator[Paragraph]:
    for block in blocks(cell.element):
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from block


def _read(cell: _Cell, blocks: Blocks) -> tuple[str, list[Paragraph]]:
    """Return a cell's text in one line, and the rows of large tables in it."""
    texts: list[str] = []
    rows: list[Paragraph] = []
    for block in blocks(cell.element):
        if isinstance(block, Paragraph):
            texts.append(" ".join(block.text.split()))
        elif sum(len(row.text) for row in block) <= _LONGEST_INNER:
            texts.append("; ".join(_inner(row.text) for row in block))
        else:
            rows += block
    return " ".join(filter(None, texts)), rows


def _inner(row: str) -> str:
    cells = [cell for cell in row.split(SEPARATOR) if cell.strip()]
    return (": " if len(cells) == 2 else ", ").join(cells)
