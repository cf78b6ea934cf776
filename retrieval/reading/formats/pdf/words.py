"""Letters -> words: text turned upright, cut at spaces and at gaps, its characters made plain.

A word is one piece even where its letters come from several fonts, as in Vietnamese text printed
by a browser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.reading.cleaning.legacy_encodings import unicode_by_font
from retrieval.reading.formats.pdf.characters import are_spaces, characters_of
from retrieval.reading.formats.pdf.letters import Flags, Floats, Font, Integers, Letters, text_of
from retrieval.reading.formats.pdf.page import Box, Word
from retrieval.reading.formats.pdf.tcvn3_letters import (
    is_tcvn3,
    with_lost_hyphens,
    with_read_hyphens,
)

_SPACED_TEXT = 0.08  # of the characters of ordinary text are spaces
_GAP, _GAP_UNSPACED = 0.2, 0.13  # of the font's size: between words, where the file has spaces
_BACK = 0.5  # of the font's size: a step to the left that begins another word
_LOWEST_OVERLAP = 0.4  # of the lower letter's height, for letters of one line
_THINNEST = 0.05  # points

_LEGACY = "\xaea\xf9"  # what fonts of TCVN3 and of VNI show as other letters
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_PLAIN = str.maketrans(_LIGATURES)


@dataclass(frozen=True, slots=True)
class Hints:
    """What all pages together tell of the letters: see `are_bitmaps_known`, `are_seams_letters`."""

    bitmaps_known: bool = False
    seams_are_letters: bool = False


@dataclass(frozen=True, slots=True)
class Direction:
    """Words whose text runs at the same angle, in the order of the file; `angle` in degrees."""

    angle: int
    words: list[Word]


def words_of(letters: Letters, hints: Hints) -> list[Direction]:
    """Return the words of a page by their direction, that of most letters first.

    Their boxes are turned so that the text runs to the right and y grows downwards; the origin
    stays the file's. `hints` are those of the whole document.
    """
    return [Direction(run.angle, list(run.words)) for run in _runs(letters, hints)]


def words_with_letters(letters: Letters, hints: Hints) -> Iterator[tuple[Word, Integers]]:
    """Yield the same words, direction by direction, each with the indices of its letters."""
    for run in _runs(letters, hints):
        yield from zip(run.words, np.split(run.at, run.starts[1:]), strict=True)


@dataclass(frozen=True, slots=True)
class _Run:
    """The letters that run at one angle, by their indices; words begin at `starts` among them."""

    angle: int
    words: Iterator[Word]
    at: Integers
    starts: Integers


def _runs(letters: Letters, hints: Hints) -> Iterator[_Run]:
    if not letters.codes.size or not letters.fonts:
        return
    codes = characters_of(letters, bitmaps_known=hints.bitmaps_known)
    is_space = are_spaces(codes)
    is_shown = ~is_space
    angles = np.array([_snapped(font.angle) for font in letters.fonts])[letters.font_of]
    gap = _GAP if is_space.mean() >= _SPACED_TEXT else _GAP_UNSPACED
    for angle in _directions(letters, is_shown):
        at = np.nonzero(is_shown & (angles == angle))[0]
        words, starts = _words(letters, codes, at, gap, hints)
        yield _Run(angle, words, at, starts)


def _directions(letters: Letters, is_shown: Flags) -> list[int]:
    """Return the angles of a page's text, that of most letters first."""
    counts: Counter[int] = Counter()
    of_fonts = np.bincount(letters.font_of[is_shown], minlength=len(letters.fonts))
    for font, count in zip(letters.fonts, of_fonts.tolist(), strict=True):
        counts[_snapped(font.angle)] += count
    return sorted(+counts, key=lambda angle: (-counts[angle], angle))


def _snapped(angle: int) -> int:
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) <= 3 else angle


def turned(boxes: Floats, angle: int) -> Floats:
    """Return boxes (n, 4; left, top, right, bottom; y upwards) as they stand in upright text.

    The result has y downwards. Boxes of slanted text keep their size and only move.
    """
    left, top, right, bottom = boxes.T
    match angle:
        case 0:
            sides = (left, -top, right, -bottom)
        case 90:
            sides = (bottom, left, top, right)
        case 180:
            sides = (-right, bottom, -left, top)
        case 270:
            sides = (-top, -right, -bottom, -left)
        case _:
            return _slanted(boxes, angle)
    return np.stack(sides, axis=1)


