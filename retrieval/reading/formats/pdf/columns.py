"""The reading order of a page: its lines and tables -> columns of text and tables without rules.

A page is read in bands from top to bottom. Bands that share a gutter, which no line crosses, are
one group: columns of prose, which are read one after the other, or rows of a table.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from retrieval.reading.formats.pdf.aligned_tables import AlignedRow, AlignedTable, aligned_table
from retrieval.reading.formats.pdf.page import Box, Line, around
from retrieval.reading.formats.pdf.table import Table

_GUTTER = 0.8  # of the text's size: the narrowest
_SHRUNK = 0.2  # of a line's height at either edge that may overlap the next line
_STRIP = 0.8  # of the text's size: the height of a space that goes through all columns
_LARGE, _EDGE = 1.15, 3.0  # times the text's size, points from the left edge: a heading of all
_FEWEST_LINES, _SHORTEST_LINE = 3, 18  # of a column of prose: lines, characters of most lines
_FULL, _MOST_FULL = 0.8, 0.5  # of the column's width, of its lines: they fill the column
_DEEPEST = 8  # columns within columns

_MOST = 0.7  # of the letters

Item = Line | Table
Band = list[Item]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Column:
    """Lines one below the other, and the box of the column that they stand in."""

    lines: tuple[Line, ...]
    box: Box


Block = Column | Table


def blocks_of(items: Sequence[Item], depth: int = 0) -> Iterator[Block]:
    """Yield the columns and tables of a page, or of a column of it, in reading order."""
    if not items:
        return
    box = around(item.box for item in items)
    narrowest = _GUTTER * _text_size(items)
    for bands in _groups(_bands(items), narrowest):
        gutters = _gutters(_covered(bands), narrowest) if depth < _DEEPEST else []
        if not gutters:
            yield from _stacked(bands, box)
            continue
        columns = _split(bands, gutters)
        table = None if _are_prose(columns) else _unruled(bands, gutters)
        if table is not None:
            yield from _in_place(bands, table, box)
            continue
        yield from _side_by_side(bands, gutters, depth, narrowest)


def _side_by_side(
    bands: list[Band], gutters: list[float], depth: int, narrowest: float
) -> Iterator[Block]:
    """Yield columns one after the other, and after them what stands below the first one, apart."""
    last = max(i for i, band in enumerate(bands) if _is_beyond(band, gutters[0]))
    bottom = max(item.box.y1 for band in bands[: last + 1] for item in band)
    end = last + 1
    if not _are_prose(_split(bands, gutters)):
        while end < len(bands) and bands[end][0].box.y0 - bottom < narrowest:
            bottom = max(item.box.y1 for item in bands[end])
            end += 1
    else:
        end = len(bands)
    for column in _split(bands[:end], gutters):
        yield from blocks_of(column, depth + 1)
    yield from blocks_of([item for band in bands[end:] for item in band], depth + 1)


def _is_beyond(band: Band, gutter: float) -> bool:
    return any(item.box.x0 > gutter for item in band)


def _text_size(items: Sequence[Item]) -> float:
    return median([item.size for item in items if isinstance(item, Line)] or [10.0])


def _bands(items: Sequence[Item]) -> list[Band]:
    """Return the items in bands that no other overlaps in height, from the top."""
    bands: list[Band] = []
    bottom = float("-inf")
    for item in sorted(items, key=lambda item: item.box.y0):
        slack = _SHRUNK * item.box.height if isinstance(item, Line) else 0.0
        if bands and item.box.y0 + slack < bottom:
            bands[-1].append(item)
        else:
            bands.append([item])
        bottom = max(bottom, item.box.y1 - slack)
    return bands


def _groups(bands: list[Band], narrowest: float) -> Iterator[list[Band]]:
    """Yield runs of bands with a gutter that none of them crosses, or without any."""
    group: list[Band] = []
    spans: list[Span] = []
    for band in bands:
        own = _covered([band])
        both = _union([*spans, *own])
        had, has, kept = (len(_gutters(each, narrowest)) for each in (spans, own, both))
        is_lost = kept < had or (kept < has and (not had or len(group) == 1))
        if group and is_lost:
            following = _beside_next(group, own, narrowest) if has and not had else []
            yield group[: len(group) - len(following)]
            group = following
            both = _union([*own, *_covered(group)])
        elif had and _is_section(band, group, narrowest):
            yield group
            group, both = [], own
        group.append(band)
        spans = both
    yield group


def _is_section(band: Band, group: list[Band], narrowest: float) -> bool:
    """Tell whether a band below columns begins with a heading of all that spans the first one.

    It stands alone, or below a space that goes through all columns.
    """
    line, spans = min(band, key=lambda item: item.box.x0), _covered(group)
    size = narrowest / _GUTTER
    if not isinstance(line, Line) or line.size < _LARGE * size:
        return False
    space = min(item.box.y0 for item in band) - max(item.box.y1 for item in group[-1])
    is_apart = len(band) == 1 or space >= _STRIP * size
    return (
        is_apart
        and line.box.x0 - spans[0][0] <= _EDGE
        and _are_prose(_split(group, _gutters(spans, narrowest)))
    )


def _beside_next(group: list[Band], spans: list[Span], narrowest: float) -> list[Band]:
    """Return the last bands of a group that stand right of the gutter of what follows.

    The right column may begin above the left one.
    """
    first = min(_gutters(spans, narrowest))
    count = 0
    for band in reversed(group[1:]):
        if min(item.box.x0 for item in band) < first:
            break
        count += 1
    return group[len(group) - count :]


def _covered(bands: Sequence[Band]) -> list[Span]:
    return _union((item.box.x0, item.box.x1) for band in bands for item in band)


def _union(spans: Iterable[Span]) -> list[Span]:
    """Return the spans from left to right, those that overlap as one."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        else:
            union.append((start, end))
    return union


