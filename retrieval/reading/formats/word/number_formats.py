"""A number as Word writes it before a paragraph: "3", "03", "III", "c".

The formats have the names of ECMA-376, part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import ascii_lowercase, ascii_uppercase

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_MOST_LETTERS = 30  # Word repeats the letter: z, aa, bb
_LARGEST_ROMAN = 3999
_CIRCLED_ONE, _LARGEST_CIRCLED = ord("①"), 20


def formatted(number: int, style: str) -> str:
    """Return a number in one of Word's formats, and in digits where the format is not known."""
    write = _FORMATS.get(style)
    return str(number) if write is None else write(number)


def _roman(number: int) -> str:
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (number // worth)
        number %= worth
    return letters


def _letter(number: int, alphabet: str) -> str:
    times, at = divmod(number - 1, len(alphabet))
    return alphabet[at] * (times + 1) if 0 <= times < _MOST_LETTERS else str(number)


def _ordinal(number: int) -> str:
    is_teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _circled(number: int) -> str:
    return chr(_CIRCLED_ONE + number - 1) if 0 < number <= _LARGEST_CIRCLED else str(number)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": lambda number: _letter(number, ascii_lowercase),
    "upperLetter": lambda number: _letter(number, ascii_uppercase),
    "russianLower": lambda number: _letter(number, _RUSSIAN),
    "russianUpper": lambda number: _letter(number, _RUSSIAN.upper()),
    "ordinal": _ordinal,
    "decimalEnclosedCircle": _circled,
}
