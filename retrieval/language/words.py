"""Words: the normal form and the folded form of a text, and the tokens that are compared.

Folding removes case and diacritics, so that "Bộ trưởng", "bo truong" and "BO TRUONG" are the same
two tokens. Unicode does not decompose "đ", a letter of its own, so it is folded separately.
"""

from __future__ import annotations

import re
import unicodedata

ALPHABETIC = re.compile(r"[^\W\d_]+")
"""A word of letters alone."""

_WORD = re.compile(r"[^\W_]+")
_STROKE = {"đ": "d", "Đ": "d"}


class _Folded(dict[int, str]):
    """A table for `str.translate`: the folded form of each code point, computed on first use."""

    def __missing__(self, code: int) -> str:
        letter = _STROKE.get(chr(code), chr(code))
        decomposed = unicodedata.normalize("NFD", letter)
        bare = "".join(char for char in decomposed if not unicodedata.combining(char))
        self[code] = bare.casefold()
        return self[code]


_FOLDED = _Folded()


def normal(text: str) -> str:
    """Return `text` in Unicode normal form C, in which "ế" is one code point."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return `text` without case and diacritics.

    >>> fold("Đại tướng")
    'dai tuong'
    """
    if text.isascii():  # nothing to remove, as in most English texts
        return text.lower()
    return text.translate(_FOLDED)


def tokens(text: str) -> list[str]:
    """Return the folded words and numbers of `text`, in order.

    >>> tokens("Ngày 29/9")
    ['ngay', '29', '9']
    """
    return _WORD.findall(fold(text))


def unmarked(question: str) -> str:
    """Return `question` without the punctuation at its end.

    An encoder reads a question mark as one more word, which no passage holds.
    """
    return question.rstrip(" ?!.…") or question
