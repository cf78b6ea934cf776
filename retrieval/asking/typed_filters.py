"""Filters that are typed into a question: "after:2024-08 before:2024-10 source:TTXVN".

As in web search, `after:` begins with the first day of the date that it names, and `before:` ends
before that day: the two above are August and September.
"""

from __future__ import annotations

import re
from datetime import date

from retrieval.asking.recency import asks_for_newest
from retrieval.periods import Period
from retrieval.scopes import Scope

_QUOTED = '"([^"]+)"|“([^”]+)”'
_FILTER = re.compile(rf"(?<!\S)(after|before|source):(?:{_QUOTED}|([^\s\"“”]+))", re.IGNORECASE)
_SWAPPED = re.compile(r"(?:(\d\d?)[/.-])?(\d\d?)[/.-](\d{4})")  # day, month and year


def without_filters(message: str) -> tuple[str, Scope]:
    """Return a message without its typed filters, and what it asks for with them.

    Where a filter stands twice, the last one counts. One with no date is no filter.

    >>> text, scope = without_filters("Ai chủ trì? after:8/2024 source:TTXVN")
    >>> text, scope.typed
    ('Ai chủ trì?', 'after:2024-08 source:TTXVN')
    """
    read: dict[str, str] = {}

    def taken_out(found: re.Match[str]) -> str:
        kind, value = found[1].lower(), found[2] or found[3] or found[4].rstrip("?!.,;")
        if kind != "source" and _first_day(value) is None:
            return found[0]
        read[kind] = value
        return ""

    text = _FILTER.sub(taken_out, message)
    text = " ".join(text.split()) if read else message
    first, end = _first_day(read.get("after", "")), _first_day(read.get("before", ""))
    return text, Scope(
        period=Period(first, end) if first or end else None,
        source=" ".join(read.get("source", "").split()),
        newest=asks_for_newest(text),
    )


def _first_day(written: str) -> date | None:
    """Return the first day of a date such as "2024-08" or "15/8/2024", None for other words."""
    if swapped := _SWAPPED.fullmatch(written):
        written = "-".join(part.zfill(2) for part in reversed(swapped.groups()) if part)
    period = Period.of_iso(written)
    return period.first if period else None