def _gutters(spans: list[Span], narrowest: float) -> list[float]:
    """Return the middles of the gaps between the spans that are wide enough."""
    return [
        (left[1] + right[0]) / 2
        for left, right in pairwise(spans)
        if right[0] - left[1] >= narrowest
    ]


def _split(bands: list[Band], gutters: list[float]) -> list[list[Item]]:
    columns: list[list[Item]] = [[] for _ in range(len(gutters) + 1)]
    for band in bands:
        for item in band:
            columns[bisect(gutters, item.box.centre)].append(item)
    return columns


def _are_prose(columns: list[list[Item]]) -> bool:
    """Tell whether most letters stand in columns that their lines fill."""
    lengths = [
        sum(len(item.text) for item in column if isinstance(item, Line)) for column in columns
    ]
    prose = [length for column, length in zip(columns, lengths, strict=True) if _is_prose(column)]
    return len(prose) > 1 and sum(prose) >= _MOST * sum(lengths)


def _is_prose(column: list[Item]) -> bool:
    lines = [item for item in column if isinstance(item, Line)]
    if len(lines) < _FEWEST_LINES or median(len(line.text) for line in lines) < _SHORTEST_LINE:
        return False
    edges = [line.box for line in lines]
    box = around(edges)
    full = sum(edge.width >= _FULL * box.width for edge in edges)
    return full >= _MOST_FULL * len(lines)


def _stacked(bands: list[Band], box: Box) -> Iterator[Block]:
    """Yield the bands one below the other, the lines between two tables as one column."""
    lines: list[Line] = []
    for band in bands:
        for item in sorted(band, key=lambda item: (round(item.box.middle), item.box.x0)):
            if isinstance(item, Line):
                lines.append(item)
                continue
            if lines:
                yield Column(tuple(lines), box)
                lines = []
            yield item
    if lines:
        yield Column(tuple(lines), box)


def _unruled(bands: list[Band], gutters: list[float]) -> AlignedTable | None:
    """Return the table that the bands are, if they are one and hold no other."""
    if any(isinstance(item, Table) for band in bands for item in band):
        return None
    rows = []
    for band in bands:
        cells: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
        for item in band:
            if isinstance(item, Line):
                cells[bisect(gutters, item.box.centre)].append(item)
        rows.append(AlignedRow(tuple(tuple(cell) for cell in cells)))
    return aligned_table(rows)


def _in_place(bands: list[Band], table: AlignedTable, box: Box) -> Iterator[Block]:
    """Yield the table between the lines above and below it that only stand in its first column."""
    yield from _stacked(bands[: table.first], box)
    yield Table(around(item.box for band in bands for item in band), table.rows)
    yield from _stacked(bands[table.last + 1 :], box)
