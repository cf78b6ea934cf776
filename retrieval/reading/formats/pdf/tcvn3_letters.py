"""TCVN3's letter ư, which has the code of the soft hyphen: found again where PDFium reads no ư.

A browser prints the soft hyphen without a width, and PDFium leaves it out. What remains is a seam
between two text objects. In a font with Windows's encoding PDFium reads it as a hyphen. There ư is
told from a hyphen by its place in a Vietnamese syllable: it follows consonants, never a vowel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.reading.cleaning.legacy_encodings import unicode_by_font
from retrieval.reading.formats.pdf.letters import Integers

_U = "\xad"
_CONSONANT = "[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz\xa7\xae]"  # Đ and đ among them
_LETTER, _CAPITAL_OR_FIGURE = "[A-Za-z\xa1-\xfe]", "[A-Z\\d\xa1-\xa7]"
_HYPHEN = re.compile(
    rf"(?<!{_LETTER})(?:(?P<start>{_CONSONANT}+)-(?!{_CAPITAL_OR_FIGURE})|-(?=[a-z\xa8-\xfe]))"
)


def is_tcvn3(font: str) -> bool:
    """Tell by its name whether a font is one of TCVN3."""
    return unicode_by_font("\xae", font) != "\xae"


def with_read_hyphens(text: str) -> str:
    r"""Return a word in TCVN3 with its letter ư where PDFium reads a hyphen.

    >>> [with_read_hyphens(word) for word in ("Tr-\xebng", "Q\xa7-UBND", "a-xit")]
    ['Tr\xad\xebng', 'Q\xa7-UBND', 'a-xit']
    """
    return _HYPHEN.sub(_with_u, text) if "-" in text else text


def _with_u(found: re.Match[str]) -> str:
    start = found["start"] or ""
    is_abbreviation = len(start) > 1 and start.replace("\xa7", "D").isupper()
    return found[0] if is_abbreviation else start + _U


def with_lost_hyphens(texts: list[str], seams: Integers, starts: Integers) -> Iterator[str]:
    """Yield the words with a soft hyphen at each seam; `starts` are where they begin."""
    inside = set(seams.tolist())
    for text, start in zip(texts, starts.tolist(), strict=True):
        yield "".join(f"{_U}{c}" if start + i in inside else c for i, c in enumerate(text))
