"""The fonts of a page's letters, asked of PDFium once for each object that draws text."""

from __future__ import annotations

import ctypes
import re
from math import atan2, degrees, hypot

import numpy as np

from retrieval.reading.formats.pdf import pdfium
from retrieval.reading.formats.pdf.letters import Font, Integers, within
from retrieval.reading.formats.pdf.pdfium import raw

_LONGEST_NAME = 128
_BOLD = re.compile(r"bold|black|heavy|demi|medi\b|(?:\b|_)(?:cm|sf|ec|lm)bx", re.IGNORECASE)


def fonts_of(
    handle: int | None, count: int, starts: Integers, ends: Integers
) -> tuple[tuple[Font, ...], Integers, Integers]:
    """Return the fonts, for each letter the index of its font (0 for spaces), and the seams.

    A text object draws letters that follow each other, so a word that ends in the object of the
    word before it is all of that object.
    """
    fonts = _Fonts(handle)
    object_at = pdfium.object_at
    of_words, mixed = [], []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        last = object_at(handle, end - 1)
        if last != fonts.current:
            fonts.take(start)
            if last != fonts.current:
                mixed.append((start, end))
        of_words.append(fonts.index)
    indices = np.zeros(count, dtype=np.int64)
    indices[within(starts, ends)] = np.repeat(np.array(of_words, dtype=np.int64), ends - starts)
    seams = []
    for start, end in mixed:
        for at in range(start, end):
            before = fonts.current
            fonts.take(at)
            indices[at] = fonts.index
            if at > start and fonts.current != before:
                seams.append(at)
    return fonts.known(), indices, np.array(seams, dtype=np.int64)


class _Fonts:
    """The fonts of a page, numbered as they come up."""

    def __init__(self, handle: int | None) -> None:
        self.current: int | None = None  # the text object last looked at
        self.index = 0  # of its font
        self._handle = handle
        self._matrix = (ctypes.c_float * 6)()
        self._matrix_at = ctypes.addressof(self._matrix)
        self._keys: dict[tuple[float, ...], int] = {}

    def take(self, at: int) -> None:
        """Look at the font of a letter."""
        text_object = pdfium.object_at(self._handle, at)
        if text_object and text_object != self.current:
            pdfium.matrix_at(self._handle, at, self._matrix_at)
            size, font = pdfium.size_at(self._handle, at), pdfium.font_of(text_object) or 0
            key = (font, pdfium.render_mode_of(text_object), size, *self._matrix[:4])
            self.index = self._keys.setdefault(key, len(self._keys))
            self.current = text_object

    def known(self) -> tuple[Font, ...]:
        """Return the fonts by their numbers."""
        return tuple(self._font(*key) for key in self._keys)

    def _font(self, font: float, mode: float, size: float, *matrix: float) -> Font:
        a, b, c, d = matrix
        name = _name(int(font))
        is_bold = _BOLD.search(name) is not None or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        return Font(name, round(size * hypot(c, d), 1), is_bold, round(degrees(atan2(b, a))) % 360)


def _name(font: int) -> str:
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    if font:
        pdfium.name_of(font, ctypes.addressof(buffer), _LONGEST_NAME)
    return buffer.value.decode("utf-8", "replace")
