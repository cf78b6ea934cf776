"""The text of a page as it is printed: pieces with their boxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle of a picture in pixels; x grows to the right and y downwards."""

    left: float
    top: float
    right: float
    bottom: float


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of these, of which there is at least one."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


@dataclass(frozen=True, slots=True)
class Piece:
    """A letter, or a word of which only the whole box is known.

    Attributes:
        text: What it reads as, in Unicode; it may be punctuation.
        box: Where it stands in the picture of its page.
        page: The page's number, from 1.
        line: The number of the line that it stands in, which no other line of the page has. Words
            of one height with a wide gap between them, such as two cells of a table, stand in two
            lines. Each letter of slanted text has a line of its own: only so do boxes fit it.
        starts_word: Whether it is the first piece of a word.
        size: The height of its font, in any unit.
    """

    text: str
    box: Box
    page: int
    line: int
    starts_word: bool
    size: float
