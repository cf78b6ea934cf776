"""Justified lines that wide gaps have cut: joined where they fill the width of a line next to them.

In a narrow column few words are stretched over the whole line. Such a line has the left and right
edge of the lines above and below it, and its gaps are equal. A table's row has other gaps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from retrieval.reading.formats.pdf.lines import line_of
from retrieval.reading.formats.pdf.page import Box, Line, rows_of

_EDGE = 2.5  # points that the edges of justified lines may be apart
_PITCH = 2.2  # times the font's size: the farthest of two lines that stand next to each other
_INDENT = 4.0  # times the font's size: the first line of a paragraph may stand in
_EQUAL, _SLACK = 1.3, 1.0  # times the narrowest gap, and points more: the widest one
_NARROW, _WIDEST = 20.0, 4.0  # times the font's size: a column, and the only gap in a wider one
_MOST_PARTS = 12  # of a row; one with more is a table's or a drawing's


def with_justified(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page in their order, those that are parts of a justified one joined."""
    joined = list(lines)
    for _ in range(2):  # a line that is whole now shows its width to the one above it
        whole_of = _whole_lines(joined)
        if not whole_of:
            break
        joined = list(dict.fromkeys(whole_of.get(line, line) for line in joined))
    return joined


def _whole_lines(lines: Sequence[Line]) -> dict[Line, Line]:
    """Return for each part of a justified line the whole one."""
    by_height = sorted(lines, key=lambda line: line.box.middle)
    heights = [line.box.middle for line in by_height]
    whole_of: dict[Line, Line] = {}
    for row in rows_of(by_height):
        if not 2 <= len(row) <= _MOST_PARTS:
            continue
        middle, reach = row[0].box.middle, _PITCH * row[0].size
        low, high = bisect_left(heights, middle - reach), bisect_right(heights, middle + reach)
        frames = [whole_of.get(line, line).box for line in by_height[low:high] if line not in row]
        for parts in _justified(row, frames):
            whole_of |= dict.fromkeys(parts, _joined(parts))
    return whole_of


def _justified(row: list[Line], frames: Sequence[Box]) -> Iterator[list[Line]]:
    """Yield the runs of a row that are one justified line each, the longest first."""
    taken: set[int] = set()
    for first, last in sorted(combinations(range(len(row)), 2), key=lambda pair: pair[0] - pair[1]):
        parts, places = row[first : last + 1], range(first, last + 1)
        right = max(part.box.x1 for part in parts)
        if taken.isdisjoint(places) and any(_fills(right, frame, parts) for frame in frames):
            yield parts
            taken.update(places)


def _fills(right: float, frame: Box, parts: list[Line]) -> bool:
    """Tell whether the parts, up to `right`, fill the width of a line next to them evenly."""
    size = parts[0].size
    inset = parts[0].box.x0 - frame.x0
    if abs(right - frame.x1) > _EDGE or not -_EDGE <= inset <= _INDENT * size:
        return False
    words = _joined(parts).words
    gaps = [right.box.x0 - left.box.x1 for left, right in pairwise(words) if right.after_space]
    if len(gaps) > 1:
        return max(gaps) <= _EQUAL * min(gaps) + _SLACK
    return abs(inset) <= _EDGE and (
        frame.width <= _NARROW * size or max(gaps, default=0.0) <= _WIDEST * size
    )


def _joined(parts: list[Line]) -> Line:
    """Return the parts as one line, with a space before each but the first."""
    words = [
        word._replace(after_space=word.after_space or word is part.words[0])
        for part in parts
        for word in part.words
    ]
    return line_of(words)
