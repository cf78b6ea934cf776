"""The namespaces of OpenDocument 1.3 that its readers share."""

from __future__ import annotations

_ROOT = "{urn:oasis:names:tc:opendocument:xmlns:"

OFFICE = _ROOT + "office:1.0}"
TEXT = _ROOT + "text:1.0}"
TABLE = _ROOT + "table:1.0}"
STYLE = _ROOT + "style:1.0}"
DRAW = _ROOT + "drawing:1.0}"
PRESENTATION = _ROOT + "presentation:1.0}"
FO = _ROOT + "xsl-fo-compatible:1.0}"


def count(value: str | None, most: int) -> int:
    """Return the number in an attribute, from 1 to `most`; 1 where it is none."""
    is_number = value is not None and value.isascii() and value.isdigit() and len(value) < 10
    return max(1, min(int(value or 1), most)) if is_number else 1
