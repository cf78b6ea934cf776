"""Lines one below the other -> paragraphs: joined where the width of the column has cut a sentence.

A line goes on in the next one if the next word would not have fitted behind it. So a sentence
stays whole in a narrow column too, where names and numbers begin lines, and short lines stay
lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.reading.cleaning.lines import is_ended, is_item, starts_lower
from retrieval.reading.formats.pdf.columns import Column
from retrieval.reading.formats.pdf.hyphens import Hyphenation
from retrieval.reading.formats.pdf.page import Box, Line

_SAME_SIZE = 0.12  # of the size: fonts that differ less are alike
_LOOSE = 1.25  # times the usual distance of lines: another paragraph
_LOOSE_CUT = 1.7  # the same where a sentence is cut in its middle
_WIDEST_PITCH = 1.7  # times the font's size: the distance of lines in a paragraph
_SMALLEST = 0.1  # points: a font's size
_INDENT = (0.8, 6.0)  # times the font's size: the first line of a paragraph may stand in
_BLOCK_LINES, _BLOCK_WIDTH = 3, 0.75  # of the column: lines that show where its right edge is
_MANY_LINES = 6  # of which one may stand out
_SPACE = 0.25  # of the font's size
_CUT_WORDS = 8  # a shorter line is no sentence that a capital or a number goes on with
_CENTRED = 3.0  # points
_FEWEST_EQUAL, _LONGEST_EQUAL = 3, 45  # lines, characters
_STOP = re.compile(r"[^\W\d_]{2}[.!?;] ")
_LEADER = re.compile(r"(?:\.{4}|…{2}|(?:\. ){3})[ .…]*\d*$")  # in a table of contents
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a column, with what tells whether the next column goes on with it.

    `room` is the space in points that its last line leaves at the column's right edge.
    """

    text: str
    size: float
    is_bold: bool
    room: float

    def goes_on_in(self, line: Line) -> bool:
        """Tell whether a column or page that begins with this line goes on with the paragraph."""
        if is_ended(self.text) or self.text.endswith(":") or is_item(line.text):
            return False
        if not _are_alike(self.size, line.size):
            return False
        if starts_lower(line.text):
            return True
        is_prose = len(self.text.split(maxsplit=_CUT_WORDS)) >= _CUT_WORDS
        is_full = self.room < line.words[0].box.width + _SPACE * line.size
        is_alike = self.is_bold == line.is_bold and self.text.isupper() == line.text.isupper()
        return is_prose and is_full and is_alike


def paragraphs_of(column: Column, hyphenation: Hyphenation) -> Iterator[tuple[Line, Passage]]:
    """Yield the column's paragraphs, each with its first line."""
    lines = column.lines
    pitch = _pitch(lines)
    for block in _blocks(lines, pitch):
        if _are_equal(block):
            yield from ((line, _passage([line], column.box.x1, hyphenation)) for line in block)
            continue
        right = _right_edge(block, column.box)
        left = min(line.box.x0 for line in block)
        run = block[:1]
        for above, below in pairwise(block):
            if not _is_wrapped(above, below, Box(left, 0, right, 0), is_first=above is run[0]):
                yield run[0], _passage(run, right, hyphenation)
                run = []
            run.append(below)
        yield run[0], _passage(run, right, hyphenation)


def _passage(lines: Sequence[Line], right: float, hyphenation: Hyphenation) -> Passage:
    text = lines[0].text
    for line in lines[1:]:
        text = hyphenation.joined(text, line.text)
    longest = max(lines, key=lambda line: len(line.text))
    is_bold = all(line.is_bold for line in lines)
    return Passage(text, longest.size, is_bold, right - lines[-1].box.x1)


