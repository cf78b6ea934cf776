"""A date as people write it -> ISO 8601, or nothing where it is not certain.

The library dateparser reads the date in the document's language. It must hold a year and a month.
In Vietnamese the day comes first. In other languages both orders are tried; a date that they read
differently, such as 03/04/2022, stays unknown.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from dateparser.date import DateDataParser

_LONGEST = 60
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PARTIAL = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
_TIMED = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)[T ]\d\d?:\d\d.*")
_WEEK = re.compile(r"\d{4}-?W\d\d")  # also ISO 8601, but it names no day
# Words around a date on a web page that are no part of it.
_AROUND = re.compile(
    r"^[^\d,]{2,30},\s*(?=ngày \d)|"  # "Hà Nội, ngày 29 tháng 9 năm 2021"
    r"\b(?:cập nhật|xuất bản|đăng|lần cuối|vào|lúc|(?:t[2-7]|cn)(?=,)|"
    r"first|last|published|updated|posted|modified|on|at)\b:?|(?<=\d)h(?=\d\d\b)|[|•]",
    re.IGNORECASE,
)


def iso_date(text: str, language: str) -> str:
    """Return the date in ISO 8601, such as "2021-09-29", "2021-09" or "2021"; empty if it is none.

    `language` is an ISO 639-1 code, or empty.
    """
    text = text.strip(" \t.;")
    if len(text) > _LONGEST or not _YEAR.search(text) or _WEEK.match(text):
        return ""
    if _PARTIAL.fullmatch(text):
        return text
    timed = _TIMED.fullmatch(text)
    try:
        return datetime.fromisoformat(timed["date"] if timed else text).date().isoformat()
    except ValueError:
        return _read(text, language)


def _read(text: str, language: str) -> str:
    bare = " ".join(_AROUND.sub(_replacement, text).split())
    found = {_parsed(bare, language, order) for order in _orders(language)}
    return found.pop() if len(found) == 1 else ""


def _replacement(match: re.Match[str]) -> str:
    return ":" if match[0] == "h" else " "


def _orders(language: str) -> tuple[str, ...]:
    return ("DMY",) if language == "vi" else ("DMY", "MDY")


def _parsed(text: str, language: str, order: str) -> str:
    found = _parser(language, order).get_date_data(text)
    if found is None or found.date_obj is None:
        return ""
    iso: str = found.date_obj.date().isoformat()
    return iso if found.period in ("day", "time") else iso[:7]


@cache
def _parser(language: str, order: str) -> DateDataParser:
    return DateDataParser(
        languages=["vi" if language == "vi" else "en"],
        settings={
            "DATE_ORDER": order,
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["year", "month"],
        },
    )
