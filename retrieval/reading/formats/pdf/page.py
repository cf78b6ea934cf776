"""What stands on a page of a PDF: words and lines with their boxes, ruled lines and pictures.

Coordinates are in points: x grows to the right and y downwards as the text is read, also where the
page or the text is turned. The origin is the file's, so coordinates may be negative.

Boxes, words and rules are named tuples, which are made four times as fast as frozen dataclasses:
a long file has a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from retrieval.refusals import Cause

_SAME_ROW = 0.35  # of the height: how far the middles of one row are apart

HOLE = "\ufffd"  # a letter that is drawn, but whose character is not known


class Box(NamedTuple):
    """A rectangle: its left, top, right and bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """The length from left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """The length from top to bottom."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """The y half-way between top and bottom."""
        return (self.y0 + self.y1) / 2

    @property
    def centre(self) -> float:
        """The x half-way between left and right."""
        return (self.x0 + self.x1) / 2

    def is_beside(self, other: Box) -> bool:
        """Tell whether the two overlap in height by half of the lower one."""
        _, top, _, bottom = self
        _, other_top, _, other_bottom = other
        if top == other_top and bottom == other_bottom:
            return True
        shared = min(bottom, other_bottom) - max(top, other_top)
        return shared >= min(bottom - top, other_bottom - other_top) / 2


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of these, of which there is at least one."""
    first, *others = boxes
    if not others:
        return first
    left, top, right, bottom = zip(first, *others, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


class Word(NamedTuple):
    """Letters without a space between them.

    Attributes:
        size: The height of the font.
        after_space: Whether the file has a space before the word.
    """

    text: str
    box: Box
    size: float
    is_bold: bool
    after_space: bool


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Words side by side without a wide gap, from left to right.

    Attributes:
        box: The smallest box around the words.
        size: The size of the longest word's font.
        is_bold: Whether all words are bold.
    """

    words: tuple[Word, ...]
    text: str
    box: Box
    size: float
    is_bold: bool


def rows_of(by_height: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines that stand at one height, from left to right; the lines come from the top."""
    row: list[Line] = []
    height = 0.0  # of the middle of the row's first line
    for line in by_height:
        middle = line.box.middle
        if row and middle - height > _SAME_ROW * line.box.height:
            yield sorted(row, key=lambda line: line.box.x0)
            row = []
        if not row:
            height = middle
        row.append(line)
    if row:
        yield sorted(row, key=lambda line: line.box.x0)


class Rule(NamedTuple):
    """A straight line drawn across or down the page; its box is thin."""

    box: Box

    @property
    def is_across(self) -> bool:
        """Whether it runs from left to right."""
        return self.box.width >= self.box.height


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its lines in the order of the file.

    Attributes:
        top: The y where the page begins.
        bottom: The y where it ends.
        asides: Lines that run in another direction than most of the text.
        has_picture: Whether anything is drawn that could show text: an image or many strokes.
        left_out: The texts of running heads and page numbers that it had.
        covered: The share of its area that images cover, from 0 to 1.
        dpi: How many pixels its images have an inch; 0 without images.
        pixels: How many pixels its images have together.
        recognised: Whether its text was recognised in a picture of it.
        unread: Why a picture that may show text was not recognised.
    """

    top: float
    bottom: float
    lines: tuple[Line, ...]
    asides: tuple[Line, ...] = ()
    rules: Sequence[Rule] = ()
    has_picture: bool = False
    left_out: tuple[str, ...] = ()
    covered: float = 0.0
    dpi: float = 0.0
    pixels: int = 0
    recognised: bool = False
    unread: Cause | None = None
