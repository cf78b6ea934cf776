"""What the bot reads of a file: a `Document` as `python -m retrieval read` shows it.

Both forms show the same fields in the same order. The text comes last for people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from retrieval.documents import Document
from retrieval.pages import listed
from retrieval.reading.draft import BREAK

_NOTHING = "-"  # stands where a field is empty


def as_text(document: Document) -> str:
    """Return the document for people: its name, a line for each field, then its text."""
    shown = {
        **_fields(document),
        "pages": listed(_pages(document)),
        "recognised": _recognised(document),
    }
    fields = {name.replace("_", " "): value for name, value in shown.items()}
    width = max(map(len, fields)) + 2
    lines = [f"{name + ':':<{width}}{_line(value, width)}" for name, value in fields.items()]
    return "\n".join([document.name, *lines, "", document.text, ""])


def as_json(document: Document) -> str:
    """Return the document as one line of JSON.

    `pages` are the numbers of the pages that have text, null where its format has none.
    `recognised` tells whether any of it was recognised in a picture.
    """
    fields = {"document": document.name, **_fields(document), "text": document.text}
    return json.dumps(fields, ensure_ascii=False)


def _fields(document: Document) -> Mapping[str, Any]:
    """Return what is shown beside the name and the text."""
    return {
        "title": document.title,
        "date": document.date,
        "source": document.source,
        "url": document.url,
        "language": document.language,
        "headings": [heading.span.of(document.text) for heading in document.headings],
        "pages": _pages(document) or None,
        "recognised": bool(document.recognised),
        "left_out": list(document.left_out),
        "warnings": [str(warning) for warning in document.warnings],
    }


def _recognised(document: Document) -> str:
    """Return how much of the text was recognised in pictures."""
    if not document.recognised:
        return ""
    return "all" if len(document.recognised) == document.text.count(BREAK) + 1 else "in part"


def _pages(document: Document) -> list[int]:
    return sorted({start.page for start in document.page_starts})


def _line(value: str | list[str] | None, indent: int) -> str:
    """Return a field's value; the members of a list stand below each other."""
    lines = value if isinstance(value, list) else [value or ""]
    return f"\n{' ' * indent}".join(lines) or _NOTHING
