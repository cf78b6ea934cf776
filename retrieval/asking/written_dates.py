"""Dates as people write them in a question: "tháng 8/2024", "tuần trước", "June 2023".

A month or a day without a year is the last one that has begun. dateparser, which reads the dates of
documents, gives one day and not the days that "last week" covers. So these forms are read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.asking.phrases import pattern
from retrieval.language.words import fold
from retrieval.periods import Period

_WEEK = 7
_IN_WORDS = {
    "giêng": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười một": 11,
    "mười hai": 12,
    "mười": 10,
    "chạp": 12,
}
_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NUMBERS = {fold(word): number for word, number in _IN_WORDS.items()}
_NUMBERS |= {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAYS = {"ngay": 1, "day": 1, "tuan": 7, "week": 7, "thang": 30, "month": 30}
_DAYS |= {"nam": 365, "year": 365}

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_TH = r"(?:st|nd|rd|th)?"
_MONTH_VI = (
    pattern("tháng ")
    + rf"(?P<month>0?[1-9]\b|1[0-2]\b|{pattern('|'.join(_IN_WORDS))})"
    + pattern("(?! (?:ngoái|nay|trước))")
)
_MONTH_EN = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_UNIT = rf"(?P<unit>{pattern('ngày|tuần|tháng|năm')})"
_ON, _OF = pattern("(?:ngày )?"), pattern("(?:,? năm |, | ?/ ?| )")
_ENDS = r"(?![\w/]|[-.,]\d)"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: the days that it covers, and where in the text it ends.

    `has_year` is false for "tháng 6" and "June", which stand for the last one.
    """

    period: Period
    end: int
    has_year: bool = True

    def in_year_of(self, other: WrittenDate) -> WrittenDate:
        """Return the same month or day of another date's year, where it has none of its own."""
        first, year = self.period.first, other.period.first
        if self.has_year or first is None or year is None or not other.has_year:
            return self
        is_month = self.period.iso and len(self.period.iso) == len("2024-08")
        try:
            period = Period.of(year.year, first.month, 0 if is_month else first.day)
        except ValueError:  # 29 February
            return self
        return WrittenDate(period, self.end)


def date_at(text: str, start: int, today: date) -> WrittenDate | None:
    """Return the longest date that begins at `start` in a text, None where there is none.

    >>> date_at("tin tháng 8/2024", 4, date(2025, 1, 1)).period.iso
    '2024-08'
    >>> date_at("last year", 0, date(2025, 1, 1)).period.iso
    '2024'
    """
    return max(_dates_at(text, start, today), key=lambda one: one.end, default=None)


def _dates_at(text: str, start: int, today: date) -> Iterator[WrittenDate]:
    for form, read in _FORMS:
        if found := form.match(text, start):
            parts = {name: part for name, part in found.groupdict().items() if part}
            try:
                yield WrittenDate(read(parts, today), found.end(), read is not _last_of_its_name)
            except (ValueError, OverflowError):  # there is no such day
                continue


def _dated(parts: dict[str, str], today: date) -> Period:
    """Read a year, a month of a year, or a day of it."""
    return Period.of(int(parts["year"]), _month(parts), int(parts.get("day", 0)))


def _last_of_its_name(parts: dict[str, str], today: date) -> Period:
    """Read a month or a day whose year is not written."""
    month, day = _month(parts), int(parts.get("day", 0))
    has_begun = (month, day) <= (today.month, today.day)
    return Period.of(today.year if has_begun else today.year - 1, month, day)


def _quarter(parts: dict[str, str], today: date) -> Period:
    year, last = int(parts["year"]), 3 * _number(parts["quarter"])
    return Period(Period.of(year, last - 2).first, Period.of(year, last).end)


def _this(parts: dict[str, str], today: date) -> Period:
    """Read the week, month or year that a day is in."""
    unit = fold(parts["unit"])
    if unit in ("tuan", "week"):
        monday = today - timedelta(days=today.weekday())
        return Period(monday, monday + timedelta(days=_WEEK))
    return Period.of(today.year, today.month if unit in ("thang", "month") else 0)


def _last(parts: dict[str, str], today: date) -> Period:
    """Read the week, month or year before that of today."""
    this = _this(parts, today).first or today
    return _this(parts, this - timedelta(days=1))


def _past(parts: dict[str, str], today: date) -> Period:
    """Read so many days up to today."""
    days = int(parts.get("count", 1)) * _DAYS[fold(parts["unit"])]
    return Period(today - timedelta(days=days), today + timedelta(days=1))


def _today(parts: dict[str, str], today: date) -> Period:
    return Period(today, today + timedelta(days=1))


def _yesterday(parts: dict[str, str], today: date) -> Period:
    return Period(today - timedelta(days=1), today)


def _month(parts: dict[str, str]) -> int:
    written = parts.get("month", "0").lower()
    return _NAMES.index(written[:3]) + 1 if written[:3] in _NAMES else _number(written)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else _NUMBERS[fold(written)]


_FORMS: tuple[tuple[re.Pattern[str], Callable[[dict[str, str], date], Period]], ...] = tuple(
    (re.compile(rf"(?:{form}){_ENDS}", re.IGNORECASE), read)
    for form, read in (
        (rf"{_ON}{_DAY}[/.-]{_MONTH}[/.-]{_YEAR}", _dated),
        (rf"{_ON}{_DAY} {_MONTH_VI}{_OF}{_YEAR}", _dated),
        (pattern("ngày ") + rf"{_DAY}[/-]{_MONTH}", _last_of_its_name),
        (rf"{_ON}{_DAY} {_MONTH_VI}", _last_of_its_name),
        (rf"{_YEAR}-{_MONTH}(?:-{_DAY})?", _dated),
        (pattern("(?:tháng )?") + rf"{_MONTH} ?[/.-] ?{_YEAR}", _dated),
        (rf"{_MONTH_VI}{_OF}{_YEAR}", _dated),
        (_MONTH_VI, _last_of_its_name),
        (rf"(?:{pattern('quý ')}|q)(?P<quarter>[1-4]|iv|i{{1,3}}){_OF}{_YEAR}", _quarter),
        (pattern("(?:năm )?") + _YEAR, _dated),
        (rf"(?:the )?{_DAY}{_TH} (?:of )?{_MONTH_EN},? {_YEAR}", _dated),
        (rf"{_MONTH_EN} {_DAY}{_TH},? {_YEAR}", _dated),
        (rf"(?:the )?{_DAY}{_TH} (?:of )?{_MONTH_EN}", _last_of_its_name),
        (rf"{_MONTH_EN} {_DAY}{_TH}", _last_of_its_name),
        (rf"{_MONTH_EN},? (?:of )?{_YEAR}", _dated),
        (_MONTH_EN, _last_of_its_name),
        (pattern("hôm nay|today"), _today),
        (pattern("hôm qua|yesterday"), _yesterday),
        (_UNIT + pattern(" (?:này|nay)"), _this),
        (_UNIT + pattern(" (?:trước|ngoái|rồi)"), _last),
        (rf"(?:(?P<count>\d{{1,3}}) )?{_UNIT}" + pattern(" (?:vừa )?(?:qua|gần đây)"), _past),
        (r"this (?P<unit>week|month|year)", _this),
        (r"last (?P<unit>week|month|year)", _last),
        (r"(?:the )?past (?P<unit>day|week|month|year)", _past),
        (r"(?:the )?(?:past|last) (?P<count>\d{1,3}) (?P<unit>day|week|month|year)s?", _past),
    )
)
