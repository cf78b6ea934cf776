"""The pages of a PDF as arrays: the letters with their boxes and fonts, and what else is drawn."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing

import numpy as np

from retrieval.reading.formats.pdf import pdfium
from retrieval.reading.formats.pdf.characters import FIRST_PRINTED, are_hyphens, are_spaces
from retrieval.reading.formats.pdf.drawing import drawing_of
from retrieval.reading.formats.pdf.fonts import fonts_of
from retrieval.reading.formats.pdf.letters import (
    Flags,
    Floats,
    Font,
    Integers,
    Letters,
    Sheet,
    within,
)
from retrieval.reading.formats.pdf.pdfium import Handle, raw

_WIDE, _WIDER = 0.75, 0.35  # of the font's size: a word's width by letter, and once more
_BESIDE = 0.6  # of the lower letter's height, for letters of one line
_UNEVEN = 0.15  # of the font's size: letters of one font whose heights differ more
_ASCENT, _DESCENT = 0.9, 0.22  # of the font's size: above and below the base line
_RETURN, _LINE_FEED, _SPACE = 0x0D, 0x0A, 0x20
_NARROW = 0.2  # of the font's size: no wider than the gaps of letter-spaced words
_SAMPLE = 40  # spaces by which to tell how many the page has of its own
_SPACED_TEXT = 0.08  # of the characters of ordinary text are spaces
_WITH_TEXT = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)


def sheets_of(data: bytes) -> Iterator[Sheet]:
    """Yield the pages of a PDF; raises as `pdfium.opened` does, and where a page is damaged."""
    with closing(pdfium.opened(data)) as document:
        for number in range(len(document)):
            yield _sheet(document, number)


def opened_page(document: Handle, number: int) -> Handle:
    """Return a page as a `pypdfium2.PdfPage`, to be closed; its index `number` counts from 0.

    What is written in the fields of a form is a part of it.
    """
    page = document[number]
    if _has_filled_fields(page):
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)  # their text becomes the page's
        page.close()
        page = document[number]
    return page


def _sheet(document: Handle, number: int) -> Sheet:
    page = opened_page(document, number)
    with closing(page), closing(page.get_textpage()) as text:
        return Sheet(page.get_bbox(), letters_of(text), drawing_of(page))


def _has_filled_fields(page: Handle) -> bool:
    address = ctypes.cast(page.raw, ctypes.c_void_p).value
    for i in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.annotation_of(address, i)
        kind = pdfium.annotation_kind_of(annotation) if annotation else None
        if annotation:
            pdfium.close_annotation(annotation)
        if kind in _WITH_TEXT:
            return True
    return False


def letters_of(page: Handle) -> Letters:
    """Return the letters of a `PdfTextPage`.

    Of most words only the first and the last letter are asked for their boxes.
    """
    count = max(0, raw.FPDFText_CountChars(page))
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    codes = _codes(page, handle, count)
    starts, ends = _words(handle, codes)
    fonts, font_of, seams = fonts_of(handle, count, starts, ends)
    boxes, is_inner = _boxes(handle, starts, ends, fonts, font_of)
    unmapped = _unmapped(handle, codes, font_of)
    sizes = np.array([font.size for font in fonts] or [0.0])[font_of]
    supposed = _supposed_spaces(handle, codes, starts, ends, boxes, sizes)
    return Letters(codes, boxes, is_inner, fonts, font_of, unmapped, supposed, seams)


def _codes(page: Handle, handle: int | None, count: int) -> Integers:
    """Return the characters' code points.

    The whole text at once is used where it has as many units as there are characters: PDFium
    leaves out those it knows no code for, and writes those beyond U+FFFF as two.
    """
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = raw.FPDFText_GetText(page, 0, count, buffer) - 1
    codes: Integers = np.array(memoryview(buffer)[: max(0, written)], dtype=np.int64)
    if written == count and not ((codes >= 0xD800) & (codes < 0xE000)).any():
        return codes
    return np.fromiter((pdfium.code_at(handle, i) for i in range(count)), np.int64, count)


def _words(handle: int | None, codes: Integers) -> tuple[Integers, Integers]:
    """Return where the runs of letters start and end that no space and no line's end parts."""
    is_space = are_spaces(codes)
    is_control = codes < FIRST_PRINTED
    is_break = (codes[:-1] == _RETURN) & (codes[1:] == _LINE_FEED)
    is_control[:-1] &= ~is_break
    is_control[1:] &= ~is_break
    for i in np.nonzero(is_control)[0].tolist():
        is_space[i] &= pdfium.is_unmapped_at(handle, i) != 1  # else the number of a glyph
    is_end = are_hyphens(codes) | np.append(is_space[1:], True)
    is_start = np.append(True, (is_space | is_end)[:-1])
    return np.nonzero(~is_space & is_start)[0], np.nonzero(~is_space & is_end)[0] + 1