def _pitch(lines: Sequence[Line]) -> float:
    """Return the usual distance between two lines of a paragraph, in sizes of their font."""
    distances = sorted(
        (below.box.middle - above.box.middle) / max(above.size, _SMALLEST)
        for above, below in pairwise(lines)
        if _are_alike(above.size, below.size) and not above.box.is_beside(below.box)
    )
    return min(distances[len(distances) // 4], _WIDEST_PITCH) if distances else _WIDEST_PITCH


def _are_alike(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_SIZE * max(one, other)


def _blocks(lines: Sequence[Line], pitch: float) -> Iterator[list[Line]]:
    """Yield runs of lines in one size that no wide space parts."""
    block = list(lines[:1])
    for above, below in pairwise(lines):
        if not _is_near(above, below, pitch):
            yield block
            block = []
        block.append(below)
    yield block


def _is_near(above: Line, below: Line, pitch: float) -> bool:
    if above.box.is_beside(below.box):
        return True
    distance = below.box.middle - above.box.middle
    if not _are_alike(above.size, below.size) or distance < 0:
        return False
    if distance <= _LOOSE * pitch * above.size:
        return True
    is_cut = starts_lower(below.text) and not is_ended(above.text)
    return is_cut and distance <= _LOOSE_CUT * pitch * above.size


def _are_equal(block: Sequence[Line]) -> bool:
    """Tell whether the lines are of equal kind, as names or verses are: none is a rest of another.

    Short lines that all begin with a capital and in none of which a sentence ends.
    """
    if len(block) < _FEWEST_EQUAL or max(len(line.text) for line in block) > _LONGEST_EQUAL:
        return False
    if any(line.is_bold or line.text.isupper() or is_ended(line.text) for line in block[:-1]):
        return False
    return not any(starts_lower(line.text) or _STOP.search(line.text) for line in block)


def _right_edge(block: Sequence[Line], box: Box) -> float:
    """Return where lines are wrapped: at the longest line of a wide block, else at the column's."""
    edges = sorted(line.box.x1 for line in block)
    edge = edges[-2] if len(edges) >= _MANY_LINES else edges[-1]
    is_wide = edge - min(line.box.x0 for line in block) >= _BLOCK_WIDTH * box.width
    return edge if len(block) >= _BLOCK_LINES and is_wide else box.x1


def _is_wrapped(above: Line, below: Line, column: Box, *, is_first: bool) -> bool:
    """Tell whether a paragraph goes on from one line to the next."""
    if above.box.is_beside(below.box):
        return True
    if _begins_anew(above.text, below.text):
        return False
    if starts_lower(below.text) and not is_ended(above.text):
        return True
    if _is_number_cut(above.text, below.text):
        return True
    if _is_set_apart(above, below) or _stands_in(above, below, column, is_first=is_first):
        return False
    return not _fits(above, below, column.x1, column.x0)


def _begins_anew(above: str, below: str) -> bool:
    """Tell whether the lower line is an item of a list, or the upper one a line of contents."""
    if is_item(below) or _LEADER.search(above):
        return True
    return is_ended(above) and _NUMBERED.match(below) is not None


def _is_set_apart(above: Line, below: Line) -> bool:
    """Tell whether the lines are set in different ways, as a head and the text below it."""
    if above.is_bold != below.is_bold and (is_ended(above.text) or above.is_bold):
        return True
    return above.text.isupper() and len(above.words) > 1 and not below.text.isupper()


def _stands_in(above: Line, below: Line, column: Box, *, is_first: bool) -> bool:
    """Tell whether the lower line stands in, as the first one of a paragraph does."""
    inset = (below.box.x0 - column.x0) / max(below.size, _SMALLEST)
    stands_in = _INDENT[0] <= inset <= _INDENT[1] and below.box.x0 - above.box.x0 > _CENTRED
    return stands_in and not (is_first and is_item(above.text)) and not _are_centred(above, below)


def _is_number_cut(above: str, below: str) -> bool:
    """Tell whether a sentence ends in figures that the next line goes on with: a phone number."""
    is_prose = len(above.split(maxsplit=_CUT_WORDS)) >= _CUT_WORDS
    return is_prose and above[-1].isdigit() and below[0].isdigit()


def _are_centred(above: Line, below: Line) -> bool:
    return abs(above.box.centre - below.box.centre) <= _CENTRED


def _fits(above: Line, below: Line, right: float, left: float) -> bool:
    """Tell whether the next line's first word would have fitted behind the line."""
    space = right - above.box.x1
    if _are_centred(above, below) and above.box.x0 - left > above.size:
        space += above.box.x0 - left
    return space >= below.words[0].box.width + _SPACE * below.size
