"""The characters of letters: those that the file names, those that a font is known to draw, holes.

A letter whose character is not known becomes a hole. A paragraph with a hole is never quoted. Some
characters are known although the file does not name them: bullets of the Symbol fonts, the signs of
TeX's fonts, and the letters of TeX's bitmap fonts if they read as English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from retrieval.reading.formats.pdf.letters import Flags, Integers, Letters, text_of
from retrieval.reading.formats.pdf.page import HOLE
from retrieval.reading.formats.pdf.tex_fonts import tex_characters

_HYPHENS = (0x02, 0xFFFE)  # PDFium's marks for a hyphen at the end of a line
_BEYOND, _PRIVATE_PLANES = 0x10000, 0xF0000
FIRST_PRINTED = 0x20  # code points below it control something
_SPACES = (0x09, 0x0A, 0x0D, 0x20, 0xA0, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x3000)

_PRIVATE = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF02D: "-", 0xF0E0: "→"}
# The pieces of tall brackets that Adobe's list of glyph names puts into the private area.
_PIECES = {
    **{code: "(" for code in (0xF8EB, 0xF8EC, 0xF8ED)},
    **{code: ")" for code in (0xF8F6, 0xF8F7, 0xF8F8)},
    **{code: "[" for code in (0xF8EE, 0xF8EF, 0xF8F0)},
    **{code: "]" for code in (0xF8F9, 0xF8FA, 0xF8FB)},
    **{code: "{" for code in (0xF8F1, 0xF8F2, 0xF8F3, 0xF8F4)},
    **{code: "}" for code in (0xF8FC, 0xF8FD, 0xF8FE)},
}
_KNOWN_PRIVATE = {**_PRIVATE, **_PIECES, 0xF076: "❖"}
_ENGLISH = frozenset("the of and to in a is for that with as are by on this be it we an or".split())
_MANY, _FEWEST = 0.1, 20  # of the words of an English text, and words to judge by
# A sign between letters, or before one: none of them stands there in a text that is in Unicode.
_TCVN3_WORD = re.compile(r"[^\W\d_][®§¦¨©«¬±¶·¸¹»¼½¾][^\W\d_]?|[®§][^\W\d_]")
_FEWEST_TCVN3, _MANY_TCVN3 = 4, 0.25  # words, and their share of those beyond ASCII


def are_spaces(codes: Integers) -> Flags:
    """Tell which of the code points are spaces or line breaks, (n,)."""
    flags: Flags = _IS_SPACE[np.minimum(codes, _BEYOND)]
    return flags


def are_hyphens(codes: Integers) -> Flags:
    """Tell which of the code points are PDFium's marks for a hyphen at a line's end, (n,)."""
    flags: Flags = (codes == _HYPHENS[0]) | (codes == _HYPHENS[1])
    return flags


def _plain_codes() -> Integers:
    """Return for each code point below `_BEYOND` the one to read, a hole where there is none."""
    plain = np.arange(_BEYOND + 1)
    for start, end in ((0, 0x20), (0x7F, 0xA0), (0xE000, 0xF900), (0xFFF0, _BEYOND + 1)):
        plain[start:end] = ord(HOLE)
    plain[list(_SPACES)] = _SPACES
    plain[list(_HYPHENS)] = ord("-")
    plain[list(_KNOWN_PRIVATE)] = [ord(sign) for sign in _KNOWN_PRIVATE.values()]
    return plain


_IS_SPACE = np.isin(np.arange(_BEYOND + 1), _SPACES)
_PLAIN = _plain_codes()


def characters_of(letters: Letters, *, bitmaps_known: bool = False) -> Integers:
    """Return the code points of the letters, (n,), holes among them.

    Args:
        letters: The letters of a page.
        bitmaps_known: Whether fonts without a name are taken for TeX's; see `are_bitmaps_known`.
    """
    codes: Integers = _PLAIN[np.minimum(letters.codes, _BEYOND)]
    is_beyond = (letters.codes >= _BEYOND) & (letters.codes < _PRIVATE_PLANES)
    codes[is_beyond] = letters.codes[is_beyond]
    tables = [tex_characters(font.name, bitmaps_known=bitmaps_known) for font in letters.fonts]
    controls = np.nonzero((codes == ord(HOLE)) & (letters.codes < FIRST_PRINTED))[0]
    for i in np.union1d(letters.unmapped, controls).tolist():
        table = tables[int(letters.font_of[i])]
        codes[i] = ord(table.get(int(letters.codes[i]), HOLE))
    return codes


def are_bitmaps_known(pages: Iterable[Letters]) -> bool:
    """Tell whether the numbers that stand for characters without a name read as English words."""
    count = found = 0
    for letters in pages:
        if letters.unmapped.size and any(not font.name for font in letters.fonts):
            words = text_of(letters.codes).lower().split()
            count += len(words)
            found += sum(word in _ENGLISH for word in words)
    return count >= _FEWEST and found >= _MANY * count


def are_seams_letters(pages: Iterable[Letters]) -> bool:
    """Tell whether a soft hyphen is lost at each seam: the text is in TCVN3, which writes ư so.

    A browser prints a soft hyphen without a width, and PDFium leaves out what has none.
    """
    count = found = 0
    for letters in pages:
        text = text_of(letters.codes) if letters.seams.size else ""
        if not text.isascii():
            words = [word for word in text.split() if not word.isascii()]
            count += len(words)
            found += sum(_TCVN3_WORD.search(word) is not None for word in words)
    return found >= _FEWEST_TCVN3 and found >= _MANY_TCVN3 * count