def _boxes(
    handle: int | None, starts: Integers, ends: Integers, fonts: tuple[Font, ...], font_of: Integers
) -> tuple[Floats, Flags]:
    """Return the letters' boxes, (n, 4), and which of them have their word's first box instead.

    Between the ends of an upright word of ordinary width no letter needs a box of its own.
    """
    boxes = np.zeros((len(font_of), 4), dtype=np.float32)
    is_inner = np.zeros(len(font_of), dtype=np.bool_)
    is_outer = np.zeros(len(font_of), dtype=np.bool_)
    is_outer[starts] = is_outer[ends - 1] = True
    outer = np.nonzero(is_outer)[0]
    _fill(handle, boxes, outer)
    are_tight = _are_tight(boxes[starts], font_of[starts], fonts)
    if are_tight:
        _level(handle, boxes, outer, fonts, font_of)
    lengths = ends - starts
    whole = _are_ordinary(boxes[starts], boxes[ends - 1], lengths, font_of[starts], fonts)
    is_inner[within(starts[whole] + 1, ends[whole])] = True
    middle = within(starts[whole] + 1, ends[whole] - 1)
    boxes[middle] = np.repeat(boxes[starts[whole]], lengths[whole] - 2, axis=0)
    apart = within(starts[~whole], ends[~whole])
    _fill(handle, boxes, apart)
    if are_tight:
        _level(handle, boxes, apart, fonts, font_of)
    return boxes, is_inner


def _fill(handle: int | None, boxes: Floats, indices: Integers) -> None:
    """Ask PDFium for the boxes of these letters."""
    address, box_at = boxes.ctypes.data, pdfium.box_at
    for i in indices.tolist():
        box_at(handle, i, address + 16 * i)


def _are_tight(first: Floats, font_of: Integers, fonts: tuple[Font, ...]) -> bool:
    """Tell whether the letters' boxes are as high as each letter, for want of a font's height."""
    heights = first[:, 1] - first[:, 3]
    return any(
        np.ptp(heights[font_of == i]) > _UNEVEN * font.size
        for i, font in enumerate(fonts)
        if font.angle == 0 and (font_of == i).any()
    )


def _level(
    handle: int | None,
    boxes: Floats,
    indices: Integers,
    fonts: tuple[Font, ...],
    font_of: Integers,
) -> None:
    """Give these letters the height of their font, by their base line."""
    x, y = ctypes.c_double(), ctypes.c_double()
    x_at, y_at = ctypes.addressof(x), ctypes.addressof(y)
    for i in indices.tolist():
        font = fonts[int(font_of[i])]
        if font.angle == 0 and pdfium.origin_at(handle, i, x_at, y_at):
            boxes[i, 1], boxes[i, 3] = y.value + _ASCENT * font.size, y.value - _DESCENT * font.size


def _are_ordinary(
    first: Floats, last: Floats, lengths: Integers, font_of: Integers, fonts: tuple[Font, ...]
) -> Flags:
    """Tell of words, by the boxes of their first and last letters, whether they are one piece."""
    if not fonts:
        return np.zeros(len(lengths), dtype=np.bool_)
    sizes = np.array([font.size for font in fonts])[font_of]
    is_upright = np.array([font.angle == 0 for font in fonts])[font_of]
    # The fields of FS_RECTF are left, top, right, bottom.
    shared = np.minimum(first[:, 1], last[:, 1]) - np.maximum(first[:, 3], last[:, 3])
    heights = np.minimum(first[:, 1] - first[:, 3], last[:, 1] - last[:, 3])
    widths = last[:, 2] - first[:, 0]
    is_narrow = (widths >= 0) & (widths <= (_WIDE * lengths + _WIDER) * sizes)
    flags: Flags = is_upright & is_narrow & (shared >= _BESIDE * heights) & (lengths > 1)
    return flags


def _unmapped(handle: int | None, codes: Integers, fonts: Integers) -> Integers:
    """Return the indices of the letters for which the file names no character.

    PDFium gives the number of the glyph instead. A letter of each form is tried in each font, and
    all letters of a font that fails once.
    """
    keys = fonts * 0x110000 + codes
    _, first = np.unique(keys, return_index=True)
    failing = {int(fonts[i]) for i in first.tolist() if pdfium.is_unmapped_at(handle, i) == 1}
    if not failing:
        return np.zeros(0, dtype=np.int64)
    suspects = np.nonzero(np.isin(fonts, list(failing)))[0].tolist()
    return np.array([i for i in suspects if pdfium.is_unmapped_at(handle, i) == 1], dtype=np.int64)


def _supposed_spaces(
    handle: int | None,
    codes: Integers,
    starts: Integers,
    ends: Integers,
    boxes: Floats,
    sizes: Floats,
) -> Integers:
    """Return the indices of spaces that stand in narrow gaps and not in the file.

    PDFium supposes some within letter-spaced words. A page that has spaces needs no other.
    """
    spaces = np.nonzero(codes == _SPACE)[0]
    sample = spaces[:: max(1, len(spaces) // _SAMPLE)].tolist()
    own = sum(pdfium.is_generated_at(handle, i) != 1 for i in sample) / max(1, len(sample))
    if own * len(spaces) < _SPACED_TEXT * len(codes):
        return np.zeros(0, dtype=np.int64)
    last, first = ends[:-1] - 1, starts[1:]
    gaps = boxes[first, 0] - boxes[last, 2]
    is_narrow = (first - last == 2) & (gaps >= 0) & (gaps < _NARROW * sizes[last])
    narrow = (last[is_narrow] + 1).tolist()
    return np.array([i for i in narrow if pdfium.is_generated_at(handle, i) == 1], dtype=np.int64)
