"""The letters and lines of a page as a PDF library gives them, in the coordinates of the file.

Points; x grows to the right and y upwards, also where the text is turned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Font:
    """How a letter is set: the font's name, its height in points, and where its text runs.

    `angle` is in degrees: 0 to the right, 90 upwards.
    """

    name: str
    size: float
    is_bold: bool
    angle: int


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """The letters of a page in the order of the file; n is their number.

    Attributes:
        codes: Their code points, (n,). Spaces and line breaks that the library adds have no width.
        boxes: Their left, top, right and bottom, (n, 4).
        is_inner: Whether a letter belongs to the word of the one before, (n,). Letters within such
            a word have the box of its first letter.
        fonts: The fonts of the page.
        font_of: The index of each letter's font, (n,).
        unmapped: The indices of letters that the file names no character for.
        supposed: The indices of spaces that the library supposes in a narrow gap, although the
            page has spaces of its own.
        seams: The indices of letters within words that another text object draws than the one
            before.
    """

    codes: Integers
    boxes: Floats
    is_inner: Flags
    fonts: tuple[Font, ...]
    font_of: Integers
    unmapped: Integers
    supposed: Integers
    seams: Integers


class Stroke(NamedTuple):
    """A line drawn along the page's edges, as the box from its one end to the other."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a page shows besides letters.

    Attributes:
        strokes: Lines along the page's edges.
        has_picture: Whether anything is drawn that could show text: an image or many strokes.
        image_area: The area of all images together, in square points.
        pixels: How many pixels all images have, as the file says.
    """

    strokes: tuple[Stroke, ...]
    has_picture: bool
    image_area: float = 0.0
    pixels: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the file; `bounds` are its left, bottom, right and top."""

    bounds: tuple[float, float, float, float]
    letters: Letters
    drawing: Drawing


def text_of(codes: Integers) -> str:
    """Return code points as a text; halves of a character beyond U+FFFF stay halves."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def within(starts: Integers, ends: Integers) -> Integers:
    """Return the indices of all letters of words, in order."""
    lengths = ends - starts
    skipped = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.arange(lengths.sum()) + skipped
