"""A period of time: what the date of a document covers, or what a question limits documents to.

A date is as exact as known: "2021" covers the whole year. So dates are compared as periods.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_MONTHS = 12
_NEVER = date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` up to, not including, `end`; None where there is no such bound."""

    first: date | None = None
    end: date | None = None

    @classmethod
    def of(cls, year: int, month: int = 0, day: int = 0) -> Period:
        """Return a year, or a month or a day of it; raises ValueError where there is none."""
        if day:
            first = date(year, month, day)
            return cls(first, first + timedelta(days=1))
        if month:
            return cls(date(year, month, 1), date(year + month // _MONTHS, month % _MONTHS + 1, 1))
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def of_iso(cls, text: str) -> Period | None:
        """Return what "2021", "2021-09" or "2021-09-29" covers, None for any other text."""
        found = _ISO.fullmatch(text)
        try:
            return cls.of(*(int(part) for part in found.groups("0"))) if found else None
        except (ValueError, OverflowError):
            return None

    @property
    def ordinals(self) -> tuple[int, int]:
        """The proleptic ordinals of `first` and `end`, beyond all dates where there is none."""
        return (
            self.first.toordinal() if self.first else 0,
            self.end.toordinal() if self.end else _NEVER,
        )

    @property
    def iso(self) -> str | None:
        """The year, month or day that the period is, in ISO 8601; None for any other period."""
        if self.first is None or self.end is None:
            return None
        written = shortest(self.first), self.first.isoformat()[:7], self.first.isoformat()
        return next((one for one in written if Period.of_iso(one) == self), None)

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two have a day in common."""
        (first, end), (other_first, other_end) = self.ordinals, other.ordinals
        return first < other_end and other_first < end


def shortest(day: date) -> str:
    """Return the shortest ISO 8601 date that begins on a day: "2024" for 2024-01-01."""
    return day.isoformat().removesuffix("-01").removesuffix("-01")
