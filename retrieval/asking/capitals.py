"""A question in capitals alone, written as others are.

An encoder and the rules for names see a shout in capitals; in "AMMTC 15" they are the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.language.words import ALPHABETIC, fold

_FEWEST = 3  # words, unless one of two is a common one
# Nobody can say it: no vowel, or consonants that neither language has together.
_ACRONYM = re.compile(r"[^aeiouy]+|\w*(?:mmt|mtc|[bcdfgjkmpqtvz]nd|[^aeiouyh]{4,})\w*|\whyt")


def lowered(question: str, known: Callable[[str], bool]) -> str | None:
    """Return a question that is all in capitals in lower case, None for any other.

    Acronyms and the first letter keep their capitals.

    Args:
        question: In normal form C.
        known: Tells whether a lower-case word is a common one.
    """
    words = ALPHABETIC.findall(question)
    if not all(word.isupper() for word in words) or len(words) < 2:
        return None
    if len(words) < _FEWEST and not any(known(word.lower()) for word in words):
        return None
    lower = ALPHABETIC.sub(lambda word: _lowered(word[0]), question)
    first = next(ALPHABETIC.finditer(lower)).start()
    return lower[:first] + lower[first].upper() + lower[first + 1 :]


def _lowered(word: str) -> str:
    return word if _ACRONYM.fullmatch(fold(word)) else word.lower()
