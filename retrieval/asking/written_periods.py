"""Periods as people write them in a question: "từ tháng 6", "trước 2023", "between May and July".

"From June" is June, or begins a range; "từ tháng 6" is all the time since.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from retrieval.asking.phrases import pattern
from retrieval.asking.written_dates import WrittenDate, date_at
from retrieval.periods import Period


def _form(vietnamese: str, english: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(vietnamese)}|{english})", re.IGNORECASE)


_FROM = _form("(?:kể )?từ (?:đầu )?", "from |between ")
_TO = _form(" (?:cho )?(?:đến|tới) (?:hết )?", " (?:to|until|through|and) ")
_SINCE = _form("(?:kể )?từ (?:đầu )?", "since ")
_UP_TO_NOW = _form(
    ",? (?:(?:cho )?(?:đến|tới) (?:nay|giờ)|trở đi|trở lại đây)",
    ",? (?:until now|to date|onwards?)",
)
_AFTER = _form("sau ", "after ")
_BEFORE = _form("trước ", "before |prior to ")
_WITHIN = _form("(?:của|trong|vào|hồi) ", "(?:in|on|during|from) (?:the )?")


@dataclass(frozen=True, slots=True)
class WrittenPeriod:
    """A period in a text, and where it ends there.

    `has_bound` is false for a date that stands alone or after a word such as "in".
    """

    period: Period
    end: int
    has_bound: bool = True


def period_at(text: str, start: int, today: date) -> WrittenPeriod | None:
    """Return the period that begins at `start` in a text, None where there is none.

    >>> period_at("before 2023", 0, date(2025, 1, 1)).period
    Period(first=None, end=datetime.date(2023, 1, 1))
    """
    return _range(text, start, today) or _bounded(text, start, today) or _within(text, start, today)


def _range(text: str, start: int, today: date) -> WrittenPeriod | None:
    first = _date_after(_FROM, text, start, today)
    last = _date_after(_TO, text, first.end, today) if first else None
    if first is None or last is None:
        return None
    first, last = first.in_year_of(last), last.in_year_of(first)
    return WrittenPeriod(Period(first.period.first, last.period.end), last.end)


def _bounded(text: str, start: int, today: date) -> WrittenPeriod | None:
    if since := _date_after(_SINCE, text, start, today):
        now = _UP_TO_NOW.match(text, since.end)
        return WrittenPeriod(Period(since.period.first, None), now.end() if now else since.end)
    if after := _date_after(_AFTER, text, start, today):
        return WrittenPeriod(Period(after.period.end, None), after.end)
    if before := _date_after(_BEFORE, text, start, today):
        return WrittenPeriod(Period(None, before.period.first), before.end)
    return None


def _within(text: str, start: int, today: date) -> WrittenPeriod | None:
    written = date_at(text, start, today) or _date_after(_WITHIN, text, start, today)
    return WrittenPeriod(written.period, written.end, has_bound=False) if written else None


def _date_after(lead: re.Pattern[str], text: str, start: int, today: date) -> WrittenDate | None:
    """Return the date that follows the words `lead` at `start`."""
    found = lead.match(text, start)
    return date_at(text, found.end(), today) if found else None