def _slanted(boxes: Floats, angle: int) -> Floats:
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    along, across = x * cos + y * sin, x * sin - y * cos
    half = np.maximum(np.ptp(boxes[:, 0::2], axis=1), np.ptp(boxes[:, 1::2], axis=1)) / 4
    return np.stack((along - half, across - half, along + half, across + half), axis=1).astype(
        np.float32
    )


def _words(
    letters: Letters, codes: Integers, at: Integers, widest: float, hints: Hints
) -> tuple[Iterator[Word], Integers]:
    """Return the words of the letters `at`, and where among these each begins."""
    fonts = letters.font_of[at]
    boxes = turned(letters.boxes[at], _snapped(letters.fonts[int(fonts[0])].angle))
    after_space, starts = _starts(letters, codes, at, boxes, widest)
    texts = _texts(letters, codes, at, starts, hints)
    of_words = [letters.fonts[i] for i in fonts[starts].tolist()]
    sizes, are_bold = [font.size for font in of_words], [font.is_bold for font in of_words]
    return map(Word, texts, _around(boxes, starts), sizes, are_bold, after_space), starts


def _starts(
    letters: Letters, codes: Integers, at: Integers, boxes: Floats, widest: float
) -> tuple[list[bool], Integers]:
    """Return for each word whether a space is before it, and its first letter's index in `at`."""
    sizes = np.array([font.size for font in letters.fonts])[letters.font_of[at]]
    is_space = are_spaces(codes)
    is_space[letters.supposed] = False
    spaces: Integers = np.cumsum(is_space, dtype=np.int64)[at]
    after_space, is_break = _breaks(spaces, codes[at], boxes, sizes, widest)
    is_break &= ~letters.is_inner[at[1:]]
    starts = np.concatenate(([0], np.nonzero(is_break)[0] + 1))
    return [True, *after_space[starts[1:] - 1].tolist()], starts


def _around(boxes: Floats, starts: Integers) -> Iterator[Box]:
    """Return the boxes around the letters of each word."""
    return map(
        Box,
        np.minimum.reduceat(boxes[:, 0], starts).tolist(),
        np.minimum.reduceat(boxes[:, 1], starts).tolist(),
        np.maximum.reduceat(boxes[:, 2], starts).tolist(),
        np.maximum.reduceat(boxes[:, 3], starts).tolist(),
    )


def _texts(
    letters: Letters, codes: Integers, at: Integers, starts: Integers, hints: Hints
) -> list[str]:
    """Return the words' texts in Unicode, with ligatures letter by letter."""
    text = text_of(codes[at])
    bounds = zip(starts.tolist(), [*starts[1:].tolist(), len(text)], strict=True)
    texts = [text[start:end] for start, end in bounds]
    if hints.seams_are_letters:
        texts = list(with_lost_hyphens(texts, np.searchsorted(at, letters.seams), starts))
    if any(unicode_by_font(_LEGACY, font.name) != _LEGACY for font in letters.fonts):
        runs = np.split(letters.font_of[at], starts[1:])
        pairs = zip(texts, runs, strict=True)
        texts = [_converted(each, run.tolist(), letters.fonts) for each, run in pairs]
    if text.isascii():
        return texts
    return [each if each.isascii() else each.translate(_PLAIN) for each in texts]


def _breaks(
    spaces: Integers, codes: Integers, boxes: Floats, sizes: npt.NDArray[np.float64], widest: float
) -> tuple[Flags, Flags]:
    """Return for each letter but the first whether a space and whether a new word is there.

    `spaces` are the numbers of spaces before the letters.
    """
    x0, y0, x1, y1 = boxes.T
    shared = np.minimum(y1[1:], y1[:-1]) - np.maximum(y0[1:], y0[:-1])
    heights = np.maximum(y1 - y0, _THINNEST)
    is_beside = shared >= _LOWEST_OVERLAP * np.minimum(heights[1:], heights[:-1])
    gaps, em = x0[1:] - x1[:-1], np.maximum(sizes[1:], sizes[:-1])
    after_space = (np.diff(spaces) > 0) | (gaps > widest * em)
    is_mark = (codes[1:] >= 0x300) & (codes[1:] < 0x370)
    return after_space, (after_space | ~is_beside | (gaps < -_BACK * em)) & ~is_mark


def _converted(text: str, fonts: list[int], known: tuple[Font, ...]) -> str:
    """Return a word in Unicode, each run of letters by its font."""
    parts, start = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or fonts[end] != fonts[start]:
            run, font = text[start:end], known[fonts[start]].name
            run = with_read_hyphens(run) if is_tcvn3(font) else run
            parts.append(unicode_by_font(run, font))
            start = end
    return "".join(parts)
