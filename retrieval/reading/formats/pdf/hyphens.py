"""Words that the end of a line has cut: joined without their hyphen, unless it is the word's own.

"inspec-" and "tion" are one word; "well-" and "known" keep their hyphen. Which it is shows in the
rest of the document, or in the first part: some words only begin compounds. Vietnamese is not
hyphenated at the end of a line, so a hyphen there belongs to the word, as in "a-xít".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

_LAST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-$")
_FIRST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")  # letters that no other language has
_MANY = 0.2  # of the words of a Vietnamese text have one of them
_COMPOUNDING = frozenset(
    "well self long short high low full part half far near first second third two three four five "
    "six seven eight nine ten one all ex so state user open ill non cross real large small hard "
    "soft old new right left free mid vice".split()
)
_SHORT_PREFIX = 3  # letters
_HYPHENS = ("-", "\xad", "\u2010")


class Hyphenation:
    """Joins lines, by the words of one document."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Store the words of the document's lines."""
        found = set(chain.from_iterable(map(_WORD.findall, texts)))
        self._words = {word.lower() for word in found}
        marked = sum(_VIETNAMESE.search(word) is not None for word in self._words)
        self._is_vietnamese = marked >= _MANY * max(1, len(self._words))

    def joined(self, above: str, below: str) -> str:
        """Return two lines as one, with a space between them or the cut word made whole."""
        if not above.endswith(_HYPHENS):
            return f"{above} {below}"
        above = above[:-1] + "-"
        last, first = _LAST.search(above), _FIRST.match(below)
        if last is None or first is None or not first[0][0].islower():
            return above + below if last else f"{above} {below}"
        keeps = self._keeps_hyphen(last[0][:-1].lower(), first[0].lower())
        return (above if keeps else above[:-1]) + below

    def _keeps_hyphen(self, start: str, end: str) -> bool:
        if f"{start}-{end}" in self._words:
            return True
        if start + end in self._words:
            return False
        meets_itself = len(start) <= _SHORT_PREFIX and start[-1] == end[0]  # "re-election", "co-op"
        return "-" in start or start in _COMPOUNDING or meets_itself or self._is_vietnamese
