"""What a word is: the normal form, the folded form and the tokens every lexical part shares.

Folding drops case and diacritics, so that "Bộ trưởng", "bo truong" and "BO TRUONG" are the same
two tokens. `đ` is a letter of its own that no Unicode decomposition folds, so it is folded by hand.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_STROKE = {"đ": "d", "Đ": "d"}


class _Folded(dict[int, str]):
    """What each code point folds to, worked out when it is first met: `str.translate` asks it."""

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
    """Return `text` without case and diacritics: "Đại tướng" becomes "dai tuong"."""
    if text.isascii():  # most of an English text, and nothing to take away
        return text.lower()
    return text.translate(_FOLDED)


def tokens(text: str) -> list[str]:
    """Return the folded words and numbers of `text`, in order; "29/9" gives "29" and "9"."""
    return _WORD.findall(fold(text))


def unmarked(question: str) -> str:
    """Return `question` without the marks at its end.

    An encoder reads a question mark as one more word, which every passage lacks alike.
    """
    return question.rstrip(" ?!.…") or question
