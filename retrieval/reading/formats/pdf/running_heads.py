"""Running heads, feet and page numbers: told by their place, which repeats from page to page.

A line counts as one where it stands at the edge of its page's text, in the margin or apart, and
other pages have the same line at the same height. Digits are ignored. Left and right pages may
have lines of their own. Text that merely repeats stays.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from retrieval.reading.cleaning.lines import is_ended
from retrieval.reading.formats.pdf.page import Line, Page

_EDGE_ROWS = 4  # at the top and at the bottom of a page that may be running ones
_MARGIN = 0.12  # of the page's height
_APART = 0.6  # of a line's height: the gap to the text next to it
_MORE_APART = 1.2  # times the gap between the two rows that follow
_FAR_APART = 2.0  # of a line's height: a gap that needs no other to compare with
_OTHER_SIZE = 0.12  # of the size: a line in the margin that differs more is apart, too
_HEIGHTS = 8.0  # points that heights of the same line may differ by
_MANY = 3  # pages that prove a line in the margin to be a running one
_AROUND = 6  # pages before and after that they are among: a chapter's head, no drawing's labels
_SHARE = 0.5  # of the pages, or of the left or right ones
_LARGE = 1.2  # times the size of most text: a heading
_NUMBER = re.compile(r"\d+|(?<!\w)[ivxlc]+(?!\w)")
_PAGE_NUMBER = re.compile(
    r"[-–—\[(|/. ]*(?:(?:page|trang|p\.|tr\.)\s*)?(?P<number>\d{1,4})"
    r"(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—\])|/. ]*",
    re.IGNORECASE,
)


Place = tuple[float, int]  # height and page
Form = tuple[str, bool]  # a line's text without digits, and whether it stands at the top


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines side by side at the top or bottom of a page's text."""

    lines: tuple[Line, ...]
    page: int
    is_top: bool
    in_margin: bool
    is_apart: bool  # from the next row further in

    @property
    def height(self) -> float:
        """The y of its bottom, the same on every page if it recurs."""
        return self.lines[0].box.y1


def without_running_heads(pages: Sequence[Page], body_size: float) -> list[Page]:
    """Return the pages without the lines that recur at their edges, and without their numbers."""
    if len(pages) < 2:
        return list(pages)
    sides = [side for number, page in enumerate(pages) for side in _sides(number, page)]
    recurrence = _Recurrence(sides, len(pages), body_size)
    gone = {id(line) for side in sides for line in _running(side, recurrence)}
    gone |= _repeated_asides(pages)
    return [_without(gone, page) for page in pages]


def _without(gone: Container[int], page: Page) -> Page:
    """Return the page without the lines of these identities, whose texts it keeps apart."""
    left_out = [line.text for line in page.lines + page.asides if id(line) in gone]
    return replace(
        page,
        lines=tuple(line for line in page.lines if id(line) not in gone),
        asides=tuple(line for line in page.asides if id(line) not in gone),
        left_out=tuple(text for text in left_out if any(map(str.isalnum, text))),
    )


def _sides(number: int, page: Page) -> Iterator[list[_Row]]:
    """Yield the first rows of a page from the top, and from the bottom."""
    lines = sorted(page.lines, key=lambda line: line.box.y0)
    yield list(_outer(number, page, lines, is_top=True))
    yield list(_outer(number, page, lines[::-1], is_top=False))


def _outer(number: int, page: Page, lines: list[Line], *, is_top: bool) -> Iterator[_Row]:
    rows = list(islice(_rows(lines), _EDGE_ROWS + 2))
    margin = _MARGIN * (page.bottom - page.top)
    for i, row in enumerate(rows[:_EDGE_ROWS]):
        box = row[0].box
        in_margin = box.y1 <= page.top + margin if is_top else box.y0 >= page.bottom - margin
        gap, next_gap = _gap(rows, i), _gap(rows, i + 1)
        needed = max(_APART * box.height, _MORE_APART * next_gap)
        is_apart = gap >= min(needed, _FAR_APART * box.height)
        is_apart |= in_margin and _differ(row, rows[i + 1 : i + 2])
        yield _Row(tuple(row), number, is_top, in_margin, is_apart)


