"""Automatic numbers of lists and headings: what stands before a paragraph, though not in its text.

A list's style has a format for each level; a nested list has the style of the one around it. Lists
of one style begin anew unless they say that they go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from retrieval.reading.formats.archive import Element
from retrieval.reading.formats.opendocument.names import STYLE, TEXT, count
from retrieval.reading.formats.word.number_formats import formatted

BULLET = "-"
_MOST_LEVELS = 10
_LARGEST = 32_767
_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip


@dataclass(slots=True)
class Counter:
    """Counts the items of the lists of one style, or the headings of an outline."""

    style: Element | None
    reached: dict[int, int] = field(default_factory=dict)

    def label(self, level: int, start: int | None = None) -> str:
        """Count one more on a level from 1, or from `start`, and return what stands before it."""
        for deeper in [each for each in self.reached if each > level]:
            del self.reached[deeper]
        look = self._level(level)
        first = count(None if look is None else look.get(TEXT + "start-value"), _LARGEST)
        self.reached[level] = start or self.reached.get(level, first - 1) + 1
        if look is None:
            return ""
        if not look.tag.endswith("-number") and look.tag != TEXT + "outline-level-style":
            return BULLET
        numbers = ".".join(self._numbers(level, look))
        around = look.get(STYLE + "num-prefix", ""), look.get(STYLE + "num-suffix", "")
        return numbers.join(around) if numbers else ""

    def _numbers(self, level: int, look: Element) -> Iterator[str]:
        """Yield the numbers that are shown: of this level and of so many above it."""
        shown = count(look.get(TEXT + "display-levels"), _MOST_LEVELS)
        for each in range(max(1, level - shown + 1), level + 1):
            own = self._level(each)
            style = "" if own is None else own.get(STYLE + "num-format", "")
            if style:
                yield formatted(self.reached.get(each, 1), _FORMATS.get(style, style))

    def _level(self, level: int) -> Element | None:
        levels = () if self.style is None else self.style
        return next((one for one in levels if one.get(TEXT + "level") == str(level)), None)
