"""Patterns of Vietnamese and English phrases that match however a phrase is typed.

A word matches with its diacritics or with none, whatever its case, and with letters repeated
("hiii"). "Cháo" is not "chào": a diacritic that was typed counts.
"""

from __future__ import annotations

import re

from retrieval.language.words import fold

_WORD = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(r"([^\W\d_])\1+")


def pattern(phrases: str) -> str:
    """Return a regular expression whose words match with and without their diacritics.

    Args:
        phrases: A regular expression in lower case, without names of groups.
    """
    return _WORD.sub(lambda word: _either(word[0]), phrases)


def spoken(text: str) -> str:
    """Return the words of `text` as they are compared: lower case, one space, no letter twice."""
    words = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    return _REPEATED.sub(r"\1", words)


def unrepeated(phrases: str) -> str:
    """Return a regular expression without repeated letters, for texts that `spoken` returns."""
    return _REPEATED.sub(r"\1", phrases)


def _either(word: str) -> str:
    bare = fold(word)
    return word if bare == word else f"(?:{word}|{bare})"