def _rows(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines that stand beside each other, in the order they come in."""
    row: list[Line] = []
    for line in lines:
        if row and not row[0].box.is_beside(line.box):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _gap(rows: list[list[Line]], i: int) -> float:
    """Return the space between a row and the one that follows it, 0 after the last two."""
    if i + 1 >= len(rows):
        return 0.0
    upper, lower = sorted((rows[i][0].box, rows[i + 1][0].box), key=lambda box: box.middle)
    return lower.y0 - upper.y1


def _differ(row: list[Line], following: list[list[Line]]) -> bool:
    """Tell whether the rows are set in other sizes."""
    sizes = [line.size for each in following for line in each]
    return bool(sizes) and abs(row[0].size - sizes[0]) > _OTHER_SIZE * sizes[0]


class _Recurrence:
    """Knows at which heights of how many pages each line stands."""

    def __init__(self, sides: Sequence[Sequence[_Row]], pages: int, body_size: float) -> None:
        self._pages = pages
        self._body_size = body_size
        self._places: dict[tuple[Form, int], list[Place]] = defaultdict(list)
        for row in (row for side in sides for row in side):
            for line in row.lines:
                self._places[_form(line, row), row.page % 2].append((row.height, row.page))
        for places in self._places.values():
            places.sort()

    def is_running(self, line: Line, row: _Row) -> bool:
        """Tell whether a line stands at the same place of other pages."""
        form = _form(line, row)
        if not form[0]:
            return False
        sides = [_near(self._places.get((form, side), []), row.height) for side in (0, 1)]
        count, on_side = sum(map(len, sides)), len(sides[row.page % 2])
        of_side = (self._pages + 1) // 2
        is_shared = count >= max(2, _SHARE * self._pages) or on_side >= max(2, _SHARE * of_side)
        if line.size >= _LARGE * self._body_size and count < _MANY:
            return False  # a heading
        if row.in_margin:
            around = sum(abs(page - row.page) <= _AROUND for side in sides for page in side)
            return is_shared or around >= _MANY
        return is_shared and row.is_apart and not is_ended(line.text)


def _form(line: Line, row: _Row) -> Form:
    """Return what the line shares with those of other pages; no text if it is only figures.

    A page number shares its distance to the page's place in the file, and figures of a drawing
    share nothing.
    """
    text = line.text.lower()
    if found := _PAGE_NUMBER.fullmatch(text):
        text = f"{_NUMBER.sub('', text)}{int(found['number']) - row.page}"
    elif any(map(str.isalpha, text)):
        text = _NUMBER.sub("0", text)
    else:
        text = ""
    return text, row.is_top


def _near(places: list[Place], height: float) -> list[int]:
    """Return the pages of the places near a height."""
    low = bisect_left(places, (height - _HEIGHTS, 0))
    high = bisect_right(places, (height + _HEIGHTS, sys.maxsize))
    return [page for _, page in places[low:high]]


def _running(side: list[_Row], recurrence: _Recurrence) -> Iterator[Line]:
    """Yield the running lines of one edge: rows from the outermost to the last that is apart."""
    found: list[list[Line]] = []
    ends = 0
    for row in side:
        lines = [
            line for line in row.lines if recurrence.is_running(line, row) or _is_number(line, row)
        ]
        if not lines:
            break
        found.append(lines)
        ends = len(found) if row.is_apart else ends
    yield from (line for lines in found[:ends] for line in lines)


def _is_number(line: Line, row: _Row) -> bool:
    """Tell whether the line is the number of its page, or one letter that is left of a head."""
    if not row.in_margin:
        return False
    if len(line.text) == 1 and not line.text.isdigit():
        return True
    found = _PAGE_NUMBER.fullmatch(line.text) if row.is_apart else None
    return found is not None and int(found["number"]) == row.page + 1


def _repeated_asides(pages: Sequence[Page]) -> set[int]:
    """Return the identities of lines along the margins that stand at the same place of most pages.

    A drawing's labels are turned as well and may repeat, at other places or on fewer pages.
    """
    found: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for page in pages:
        for line in page.asides:
            x, y = (round(side / _HEIGHTS) for side in (line.box.x0, line.box.y0))
            found[line.text, x, y].append(id(line))
    fewest = max(2, _SHARE * len(pages))
    return {line for lines in found.values() if len(lines) >= fewest for line in lines}
