"""The tone of a Vietnamese syllable: taken off, and put in its classic place.

The classic place is the first of two vowels ("hòa", "thúy"), as `retrieval.language.syllables`
counts words. A vowel with a mark of its own takes the tone ("thuế", "được").
"""

from __future__ import annotations

import re
import unicodedata

from retrieval.language.words import normal

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
"""No tone, and the combining grave, acute, tilde, hook above and dot below."""

_SYLLABLE = re.compile(r"(qu|gi(?=[aăâeêioôơuưy])|[^aăâeêioôơuưy]*)([aăâeêioôơuưy]+)(.*)")
_MARKED = frozenset("ăâêôơư")


def toneless(word: str) -> str:
    """Return a word without its tone, its other marks kept.

    >>> toneless("đường"), toneless("thủy")
    ('đương', 'thuy')
    """
    decomposed = unicodedata.normalize("NFD", word)
    return normal("".join(letter for letter in decomposed if letter not in TONES[1:]))


def with_tone(bare: str, tone: str) -> str:
    """Return a lower-case syllable without a tone with one of `TONES`.

    >>> with_tone("hoa", TONES[1]), with_tone("đương", TONES[1]), with_tone("quy", TONES[2])
    ('hòa', 'đường', 'quý')
    """
    parts = _SYLLABLE.fullmatch(bare)
    if parts is None or not tone:
        return bare
    onset, vowels, coda = parts.groups()
    place = _place(vowels, coda) + 1
    return normal(f"{onset}{vowels[:place]}{tone}{vowels[place:]}{coda}")


def _place(vowels: str, coda: str) -> int:
    marked = [place for place, vowel in enumerate(vowels) if vowel in _MARKED]
    if marked:
        return marked[-1]
    return len(vowels) - 1 if coda else len(vowels) // 3
