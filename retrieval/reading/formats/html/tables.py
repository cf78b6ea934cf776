"""A table's elements -> rows of cells, in which a cell over several rows stands in each of them.

A cell over several columns stands once in a row, as a reader sees it. Tables that only lay out a
page are told from tables of data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.reading.formats.html.page import Element

_SECTIONS = ("thead", "tbody", "tfoot")
_LONGEST_REPEATED = 300  # characters; to repeat more would swell the text without telling more
_MOST_COLUMNS = 1000  # of one cell, as in the HTML standard
_LONGEST_CELL = 150  # words; longer text is an article, which the table lays out
_STRUCTURE = ("h1", "h2", "article", "main", "nav", "form")


@dataclass(frozen=True, slots=True)
class _Span:
    """A cell that reaches into the rows below: its first column, its width, the rows left."""

    cell: Element
    column: int
    width: int
    rows: int


def is_layout(table: Element) -> bool:
    """Tell whether the table only lays out a page, as tables did before style sheets."""
    if table.get("role") in ("presentation", "none"):
        return True
    if any(True for _ in table.iter("th")):
        return False
    rows = _rows(table)
    if max((len(_cells(row)) for row in rows), default=0) <= 1:
        return True
    cells = [cell for row in rows for cell in _cells(row)]
    return any(True for _ in table.iter(*_STRUCTURE)) or any(
        len("".join(cell.itertext()).split()) > _LONGEST_CELL for cell in cells
    )


def rows_of(table: Element) -> Iterator[tuple[Element, list[Element]]]:
    """Yield each row with its cells, a cell of rows above that reaches into it included.

    The head comes first and the foot last, wherever they stand in the source.
    """
    for section in _sections(table):
        spans: list[_Span] = []
        for row in section:
            yield row, _placed(row, spans)


def count_of_heads(rows: Sequence[tuple[Element, Sequence[Element]]]) -> int:
    """Return how many of a table's first rows name its columns: those of `th` alone."""
    count = 0
    while count < len(rows) and len(rows[count][1]) > 1 and _is_all_head(rows[count][1]):
        count += 1
    return count if count < len(rows) else 0


def _is_all_head(cells: Sequence[Element]) -> bool:
    """Tell whether all cells that hold something are heads."""
    return all(cell.tag == "th" or not "".join(cell.itertext()).strip() for cell in cells)


def _rows(table: Element) -> list[Element]:
    return [row for section in _sections(table) for row in section]


def _sections(table: Element) -> list[list[Element]]:
    """Return the rows of the head, of each body and of the foot."""
    sections: dict[str, list[list[Element]]] = {tag: [] for tag in _SECTIONS}
    loose: list[Element] | None = None
    for child in table:
        if child.tag in _SECTIONS:
            sections[child.tag].append([row for row in child if row.tag == "tr"])
        if child.tag == "tr":
            if loose is None:
                loose = []
                sections["tbody"].append(loose)
            loose.append(child)
        elif isinstance(child.tag, str):
            loose = None
    return [rows for tag in _SECTIONS for rows in sections[tag]]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _placed(row: Element, spans: list[_Span]) -> list[Element]:
    """Return a row's cells in the order of their columns, and update the spans for the next row."""
    waiting = sorted(spans, key=lambda span: span.column)
    spans.clear()
    placed: list[Element] = []
    column = 0
    for cell in [*_cells(row), None]:
        while waiting and (cell is None or waiting[0].column <= column):
            span = waiting.pop(0)
            placed.append(span.cell)
            column = max(column, span.column + span.width)
            if span.rows > 1:
                spans.append(_Span(span.cell, span.column, span.width, span.rows - 1))
        if cell is None:
            break
        placed.append(cell)
        width = max(1, min(_number(cell, "colspan"), _MOST_COLUMNS))
        rows = _number(cell, "rowspan")
        if rows != 1 and len("".join(cell.itertext())) <= _LONGEST_REPEATED:
            below = rows - 1 if rows > 1 else _MOST_COLUMNS**2  # 0: down to the section's end
            spans.append(_Span(cell, column, width, below))
        column += width
    return placed


def _number(cell: Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
