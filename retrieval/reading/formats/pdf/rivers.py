"""Rivers: gaps between words that go down through several lines, as between the columns of a table.

A table with narrow gaps and a page with a narrow gutter are cut there. In prose three gaps seldom
meet, and those of a justified line are equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.reading.formats.pdf.lines import line_of, numbers_item
from retrieval.reading.formats.pdf.page import Line, rows_of

_WIDE = 0.6  # of the font's size: a gap of a river
_EQUAL, _SLACK = 1.3, 1.0  # times the narrowest gap, and points more: gaps of a justified line
_NARROWEST = 0.4  # of the font's size: what is common to the gaps of a river
_FEWEST = 3  # rows
_PITCH = 2.2  # times the font's size: the farthest of two rows

Gap = tuple[float, float]  # where it begins and ends


@dataclass(frozen=True, slots=True)
class _River:
    """A strip from `left` to `right` without words, and the rows of lines that it goes through."""

    left: float
    right: float
    rows: tuple[tuple[Line, ...], ...]

    def holds(self, other: _River) -> bool:
        """Tell whether the other river is this one, gone on further down."""
        return self.left <= other.left < other.right <= self.right


def without_rivers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page in their order, those that a river goes through cut there."""
    cuts: dict[Line, list[float]] = {}
    for river in _rivers(lines):
        middle = (river.left + river.right) / 2
        for line in (line for row in river.rows for line in row):
            if line.box.x0 < middle < line.box.x1:
                cuts.setdefault(line, []).append(middle)
    return [part for line in lines for part in _parts(line, cuts.get(line, []))]


def _rivers(lines: Sequence[Line]) -> Iterator[_River]:
    """Yield the rivers through three rows or more, from the top of the page."""
    rivers: list[_River] = []
    bottom = float("-inf")
    for row in rows_of(sorted(lines, key=lambda line: line.box.middle)):
        is_next = row[0].box.middle - bottom <= _PITCH * row[0].size
        longer = [_through(row, gap, rivers if is_next else []) for gap in _gaps(row)]
        ended = [each for each in rivers if not any(each.holds(other) for other in longer)]
        yield from (each for each in ended if len(each.rows) >= _FEWEST)
        rivers, bottom = longer, row[0].box.middle
    yield from (each for each in rivers if len(each.rows) >= _FEWEST)


def _through(row: Sequence[Line], gap: Gap, rivers: Sequence[_River]) -> _River:
    """Return the river that goes on in the gap, or one that begins there."""
    for river in rivers:
        left, right = max(gap[0], river.left), min(gap[1], river.right)
        if right - left >= _NARROWEST * row[0].size:
            return _River(left, right, (*river.rows, tuple(row)))
    return _River(*gap, (tuple(row),))


def _gaps(row: Sequence[Line]) -> list[Gap]:
    """Return the gaps between the lines of a row, and the wide ones in them."""
    between = [(left.box.x1, right.box.x0) for left, right in pairwise(row)]
    return sorted([*between, *(gap for line in row for gap in _wide_gaps(line))])


def _wide_gaps(line: Line) -> list[Gap]:
    """Return the wide gaps of a line; none where all are equal, as in a justified one."""
    pairs = pairwise(line.words)
    gaps = [(left.box.x1, right.box.x0) for left, right in pairs if right.after_space]
    narrowest = _WIDE * line.size
    wide = [(left, right) for left, right in gaps if right - left >= narrowest]
    if not wide:
        return []
    widths = [right - left for left, right in gaps]
    if len(gaps) > 1 and max(widths) <= _EQUAL * min(widths) + _SLACK:
        return []
    is_item = numbers_item(line.words[0], line.words[1])
    return wide[1:] if is_item and wide[0] == gaps[0] else wide


def _parts(line: Line, cuts: list[float]) -> Iterator[Line]:
    words = list(line.words)
    for cut in sorted(cuts):
        before = [word for word in words if word.box.centre < cut]
        words = words[len(before) :]
        if before:
            yield line_of(before)
    if words:
        yield line_of(words) if cuts else line
