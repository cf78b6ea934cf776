"""Rows of a table or a sheet; what a merged cell says stands in each row that it covers.

Rows and cells that repeat are written once with their number: the empty rest of a sheet as a
million rows. Only those that hold something are repeated here, up to a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.grid import Row
from retrieval.reading.formats.opendocument.names import OFFICE, TABLE, count

_MOST_COLUMNS = 16_384
_MOST_REPEATED = 1000  # rows or cells that hold something
_LONGEST_REPEATED = 300  # characters of a merged cell: a label, not a page of text
_VALUES = ("string-value", "date-value", "time-value", "boolean-value", "value")
_GROUPS = tuple(
    TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group", "table-source")
)


@dataclass(slots=True)
class Rows:
    """The rows of a table by column, with those that are hidden left out."""

    cell_text: Callable[[Element], str]
    has_hidden_cells: bool = False
    _rows: list[tuple[dict[int, str], bool]] = field(default_factory=list)
    _reaching: dict[int, tuple[str, int]] = field(default_factory=dict)
    """By column, the text of a cell above that reaches down, and into how many rows."""

    def read(self, table: Element) -> list[Row]:
        """Return the rows, each with a place for each column that is used."""
        hidden = set(_hidden_columns(table))
        for row, is_head in _rows_of(table):
            cells = self._cells(row)
            kept = {column: text for column, text in cells.items() if column not in hidden}
            if row.get(TABLE + "visibility", "visible") != "visible":
                self.has_hidden_cells |= bool(cells)
                continue
            self.has_hidden_cells |= len(kept) < len(cells)
            times = count(row.get(TABLE + "number-rows-repeated"), _MOST_REPEATED) if kept else 1
            self._rows += [(kept, is_head)] * times
        columns = sorted({column for cells, _ in self._rows for column in cells})
        rows = [
            Row(tuple(cells.get(column, "") for column in columns), is_head)
            for cells, is_head in self._rows
        ]
        return [Row(row.cells, row.is_head and not row.is_line) for row in rows]

    def _cells(self, row: Element) -> dict[int, str]:
        """Return the texts by column, those that reach down from above among them."""
        texts: dict[int, str] = {}
        column = 0
        for cell in row.iterchildren(TABLE + "table-cell", TABLE + "covered-table-cell"):
            if column >= _MOST_COLUMNS:
                break
            repeated = cell.get(TABLE + "number-columns-repeated")
            if cell.tag == TABLE + "covered-table-cell":
                column += count(repeated, _MOST_COLUMNS)
                continue
            text = self.cell_text(cell) or _value(cell)
            for each in range(count(repeated, _MOST_REPEATED) if text else 0):
                texts[column + each] = text
            below = count(cell.get(TABLE + "number-rows-spanned"), _MOST_COLUMNS) - 1
            if text and below and len(text) <= _LONGEST_REPEATED:
                self._reaching[column] = (text, below + 1)
            column += count(repeated, _MOST_COLUMNS)
        for at, (text, rows) in list(self._reaching.items()):
            texts.setdefault(at, text)
            self._reaching[at] = (text, rows - 1)
            if rows == 1:
                del self._reaching[at]
        return texts


def _rows_of(table: Element) -> Iterator[tuple[Element, bool]]:
    """Yield the rows of a table, and whether they stand among its heads."""
    waiting = [(iter(table), False)]
    while waiting:
        children, is_head = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
        elif child.tag in _GROUPS:
            waiting.append((iter(child), is_head or child.tag == _GROUPS[0]))
        elif child.tag == TABLE + "table-row":
            yield child, is_head


def _hidden_columns(table: Element) -> Iterator[int]:
    column = 0
    for each in table.iter(TABLE + "table-column"):
        width = count(each.get(TABLE + "number-columns-repeated"), _MOST_COLUMNS)
        if each.get(TABLE + "visibility", "visible") != "visible":
            yield from range(column, min(column + width, _MOST_COLUMNS))
        column = min(column + width, _MOST_COLUMNS)


def _value(cell: Element) -> str:
    """Return the value of a cell whose shown text its program has not written."""
    values = (cell.get(OFFICE + name) for name in _VALUES)
    return next((value for value in values if value), "")
