"""Tables without drawn lines: told by several rows whose cells stand below each other.

The label and the value of a form ("Hạn trả lời:   24/05/2024") are such rows too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from retrieval.reading.formats.pdf.page import Box, Line, around
from retrieval.reading.formats.pdf.table import Row, without_empty_columns

_FEWEST_ROWS = 2  # with two cells or more
_PAIRED = 0.5  # of the rows between the first and the last such one
_ALIGNED = 0.7  # of the cells of a column that begin, or end, at the same place
_NEAR = 2.5  # points that they may be apart
_TIGHT = 0.6  # of the usual gap between rows: the gap within a row
_TIGHT_LINES = 0.4  # of a line's height: the same where no gap is usual


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A band of a page with its lines by column; a cell may be empty or hold several lines."""

    cells: tuple[tuple[Line, ...], ...]

    @property
    def filled(self) -> tuple[int, ...]:
        """The indices of the columns that have text."""
        return tuple(i for i, cell in enumerate(self.cells) if cell)

    @property
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
    if not paired:
        return None
    first, last = paired[0], paired[-1]
    inner = bands[first : last + 1]
    if not (_are_labelled(inner) or _are_rows(inner, len(paired))):
        return None
    while last + 1 < len(bands) and _continues(bands, last + 1, _usual_gap(inner)):
        last += 1  # the last row's cell goes on
    rows = _joined(bands[first : last + 1])
    texts = (tuple(_text(cell) for cell in row) for row in rows)
    return AlignedTable(without_empty_columns(texts), first, last)


def _are_labelled(bands: Sequence[AlignedRow]) -> bool:
    """Tell whether every row with two cells or more begins with a label."""
    rows = [band.cells[band.filled[0]] for band in bands if len(band.filled) > 1]
    return all(_text(cell).endswith(":") for cell in rows)


def _are_rows(bands: Sequence[AlignedRow], paired: int) -> bool:
    if paired < _FEWEST_ROWS or paired < _PAIRED * len(bands):
        return len(bands[0].filled) > 2 and len(bands) == 1
    columns = len(bands[0].cells)
    return columns > 2 or all(_is_aligned(bands, i) for i in range(columns))


def _is_aligned(bands: Sequence[AlignedRow], column: int) -> bool:
    boxes = [line.box for band in bands for line in band.cells[column]]
    starts, ends = [box.x0 for box in boxes], [box.x1 for box in boxes]
    return max(_share(starts), _share(ends)) >= _ALIGNED


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
    if len(band.filled) >= max(len(each.filled) for each in bands):
        return False
    gap = band.box.y0 - above.box.y1
    close = _TIGHT_LINES * band.box.height if usual is None else max(_TIGHT * usual, 0.0)
    if 0 not in band.filled and usual is not None:
        close = max(close, min(usual, _TIGHT_LINES * band.box.height))
    return gap <= close


def _joined(bands: Sequence[AlignedRow]) -> list[list[list[Line]]]:
    """Return the rows, each a list of cells, with the bands that go on in the row above."""
    usual = _usual_gap(bands)
    rows: list[list[list[Line]]] = []
    for i, band in enumerate(bands):
        if rows and _continues(bands, i, usual):
            for cell, more in zip(rows[-1], band.cells, strict=True):
                cell += more
        else:
            rows.append([list(cell) for cell in band.cells])
    return rows


def _text(cell: Sequence[Line]) -> str:
    lines = sorted(cell, key=lambda line: (round(line.box.y1), line.box.x0))
    return " ".join(line.text for line in lines)
