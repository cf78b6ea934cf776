"""Dates and times as a cell shows them, by the code of its number format."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]'
    r"|(?P<half>am/pm|a/p)|(?P<part>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
_LETTER = re.compile("[ymdhs]", re.IGNORECASE)
_VIETNAMESE_TAG = re.compile(r"\[\$[^\]-]*-(?:\w*0)?42A\]", re.IGNORECASE)
_OF_THE_COMPUTER = re.compile(r"\[\$-F800\]", re.IGNORECASE)  # its own long date
# Excel's short dates, numbers 14 and 22, which follow the computer's settings.
_SHORT = {"mm-dd-yy": "", "m/d/yy h:mm": " h:mm", "m/d/yyyy": "", "m/d/yyyy h:mm": " h:mm"}
_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_SHORT_DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_MONTHS = (
    *("Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín"),
    *("Mười", "Mười Một", "Mười Hai"),
)
_DAY = timedelta(days=1)


def is_date_code(code: str) -> bool:
    """Tell whether a number format's code shows dates or times."""
    first = code.split(";")[0]
    signs = "".join(found["part"] or found["elapsed"] or "" for found in _TOKEN.finditer(first))
    return "general" not in code.lower() and bool(signs)


def date_text(value: date | time | timedelta, code: str, language: str) -> str:
    """Return what a cell shows of a date, a time of the day or a length of time.

    Args:
        value: The cell's value.
        code: The code of its number format; "" for the computer's own form.
        language: The workbook's, which tells how short dates are written.
    """
    code = _written_out(value, code.split(";")[0], language)
    if isinstance(value, timedelta):
        moment, elapsed = datetime(1900, 1, 1) + value % _DAY, value
    else:
        moment = _moment(value)
        elapsed = moment - datetime(1899, 12, 30)
    in_vietnamese = bool(_VIETNAMESE_TAG.search(code))
    tokens = list(_TOKEN.finditer(code))
    has_halves = any(found["half"] for found in tokens)
    texts: list[str] = []
    for i, found in enumerate(tokens):
        if found["part"]:
            part = found["part"].lower()
            if part in ("m", "mm") and _is_minutes(tokens, i):
                part = part.replace("m", "i")
            texts.append(_part(moment, part, has_halves, in_vietnamese))
        elif found["elapsed"]:
            texts.append(_elapsed(elapsed, found["elapsed"].lower()))
        elif found["half"]:
            texts.append("AM" if moment.hour < 12 else "PM")
        else:
            texts.append(found["quoted"] or found["escaped"] or (found["sign"] or "").strip("@"))
    return " ".join("".join(texts).split())


def _written_out(value: date | time | timedelta, code: str, language: str) -> str:
    """Return the code itself, or one in place of the computer's own form."""
    rest = _SHORT.get(code.replace("\\", "").lower())
    if code and rest is None and not _OF_THE_COMPUTER.search(code):
        return code
    if isinstance(value, timedelta):
        return "[h]:mm:ss"
    if isinstance(value, time):
        return "h:mm:ss"
    day = "dd/mm/yyyy" if language == "vi" else "yyyy-mm-dd"
    if not code and isinstance(value, datetime) and value.time() != time():
        rest = " h:mm"
    return day + (rest or "")


def _moment(value: date | time) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, time):
        return datetime.combine(date(1899, 12, 30), value)
    return datetime.combine(value, time())


def _is_minutes(tokens: list[re.Match[str]], i: int) -> bool:
    """Tell whether an "m" means minutes: it stands behind hours or before seconds."""
    parts = [(found["part"] or found["elapsed"] or "").lower() for found in tokens]
    before = next((part for part in reversed(parts[:i]) if part), "")
    after = next((part for part in parts[i + 1 :] if part), "")
    return before.startswith("h") or after.startswith("s")


def _part(moment: datetime, part: str, has_halves: bool, in_vietnamese: bool) -> str:
    if part[0] in "md" and len(part) > 2:
        return _name(moment, part, in_vietnamese)
    if part[0] == "y":
        return f"{moment.year:04}" if len(part) > 2 else f"{moment.year % 100:02}"
    hour = (moment.hour - 1) % 12 + 1 if has_halves else moment.hour
    numbers = {"m": moment.month, "d": moment.day, "h": hour, "i": moment.minute}
    if part[0] == "s":
        whole, _, fraction = part.partition(".")
        tail = f".{moment.microsecond:06}"[: len(fraction) + 1] if fraction else ""
        return f"{moment.second:0{len(whole)}}{tail}"
    return f"{numbers[part[0]]:0{len(part)}}"


def _name(moment: datetime, part: str, in_vietnamese: bool) -> str:
    if part == "mmmmm":
        return f"{moment:%B}"[0]
    is_short = len(part) == 3
    if not in_vietnamese:
        names = {"m": ("%b", "%B"), "d": ("%a", "%A")}[part[0]]
        return moment.strftime(names[0] if is_short else names[1])
    if part[0] == "d":
        return (_SHORT_DAYS if is_short else _DAYS)[moment.weekday()]
    return f"Thg{moment.month}" if is_short else f"Tháng {_MONTHS[moment.month - 1]}"


def _elapsed(length: timedelta, part: str) -> str:
    seconds = {"h": 3600, "m": 60, "s": 1}[part[0]]
    return f"{int(length.total_seconds() // seconds):0{len(part)}}"
