"""A sheet: the rows of its visible cells, as they are shown, and which of them name the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from openpyxl.utils import range_boundaries

from retrieval.reading.formats.excel.number_formats import shown
from retrieval.reading.formats.grid import Row
from retrieval.reading.formats.workbook import Sheet

_MOST_FROZEN = 15  # rows; where more stay in place, they are no column heads
_LONGEST_REPEATED = 300  # characters of a merged cell: a label, not a page of text

Texts = dict[int, dict[int, str]]
"""The texts of cells by row and column, both from 1."""


def sheet_of(sheet: Any, language: str) -> Sheet:  # noqa: ANN401  openpyxl ships no types
    """Return what a sheet of openpyxl shows in a workbook of this language."""
    texts = _texts(sheet, language)
    rows, columns = _hidden_rows(sheet), _hidden_columns(sheet)
    visible = {
        row: kept
        for row, cells in sorted(texts.items())
        if row not in rows
        and (kept := {column: cells[column] for column in cells if column not in columns})
    }
    return Sheet(
        sheet.title,
        tuple(_rows(visible, rows, set(_heads(sheet)))),
        is_hidden=sheet.sheet_state != "visible",
        has_hidden_cells=sum(map(len, visible.values())) < sum(map(len, texts.values())),
    )


def _texts(sheet: Any, language: str) -> Texts:  # noqa: ANN401
    """Return the texts of the cells that hold something; merged ones in each row they cover.

    Cells that are only formatted may be millions. The sheet's public iterators would visit, and
    make, each cell between the first and the last.
    """
    texts: Texts = {}
    for (row, column), cell in sheet._cells.items():
        if cell.value is not None and (text := shown(cell.value, cell.number_format, language)):
            texts.setdefault(row, {})[column] = text
    for merged in sheet.merged_cells.ranges:
        text = texts.get(merged.min_row, {}).get(merged.min_col, "")
        if 0 < len(text) <= _LONGEST_REPEATED:
            for row in range(merged.min_row + 1, merged.max_row + 1):
                if row in texts:
                    texts[row][merged.min_col] = text
    return texts


def _rows(
    texts: Mapping[int, Mapping[int, str]], hidden: set[int], heads: set[int]
) -> Iterator[Row]:
    """Yield the rows with a place for each column that is used, and an empty row for each gap."""
    columns = sorted({column for cells in texts.values() for column in cells})
    above = 0
    for row, cells in texts.items():
        if above and any(one not in hidden for one in range(above + 1, row)):
            yield Row(("",) * len(columns))
        line = Row(tuple(cells.get(column, "") for column in columns))
        yield replace(line, is_head=row in heads and not line.is_line)
        above = row


def _hidden_rows(sheet: Any) -> set[int]:  # noqa: ANN401
    return {row for row, look in sheet.row_dimensions.items() if look.hidden}


def _hidden_columns(sheet: Any) -> set[int]:  # noqa: ANN401
    return {
        column
        for look in sheet.column_dimensions.values()
        if look.hidden
        for column in range(look.min or 0, (look.max or -1) + 1)
    }


def _heads(sheet: Any) -> Iterator[int]:  # noqa: ANN401
    """Yield the rows that the workbook treats as column heads.

    They are printed on each page, stay in place above the others, or head a filter or a table.
    """
    if sheet.print_title_rows:
        first, last = sheet.print_title_rows.replace("$", "").split(":")
        yield from range(int(first), int(last) + 1)
    if sheet.auto_filter.ref:
        yield _top(sheet.auto_filter.ref)
    yield from (_top(table.ref) for table in sheet.tables.values() if table.headerRowCount != 0)
    if sheet.freeze_panes and 0 < _top(sheet.freeze_panes) - 1 <= _MOST_FROZEN:
        yield _top(sheet.freeze_panes) - 1


def _top(cells: str) -> int:
    return int(range_boundaries(cells)[1] or 1)
