"""A table of a PDF: its place and its rows of cells, with rules or without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.reading.formats.pdf.page import Box

Row = tuple[str, ...]

SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Table:
    """A table in its place; each row has a text for each of its cells, which may be empty."""

    box: Box
    rows: tuple[Row, ...]


def row_text(cells: Sequence[str]) -> str:
    """Return a row as one line; a form's label and its value need no bar between them.

    A row with one filled cell is that cell; else empty ones keep the others below their heads.

    >>> row_text(["Suoi Bac", "", "412"]), row_text(["Received:", "9 May"])
    ('Suoi Bac |  | 412', 'Received: 9 May')
    """
    filled = [cell for cell in cells if cell]
    if len(filled) < 2:
        return "".join(filled)
    text = cells[0]
    for left, right in pairwise(cells):
        text += f" {right}" if left.endswith(":") else f"{SEPARATOR}{right}"
    return text


def is_form_row(cells: Row) -> bool:
    """Tell whether the row holds labels with their values, as a form has them."""
    return any(left.endswith(":") and right for left, right in pairwise(cells))


def without_empty_columns(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows of equal length without the columns that none of them fills."""
    rows = tuple(rows)
    filled = [any(cells) for cells in zip(*rows, strict=True)]
    return tuple(
        tuple(cell for cell, is_filled in zip(row, filled, strict=True) if is_filled)
        for row in rows
    )
