"""The dash, number or letter that a browser shows before an item of a list."""

from __future__ import annotations

from retrieval.reading.formats.html.page import Element

MARKER = "data-marker"
"""An attribute that holds the marker itself, for items that Markdown numbers in its own way."""

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DASH = "- "


class Markers:
    """Tells the marker of each item, when asked for the items of a list in their order."""

    def __init__(self) -> None:
        """Start with no list counted."""
        self._next: dict[Element, int] = {}

    def of(self, item: Element) -> str:
        """Return what stands before an item, with the space after it."""
        parent = item.getparent()
        marker = item.get(MARKER)
        if marker:
            return f"{marker} "
        if parent is None or parent.tag != "ol":
            return _DASH
        expected = self._next.get(parent) or _integer(parent.get("start"), 1)
        number = _integer(item.get("value"), expected)
        self._next[parent] = number + 1
        if "list-style" in (style := parent.get("style") or "") and "none" in style:
            return _DASH
        return _written(number, parent.get("type") or "")


def _integer(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _written(number: int, style: str) -> str:
    if style in ("a", "A") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter.upper() if style == 'A' else letter}) "
    if style in ("i", "I") and 1 <= number < 40:
        roman = _roman(number)
        return f"{roman.upper() if style == 'I' else roman}. "
    return f"{number}. "


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text
