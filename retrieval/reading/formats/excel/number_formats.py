"""What a cell shows: its value by the code of its number format (ECMA-376, part 1, 18.8.31).

No kept library does this: the port of SheetJS's `ssf` had its last release in 2020 and brings eight
packages. Where a code follows the settings of the computer, as Excel's short date does, the file
does not say what is shown. Then a date is written as in Vietnam in a Vietnamese workbook and as ISO
8601 in others. Fractions are shown as decimals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from retrieval.reading.formats.excel.dates import date_text, is_date_code

Value = str | bool | int | float | date | time | timedelta

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[\$(?P<symbol>[^\]-]*)[^\]]*\]'
    r"|\[(?P<condition>[<>=]+-?[\d.]+)\]|\[[^\]]*\]|(?P<exponent>E[+-]0+)|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(?P<relation>[<>=]+)(?P<bound>.+)")
_PLACES = "0#?"
_GENERAL = "general"
_MOST_DECIMALS = 30  # Excel's own limit


@dataclass(slots=True)
class _Section:
    """A part of a code, such as the one for negative numbers: its tokens, and when it holds."""

    tokens: list[tuple[str, bool]]
    """Signs, and whether each is a literal."""
    condition: str = ""
    unquoted: str = ""

    @classmethod
    def of(cls, code: str) -> _Section:
        section = cls([])
        for found in _TOKEN.finditer(code):
            literal = found["quoted"] or found["escaped"] or found["symbol"]
            section.condition = section.condition or found["condition"] or ""
            if literal:
                section.tokens.append((literal, True))
            elif sign := found["exponent"] or found["sign"]:
                section.unquoted += sign.lower()
                section.tokens.append((sign, sign not in f"{_PLACES}.,%" and len(sign) == 1))
        return section

    def holds(self, value: float) -> bool:
        found = _CONDITION.fullmatch(self.condition)
        if found is None:
            return False
        bound = float(found["bound"])
        signs = {"<": value < bound, ">": value > bound, "=": value == bound}
        return signs.get(found["relation"][0], False) or (
            found["relation"] != "<>" and signs.get(found["relation"][-1], False)
        )


def shown(value: Value, code: str, language: str) -> str:
    """Return in one line what a cell shows.

    Args:
        value: The cell's value.
        code: The code of its number format, such as "#,##0.00".
        language: The workbook's, an ISO 639-1 code.
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return " ".join(value.split())
    if not isinstance(value, int | float):
        return date_text(value, code if is_date_code(code) else "", language)
    return " ".join(_number(value, code).split()) if abs(value) < 1e300 else str(value)


def _number(value: float, code: str) -> str:
    section, is_signed = _section_for(value, [_Section.of(part) for part in _parts(code)])
    places = [sign for sign, is_literal in section.tokens if not is_literal]
    if any(sign in section.unquoted for sign in (_GENERAL, "@", "/")):
        return _general(value)
    if not any(sign[0] in _PLACES for sign in places):  # literals alone, such as "-" for zero
        return "".join(sign for sign, _ in section.tokens) if section.tokens else ""
    text = _scientific(value, places) if "E" in places[-1].upper() else _decimal(value, section)
    return f"-{text}" if is_signed and value < 0 and re.search("[1-9]", text) else text


def _parts(code: str) -> list[str]:
    """Return the sections of a code, which semicolons outside of quotes part."""
    return re.findall(r'(?:"[^"]*"?|\\.|[^;"\\])+|(?<=;)(?=;)', code) or [_GENERAL]


def _section_for(value: float, sections: list[_Section]) -> tuple[_Section, bool]:
    """Return the section for a value, and whether it leaves the minus sign to us."""
    if any(section.condition for section in sections):
        holding = (section for section in sections if section.holds(value))
        return next(holding, sections[-1]), True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _general(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.10g}"


def _scientific(value: float, places: list[str]) -> str:
    decimals = len("".join(places[:-1]).partition(".")[2])
    mantissa, _, exponent = f"{abs(value):.{min(decimals, _MOST_DECIMALS)}E}".partition("E")
    digits = len(places[-1]) - 2
    sign = exponent[0] if places[-1][1] == "+" or exponent[0] == "-" else ""
    return f"{mantissa}E{sign}{int(exponent[1:]):0{digits}}"


def _decimal(value: float, section: _Section) -> str:
    """Return a number without its sign, among the literals of its section."""
    pattern = "".join(sign for sign, is_literal in section.tokens if not is_literal)
    whole, _, part = pattern.rstrip("%").partition(".")
    scale = len(pattern) - len(pattern.replace("%", ""))
    thousands = len(whole + part) - len((whole + part).rstrip(","))
    decimals = min(sum(part.count(place) for place in _PLACES), _MOST_DECIMALS)
    exact = abs(Decimal(repr(value))).scaleb(2 * scale - 3 * thousands)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    digits, _, fraction = f"{rounded:f}".partition(".")
    least = part.count("0")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    digits = digits.lstrip("0").zfill(whole.count("0"))
    if "," in whole.strip(","):
        digits = f"{int(digits or 0):,}" if digits.lstrip("0") else digits
    return _placed(digits, f".{fraction}" if fraction else "", section)


def _placed(digits: str, fraction: str, section: _Section) -> str:
    """Put the digits in their places from the right, as in "0000 000 000", among the literals."""
    point = next((i for i, token in enumerate(section.tokens) if token == (".", False)), None)
    last = len(section.tokens) if point is None else point
    places = [i for i in range(last) if _is_place(section.tokens[i])]
    texts: dict[int, str] = {}
    rest = digits
    is_parted = bool(places) and any(section.tokens[i][1] for i in range(places[0], places[-1]))
    for i in reversed(places[1:] if is_parted else ()):
        rest, texts[i] = rest[:-1], rest[-1:]
    if places:
        texts[places[0]] = rest
    after = point if point is not None else places[-1] if places else 0
    shown_texts = []
    for i, (sign, is_literal) in enumerate(section.tokens):
        own = texts.get(i, "") + (fraction if i == after else "")
        shown_texts.append(sign if is_literal or sign == "%" else own)
    return "".join(shown_texts)


def _is_place(token: tuple[str, bool]) -> bool:
    return not token[1] and token[0] in _PLACES
