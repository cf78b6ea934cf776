"""Tables without drawn lines: told by several rows whose cells stand below each other.

The label and the value of a form ("Hạn trả lời:   24/05/2024") are such rows too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from retrieval.reading.cleaning.letterhead import is_motto
from retrieval.reading.formats.pdf.page import Box, Line, around
from retrieval.reading.formats.pdf.table import Row, without_empty_columns

_FEWEST_ROWS = 2  # with two cells or more
_PAIRED = 0.5  # of the rows between the first and the last such one
_ALIGNED = 0.7  # of the cells of a column that begin, or end, at the same place
_NEAR = 2.5  # points that they may be apart
_LEVEL, _SAME_HEIGHT = 0.7, 0.2  # of the rows, of a line's height: cells side by side are level
_MOST_RESTS = 3  # bands below the last one with several cells that may be the rest of it
_TIGHT = 0.6  # of the usual gap between rows: the gap within a row
_WIDER_GAP, _FEWEST_WRAPPED = 0.3, 3  # of a line's height, rows: gaps that part wrapped rows
_TIGHT_LINES = 0.4  # of a line's height: the same where no gap is usual


_DASHED = re.compile(r"[-–—•+]\s")

Cells = list[list[Line]]  # of a row: the lines of each cell, which may have none


@dataclass(frozen=True)
class AlignedRow:
    """A band of a page with its lines by column; a cell may be empty or hold several lines."""

    cells: tuple[tuple[Line, ...], ...]

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The indices of the columns that have text."""
        return tuple(i for i, cell in enumerate(self.cells) if cell)

    @cached_property
    def box(self) -> Box:
        """The smallest box around the lines."""
        return around(line.box for cell in self.cells for line in cell)


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A table's rows, and the first and last of the bands that it was made of."""

    rows: tuple[Row, ...]
    first: int
    last: int


def aligned_table(bands: Sequence[AlignedRow]) -> AlignedTable | None:
    """Return the table that the bands make, or None where they only stand side by side."""
    paired = [i for i, band in enumerate(bands) if len(band.filled) > 1]
    if not paired or _are_official(bands):
        return None
    first, last = paired[0], _last(bands, paired[0], paired[-1])
    rows = _joined(bands[first : last + 1])
    is_table = _are_labelled(rows) or _are_rows(bands[first : paired[-1] + 1], rows, len(paired))
    if not (is_table and _are_level(bands[first : last + 1])):
        return None
    texts = (tuple(_text(cell) for cell in row) for row in rows)
    return AlignedTable(without_empty_columns(texts), first, last)


def _last(bands: Sequence[AlignedRow], first: int, last: int) -> int:
    """Return the last band of the table, which may be the rest of a cell in its last row."""
    for end in range(min(len(bands), last + 1 + _MOST_RESTS), last + 1, -1):
        starts = _starts_by_gaps(bands[first:end])
        if starts and max(starts) <= last - first:
            return end - 1
    usual = _usual_gap(bands[first : last + 1])
    while last + 1 < len(bands) and _continues(bands, last + 1, usual):
        last += 1
    return last


def _are_official(bands: Sequence[AlignedRow]) -> bool:
    """Tell whether the bands are the head or the foot of an official paper.

    The head has the national motto on the right, the foot a list of addressees on the left.
    """
    if any(_DASHED.match(line.text) for band in bands for line in band.cells[0]):
        return True
    return any(is_motto(line.text) for band in bands for cell in band.cells for line in cell)


def _are_labelled(rows: Sequence[Cells]) -> bool:
    """Tell whether every row with two cells or more begins with a label."""
    filled = [[cell for cell in row if cell] for row in rows]
    return all(_text(cells[0]).endswith(":") for cells in filled if len(cells) > 1)


def _are_rows(bands: Sequence[AlignedRow], rows: Sequence[Cells], paired: int) -> bool:
    if len(rows) < _FEWEST_ROWS or paired < _PAIRED * len(bands):
        return len(bands[0].filled) > 2 and len(bands) == 1
    columns = len(bands[0].cells)
    body = rows[1:] if len(rows) > _FEWEST_ROWS else rows  # a head may be centred
    return columns > 2 or all(_is_aligned(body, i) for i in range(columns))


