"""The dash, number or letter that a browser shows before an item of a list."""

from __future__ import annotations

from retrieval.reading.formats.html.page import Element

MARKER = "data-marker"
"""An attribute that holds the marker itself, for items that Markdown numbers in its own way."""

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DASH = "- "


def marker_of(item: Element) -> str:
    """Return what stands before an item, with the space after it."""
    marker = item.get(MARKER)
    if marker:
        return f"{marker} "
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return _DASH
    return _written(_number(item, parent), parent.get("type") or "")


def _number(item: Element, items: Element) -> int:
    """Return an item's number, counted from the last one that is given."""
    number = _integer(items.get("start"), 1)
    for other in items.iterchildren("li"):
        number = _integer(other.get("value"), number)
        if other is item:
            break
        number += 1
    return number


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
