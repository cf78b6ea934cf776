"""Text recognised in a picture -> a page, as if the file had letters for it.

So columns, tables and paragraphs of a scan are told in the same way as those of any PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from retrieval.reading.formats.pdf.lines import lines_of
from retrieval.reading.formats.pdf.page import Box, Page, Word
from retrieval.reading.recognition.picture import POINTS
from retrieval.reading.recognition.words import RecognisedText, RecognisedWord

_ALIKE = 0.25  # of the usual size: lines whose heights differ less are of one size


def recognised_page(text: RecognisedText) -> Page:
    """Return the page that a recognised text makes.

    A picture shows no font. A word has the height of its line, and lines of nearly the size of most
    text have that size.
    """
    scale = POINTS / text.dpi
    rows = [list(row) for _, row in groupby(text.words, key=lambda word: word.line)]
    sizes = _alike([_size(row) * scale for row in rows], rows)
    words = [
        word for row, size in zip(rows, sizes, strict=True) for word in _words(row, size, scale)
    ]
    return Page(0.0, text.height * scale, tuple(lines_of(words)), has_picture=True, recognised=True)


def _size(row: Sequence[RecognisedWord]) -> float:
    """Return the height of a line's tall words, which is nearly the size of its font."""
    heights = sorted(word.bottom - word.top for word in row)
    return heights[3 * len(heights) // 4]


def _alike(sizes: Sequence[float], rows: Sequence[Sequence[RecognisedWord]]) -> list[float]:
    """Return the sizes of lines, those near the size of most words made equal to it."""
    pairs = zip(sizes, rows, strict=True)
    usual = median([size for size, row in pairs for _ in row] or [0.0])
    return [usual if abs(size - usual) <= _ALIKE * usual else size for size in sizes]


def _words(row: Sequence[RecognisedWord], size: float, scale: float) -> Iterator[Word]:
    bottom = median(word.bottom for word in row) * scale
    for word in row:
        box = Box(word.left * scale, bottom - size, word.right * scale, bottom)
        yield Word(word.text, box, size, is_bold=False, after_space=True)