def _is_aligned(rows: Sequence[Cells], column: int) -> bool:
    boxes = [line.box for row in rows for line in row[column]]
    starts, ends = [box.x0 for box in boxes], [box.x1 for box in boxes]
    return not boxes or max(_share(starts), _share(ends)) >= _ALIGNED


def _are_level(bands: Sequence[AlignedRow]) -> bool:
    """Tell whether most rows have cells whose first or last lines, or middles, are at one height.

    Columns of text that only stand side by side have lines at heights of their own.
    """
    rows = [band for band in bands if len(band.filled) > 1]
    return sum(map(_is_level, rows)) >= _LEVEL * len(rows)


def _is_level(band: AlignedRow) -> bool:
    boxes = [[line.box for line in band.cells[i]] for i in band.filled]
    slack = _SAME_HEIGHT * min(box.height for cell in boxes for box in cell)
    around_cells = [around(cell) for cell in boxes]
    heights = (
        [min(cell, key=lambda box: box.y0).y1 for cell in boxes],
        [box.y1 for box in around_cells],
        [box.middle for box in around_cells],
    )
    return any(max(each) - min(each) <= slack for each in heights)


def _share(places: list[float]) -> float:
    """Return the share of the places that are near the most frequent one."""
    counts = Counter(round(place / _NEAR) for place in places)
    return max(counts[key] + counts[key + 1] for key in counts) / len(places)


def _usual_gap(bands: Sequence[AlignedRow]) -> float | None:
    """Return the median gap between two rows that both have several cells."""
    gaps = [
        below.box.y0 - above.box.y1
        for above, below in zip(bands, bands[1:], strict=False)
        if len(above.filled) > 1 and len(below.filled) > 1
    ]
    return median(gaps) if gaps else None


def _continues(bands: Sequence[AlignedRow], i: int, usual: float | None) -> bool:
    """Tell whether a band is the rest of the row above it: it has fewer cells and stands close."""
    band, above = bands[i], bands[i - 1]
    if not any(len(each.filled) > len(band.filled) for each in bands):
        return False
    gap = band.box.y0 - above.box.y1
    close = _TIGHT_LINES * band.box.height if usual is None else max(_TIGHT * usual, 0.0)
    if 0 not in band.filled and usual is not None:
        close = max(close, min(usual, _TIGHT_LINES * band.box.height))
    return gap <= close


def _joined(bands: Sequence[AlignedRow]) -> list[Cells]:
    """Return the rows, each a list of cells, with the bands that go on in the row above."""
    usual = _usual_gap(bands)
    starts = _starts_by_gaps(bands)
    rows: list[Cells] = []
    for i, band in enumerate(bands):
        goes_on = i not in starts if starts else _continues(bands, i, usual)
        if rows and goes_on:
            for cell, more in zip(rows[-1], band.cells, strict=True):
                cell += more
        else:
            rows.append([list(cell) for cell in band.cells])
    return rows


def _starts_by_gaps(bands: Sequence[AlignedRow]) -> set[int]:
    """Return where rows begin if wider gaps part rows whose cells are wrapped; else nothing.

    In such a row the first band fills most columns, and the columns have unlike numbers of lines.
    """
    gaps = [below.box.y0 - above.box.y1 for above, below in pairwise(bands)]
    ordered = sorted(gaps)
    jump, middle = max(
        ((wide - tight, (wide + tight) / 2) for tight, wide in pairwise(ordered)), default=(0, 0)
    )
    if jump < _WIDER_GAP * bands[0].cells[bands[0].filled[0]][0].box.height:
        return set()
    starts = [0, *(i for i, gap in enumerate(gaps, start=1) if gap > middle)]
    rows = [bands[start:end] for start, end in zip(starts, [*starts[1:], len(bands)], strict=True)]
    wrapped = [row for row in rows if len(row) > 1]
    is_wrapped = len(rows) >= _FEWEST_WRAPPED and all(map(_is_wrapped, wrapped))
    return set(starts) if is_wrapped else set()


def _is_wrapped(row: Sequence[AlignedRow]) -> bool:
    """Tell whether the bands are one row: the first fills what any does, another fills less."""
    first, *rest = (set(band.filled) for band in row)
    return all(each <= first for each in rest) and any(each < first for each in rest)


def _text(cell: Sequence[Line]) -> str:
    lines = sorted(cell, key=lambda line: (round(line.box.y1), line.box.x0))
    return " ".join(line.text for line in lines)
