"""Tables whose cells are ruled off: the lines drawn on a page -> a grid -> rows of cells.

Lines that touch make a grid. Where the line between two cells is missing, they are one: its text
stands in every row that it covers, so that each row can be read by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from retrieval.reading.formats.pdf.lines import lines_of
from retrieval.reading.formats.pdf.page import Box, Line, Rule, Word, around
from retrieval.reading.formats.pdf.table import Row, Table

_NEAR = 3.0  # points that the ends of touching lines may be apart
_COVERED = 0.6  # of a cell's side that has to be drawn
_MOST_CELLS = 5_000
_LONGEST_REPEATED = 300  # characters of a merged cell: a label, not a page of text
_LONGEST_CELL = 1_500  # characters; what is longer is a column of text between lines

Cell = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True)
class _Grid:
    """Lines that touch: where they run down (`xs`) and across (`ys`)."""

    rules: tuple[Rule, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]


def ruled_tables(rules: Sequence[Rule], lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """Return the tables on a page and the lines that stand in none of them."""
    tables: list[Table] = []
    left = list(lines)
    for grid in _grids(rules):
        box = Box(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
        words = [word for line in left for word in line.words if _holds(box, word)]
        rows = tuple(_table_rows(grid, words))
        if not _is_table(rows):
            continue
        tables.append(Table(box, rows))
        left = list(_outside(left, box))
    return tables, left


def _is_table(rows: Sequence[Row]) -> bool:
    longest = max((len(cell) for row in rows for cell in row), default=0)
    most = max((sum(map(bool, row)) for row in rows), default=0)
    return len(rows) >= 2 and most >= 2 and longest <= _LONGEST_CELL


def _holds(box: Box, word: Word) -> bool:
    return box.x0 <= word.box.centre <= box.x1 and box.y0 <= word.box.middle <= box.y1


def _outside(lines: list[Line], box: Box) -> Iterator[Line]:
    for line in lines:
        words = [word for word in line.words if not _holds(box, word)]
        if len(words) == len(line.words):
            yield line
        elif words:
            yield from lines_of(words)


def _grids(rules: Sequence[Rule]) -> Iterator[_Grid]:
    for group in _touching(rules):
        xs = _places(rule.box.centre for rule in group if not rule.is_across)
        ys = _places(rule.box.middle for rule in group if rule.is_across)
        if len(xs) >= 3 and len(ys) >= 2 and len(xs) * len(ys) <= _MOST_CELLS:
            yield _Grid(tuple(group), xs, ys)


def _places(values: Iterator[float]) -> tuple[float, ...]:
    """Return the values in order, one for those that are near each other."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return tuple(places)


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules in groups that touch, by a sweep from the top of the page."""
    groups: list[list[Rule]] = []
    open_groups: list[tuple[Box, list[Rule]]] = []
    for rule in sorted(rules, key=lambda rule: rule.box.y0):
        box, group = rule.box, [rule]
        still_open = []
        for other_box, other in open_groups:
            if other_box.y1 + _NEAR < rule.box.y0:
                groups.append(other)
            elif _meet(rule.box, other_box) and any(_meet(rule.box, each.box) for each in other):
                box, group = around((box, other_box)), other + group
            else:
                still_open.append((other_box, other))
        open_groups = [*still_open, (box, group)]
    return groups + [group for _, group in open_groups]


def _meet(one: Box, other: Box) -> bool:
    return (
        one.x0 <= other.x1 + _NEAR
        and other.x0 <= one.x1 + _NEAR
        and one.y0 <= other.y1 + _NEAR
        and other.y0 <= one.y1 + _NEAR
    )


def _table_rows(grid: _Grid, words: list[Word]) -> Iterator[Row]:
    area_of = _areas(grid)
    held: dict[Cell, list[Word]] = {}
    for word in words:
        cell = (_index(grid.ys, word.box.middle), _index(grid.xs, word.box.centre))
        held.setdefault(area_of[cell], []).append(word)
    lines = {area: _stacked(area_words) for area, area_words in held.items()}
    filled = {column for _, column in lines}
    for row in range(len(grid.ys) - 1):
        areas = [area_of[row, column] for column in range(len(grid.xs) - 1)]
        cells = [
            _repeated(lines.get(area, []), is_first=area[0] == row)
            for area, columns in groupby(range(len(areas)), key=areas.__getitem__)
            if not filled.isdisjoint(columns)
        ]
        if any(cells):
            yield from _split(cells)


def _repeated(lines: list[Line], *, is_first: bool) -> list[Line]:
    """Return what a row of a merged cell says: all of it, unless it is long and said above."""
    length = sum(len(line.text) for line in lines)
    return lines if is_first or length <= _LONGEST_REPEATED else []


def _stacked(words: list[Word]) -> list[Line]:
    return sorted(lines_of(words), key=lambda line: (round(line.box.y1), line.box.x0))


def _split(cells: list[list[Line]]) -> Iterator[Row]:
    """Yield the row, or one for each of its lines where no line is drawn between them."""
    heights = [[round(line.box.y1) for line in cell] for cell in cells if cell]
    count = len(heights[0])
    if len(heights) > 1 and count > 2 and all(each == heights[0] for each in heights):
        for i in range(count):
            yield tuple(cell[i].text if cell else "" for cell in cells)
    else:
        yield tuple(" ".join(line.text for line in cell) for cell in cells)


def _index(places: Sequence[float], value: float) -> int:
    inner = places[1:-1]
    return sum(place <= value for place in inner)


def _areas(grid: _Grid) -> dict[Cell, Cell]:
    """Return for each cell the first of those it is one with."""
    down = _spans((r.box.centre, r.box.y0, r.box.y1) for r in grid.rules if not r.is_across)
    across = _spans((r.box.middle, r.box.x0, r.box.x1) for r in grid.rules if r.is_across)
    area: dict[Cell, Cell] = {}
    for r, (top, bottom) in enumerate(pairwise(grid.ys)):
        for c, (left, right) in enumerate(pairwise(grid.xs)):
            area[r, c] = (r, c)
            if c and not _is_drawn(_at(left, down), top, bottom):
                area[r, c] = area[r, c - 1]
            elif r and not _is_drawn(_at(top, across), left, right):
                area[r, c] = area[r - 1, c]
    return area


def _spans(rules: Iterable[tuple[float, float, float]]) -> dict[int, list[tuple[float, float]]]:
    """Return where lines start and end, by the place they run at in whole points."""
    spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for place, start, end in rules:
        spans[round(place)].append((start, end))
    return spans


def _at(place: float, spans: dict[int, list[tuple[float, float]]]) -> list[tuple[float, float]]:
    near = range(round(place) - round(_NEAR), round(place) + round(_NEAR) + 1)
    return [span for key in near for span in spans.get(key, ())]


def _is_drawn(spans: list[tuple[float, float]], start: float, end: float) -> bool:
    """Tell whether most of the way from start to end lies within the spans."""
    covered, reached = 0.0, start
    for low, high in sorted(spans):
        low, high = max(low, reached), min(high, end)
        if high > low:
            covered += high - low
            reached = high
    return covered >= _COVERED * (end - start)
