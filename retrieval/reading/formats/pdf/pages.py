"""Sheets -> pages: what the library gives of a page, turned upright and made lines."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

from retrieval.reading.formats.pdf.characters import are_bitmaps_known, are_seams_letters
from retrieval.reading.formats.pdf.justified import with_justified
from retrieval.reading.formats.pdf.letters import Sheet, Stroke
from retrieval.reading.formats.pdf.lines import line_of, lines_of
from retrieval.reading.formats.pdf.page import HOLE, Box, Line, Page, Rule
from retrieval.reading.formats.pdf.rivers import without_rivers
from retrieval.reading.formats.pdf.words import Hints, turned, words_of
from retrieval.reading.recognition.picture import POINTS


def pages_of(sheets: Sequence[Sheet]) -> list[Page]:
    """Return the pages as most of their text reads; text in other directions is beside it."""
    hints = Hints(
        bitmaps_known=are_bitmaps_known(sheet.letters for sheet in sheets),
        seams_are_letters=are_seams_letters(sheet.letters for sheet in sheets),
    )
    return [_page(sheet, hints) for sheet in sheets]


def _page(sheet: Sheet, hints: Hints) -> Page:
    drawing = sheet.drawing
    directions = words_of(sheet.letters, hints)
    angle = directions[0].angle if directions else 0
    left, bottom, right, top = sheet.bounds
    bounds = _boxes([Stroke(left, bottom, right, top)], angle)[0]
    written = without_rivers(with_justified(lines_of(directions[0].words))) if directions else []
    lines = [_plain(line) for line in written]
    asides = [line for direction in directions[1:] for line in lines_of(direction.words)]
    return Page(
        top=bounds.y0,
        bottom=bounds.y1,
        lines=tuple(filter(None, lines)),
        asides=tuple(asides),
        rules=[Rule(box) for box in _boxes(drawing.strokes, angle)],
        has_picture=drawing.has_picture,
        covered=min(1.0, drawing.image_area / max(1.0, (right - left) * (top - bottom))),
        dpi=POINTS * sqrt(drawing.pixels / drawing.image_area) if drawing.image_area else 0.0,
        pixels=drawing.pixels,
    )


def _boxes(strokes: Sequence[Stroke], angle: int) -> list[Box]:
    if not strokes:
        return []
    corners = np.array(strokes, dtype=np.float32)[:, [0, 3, 2, 1]]
    once = sorted(set(map(tuple, corners.round().tolist())))  # outlines are often drawn twice
    return [Box(*sides) for sides in turned(np.array(once, dtype=np.float32), angle).tolist()]


def _plain(line: Line) -> Line | None:
    """Return the line without a mark of an unknown character at its start: an item's bullet."""
    first = line.words[0]
    if first.text.strip(HOLE):
        return line
    return line_of(line.words[1:]) if len(line.words) > 1 else None
