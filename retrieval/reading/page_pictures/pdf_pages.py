"""The pages of a PDF: their pictures, and the letters on them with their boxes.

Boxes are those of the letters' shapes, so that a mark holds no letter of the lines around it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import numpy as np

from retrieval.reading.cleaning.characters import skeleton
from retrieval.reading.cleaning.legacy_text import from_legacy
from retrieval.reading.formats.pdf import pdfium
from retrieval.reading.formats.pdf.characters import (
    are_bitmaps_known,
    are_seams_letters,
    characters_of,
)
from retrieval.reading.formats.pdf.letters import Integers, Letters, text_of
from retrieval.reading.formats.pdf.page import Word
from retrieval.reading.formats.pdf.pdfium import Handle, raw
from retrieval.reading.formats.pdf.sheets import letters_of, opened_page
from retrieval.reading.formats.pdf.words import Hints, words_with_letters
from retrieval.reading.page_pictures.highlights import Pixels
from retrieval.reading.page_pictures.pieces import Box, Piece, around
from retrieval.refusals import UnreadableError

_LONGEST_SIDE = 1_600  # pixels: an A4 page at 137 dpi
_MOST_OBLONG = 20  # times as long as wide: Telegram takes no other photo
_WIDE = 1.5  # of the text's size: a gap between two lines side by side
_BACK = 0.5  # the same, to the left
_FINE = 16  # parts of a pixel in which PDFium is asked for places, which it rounds


@dataclass(frozen=True, slots=True)
class PdfPages:
    """The pages of an open PDF, numbered from 1."""

    document: Handle

    @classmethod
    @contextmanager
    def opened(cls, data: bytes) -> Iterator[PdfPages]:
        """Open a PDF for as long as the block lasts; raises as `pdfium.opened` does."""
        with closing(pdfium.opened(data)) as document:
            yield cls(document)

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self.document)

    def picture(self, number: int) -> Pixels:
        """Return a page as it is seen; its longer side has 1,600 pixels."""
        with closing(opened_page(self.document, number - 1)) as page:
            bitmap = page.render(scale=_scale(page), rev_byteorder=True, may_draw_forms=True)
            return _not_oblong(np.array(bitmap.to_numpy()[:, :, :3]))

    def pieces(self, number: int) -> list[Piece]:
        """Return the letters on a page, with their boxes in its picture.

        Letters that share a code in the file, such as a ligature's, are one piece. So is a word
        whose font is in an old encoding that writes a letter in several codes.
        """
        with (
            closing(opened_page(self.document, number - 1)) as page,
            closing(page.get_textpage()) as text,
        ):
            letters = letters_of(text)
            places = _Places(page, text)
            return list(_pieces(letters, places, number))


def _scale(page: Handle) -> float:
    return float(_LONGEST_SIDE / max(*page.get_size(), 1e-3))


def _not_oblong(picture: Pixels) -> Pixels:
    """Return the picture with white at its side where it is too narrow or too low."""
    height, width, _ = picture.shape
    low, narrow = max(0, width // _MOST_OBLONG - height), max(0, height // _MOST_OBLONG - width)
    return np.pad(picture, ((0, low), (0, narrow), (0, 0)), constant_values=255)


class _Places:
    """Where a page's letters stand in its picture."""

    def __init__(self, page: Handle, text: Handle) -> None:
        self._page = page
        self._text = text
        width, height = page.get_size()
        self._size = [round(_FINE * _scale(page) * side) for side in (width, height)]
        self._sides = [ctypes.c_double() for _ in range(4)]
        self._whole = raw.FS_RECTF()

    def around(self, indices: Integers) -> Box:
        """Return the smallest box that holds the shapes of these letters."""
        return around(self._box(i) for i in indices.tolist())

    def _box(self, index: int) -> Box:
        left, right, bottom, top = self._sides
        raw.FPDFText_GetCharBox(self._text, index, left, right, bottom, top)
        if left.value < right.value and bottom.value < top.value:
            return self._in_picture(left.value, bottom.value, right.value, top.value)
        whole = self._whole  # for letters of fonts that tell no shapes
        raw.FPDFText_GetLooseCharBox(self._text, index, whole)
        return self._in_picture(whole.left, whole.bottom, whole.right, whole.top)

    def _in_picture(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (left, top), (right, bottom) = self._point(x0, y0), self._point(x1, y1)
        return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        column, row = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, *self._size, 0, x, y, column, row)
        return column.value / _FINE, row.value / _FINE


def _pieces(letters: Letters, places: _Places, number: int) -> Iterator[Piece]:
    hints = Hints(are_bitmaps_known([letters]), are_seams_letters([letters]))
    codes = characters_of(letters, bitmaps_known=hints.bitmaps_known)
    words = list(words_with_letters(letters, hints))
    texts = _in_unicode([word.text for word, _ in words])
    line, before = 0, None
    for (word, indices), reading in zip(words, texts, strict=True):
        is_slanted = letters.fonts[letters.font_of[indices[0]]].angle % 90 != 0
        line += before is None or not _goes_on(before, word)
        before = word
        for i, (text, at) in enumerate(_cut(reading, indices, codes)):
            line += is_slanted
            yield Piece(text, places.around(at), number, line, i == 0, word.size)


def _in_unicode(words: list[str]) -> list[str]:
    """Return the words of a page, converted where they are in a legacy encoding."""
    try:
        converted = from_legacy([" ".join(words)])[0].split(" ")
    except UnreadableError:  # a page of formulas may look like nonsense
        return words
    return converted if len(converted) == len(words) else words


def _goes_on(before: Word, word: Word) -> bool:
    """Tell whether a word stands in the line of the one before it in the file."""
    gap = word.box.x0 - before.box.x1
    is_near = -_BACK * word.size <= gap <= _WIDE * word.size
    return is_near and before.box.is_beside(word.box)


def _cut(reading: str, indices: Integers, codes: Integers) -> Iterator[tuple[str, Integers]]:
    """Yield the letters of a word with their indices; the whole word where they do not match it."""
    each = text_of(codes[indices])
    if len(reading) == len(indices):
        each = reading  # converted letter by letter, where its font is in an old encoding
    if skeleton(each) == skeleton(reading):
        yield from zip(each, np.split(indices, len(indices)), strict=True)
    else:
        yield reading, indices
