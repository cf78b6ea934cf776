"""Terms: the words of a text as they are compared, with one form for each number.

The same number is written "quý II", "quý 2" and "Q2", "thứ mười lăm" and "thứ 15", "fifteenth" and
"15th". A collection writes one form and a question another, so both are folded to figures before
words are counted:

- numerals of ten and more in words, and English ones from two on. Shorter Vietnamese ones are other
  words as well ("năm" is also a year, "ba" a father), so they count only after a word that numbers
  things: "thứ Năm", "tháng tư", "quý ba".
- ordinals: "thứ nhất", "third", "3rd".
- Roman numerals after a word that numbers things ("chương VI"), and elsewhere those that are hardly
  ever a word ("Louis XIV").
- a quarter of a year, in either language: "q2".
- the zeros of dates: "08/03/2023".
- English months beside a number: "18 October" has the figure 10 too, as "18/10" has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.language.words import normal, tokens

_WORD = re.compile(r"[^\W_]+")
_SUFFIXED = re.compile(r"(\d+)(?:st|nd|rd|th)")

_ONES_VI = "một hai ba bốn năm sáu bảy tám chín".split()
_UNITS = dict(zip(_ONES_VI, range(1, 10), strict=True)) | {
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
    "nhăm": 5,
    "bẩy": 7,
}
# "Mười năm" is ten years and "hai mươi năm" twenty; fifteen is "mười lăm".
_AFTER_TEN = _UNITS.keys() - {"mốt", "tư", "năm"}
_AFTER_TENS = _UNITS.keys() - {"một", "năm"}
_COUNTED = frozenset("thứ tháng quý chương lớp quận tập".split())  # "Chương năm" is the fifth
_SMALL = {word: n for word, n in _UNITS.items() if word not in ("mốt", "lăm", "nhăm")} | {
    "nhất": 1,
    "nhì": 2,
    "giêng": 1,
    "mười": 10,
    "chạp": 12,
}
_NOT_AFTER_SMALL = frozenset("nay ngoái trước sau mươi".split())  # "tháng năm ngoái"

NUMBERED = frozenset(
    "quý chương kỳ kỷ kỉ họp khóa khoá phần mục điều tập lớp cấp hạng loại nhóm vùng khu đợt lần "
    "đoạn bậc hội lục quyển quận thứ chapter part section volume phase stage class type grade "
    "level title quarter appendix annex war congress session".split()
)
"""Words after which a number stands that numbers something."""

ROMAN = {
    tens + ones: 10 * len(tens) + number
    for tens in ("", "X", "XX", "XXX")
    for number, ones in enumerate(" I II III IV V VI VII VIII IX".split(" "))
    if tens + ones
}
"""The Roman numerals up to 39, with their values."""

# These are words, initials or names as well; others are numbers wherever they stand in capitals.
_ALONE = ROMAN.keys() - {"I", "V", "X", "VI", "XI", "XX", "XXX"}

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINAL_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_ORDINAL_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
    "nineteenth".split()
)
_ENGLISH_UNITS = dict(zip(_ONES + _ORDINAL_ONES, [*range(1, 10)] * 2, strict=True))
_ENGLISH_TENS = {word: 10 * n for n, word in enumerate(_TENS, 2)}
_ENGLISH = (
    {word: n for word, n in _ENGLISH_UNITS.items() if word != "one"}
    | dict(zip(_TEENS + _ORDINAL_TEENS, [*range(10, 20)] * 2, strict=True))
    | _ENGLISH_TENS
    | {word[:-1] + "ieth": n for word, n in _ENGLISH_TENS.items()}
)
_MONTHS = {
    month: str(number)
    for number, month in enumerate(
        "january february march april may june july august september october november "
        "december".split(),
        1,
    )
}


_QUARTERS = frozenset("1234")
_YEAR = re.compile(r"(?:19|20)\d\d")
NUMERALS = frozenset(
    {*_SMALL, *_UNITS, *_ENGLISH, *_MONTHS, *(numeral.lower() for numeral in ROMAN)}
)
"""The words of both languages that may write a number, in lower case; some have other meanings."""


def terms(text: str) -> list[str]:
    """Return the folded words of `text` in order, each number in figures.

    >>> terms("Kỳ họp thứ mười lăm, quý II/2023")
    ['ky', 'hop', 'thu', '15', 'quy', 'q2', '2023']
    >>> terms("the second quarter"), terms("Q2")
    (['the', 'q2', 'quarter'], ['q2'])
    """
    text = normal(text)
    folded, words = tokens(text), _WORD.findall(text)
    if len(folded) != len(words):  # a mark that stands alone parts a word only as it is written
        return folded
    return list(_in_figures(folded, words))


def spelled_out(number: int) -> str:
    """Return a number from 1 to 99 in Vietnamese words, as ordinals have it.

    >>> spelled_out(5), spelled_out(15), spelled_out(21), spelled_out(40)
    ('năm', 'mười lăm', 'hai mươi mốt', 'bốn mươi')
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _ONES_VI[ones - 1] if ones != 4 else "tư"
    ten = "mười" if tens == 1 else f"{_ONES_VI[tens - 1]} mươi"
    last = {1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones) or ("", *_ONES_VI)[ones]
    return f"{ten} {last}".strip()


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in words or numerals, and how many words it takes."""

    value: int
    length: int = 1


def _in_figures(folded: list[str], words: list[str]) -> Iterator[str]:
    """Yield the folded words, with figures in place of the words that write a number."""
    lower = [word.lower() for word in words]
    at = 0
    while at < len(words):
        number = None
        if lower[at] in NUMERALS or lower[at][0].isdigit():
            number = _numeral(lower, at) or _roman(lower, words, at) or _figures(lower, at)
        if number:
            yield _figure(number, lower, at)
        else:
            yield folded[at]
            if lower[at] in _MONTHS and _beside_digits(lower, at):
                yield _MONTHS[lower[at]]
        at += number.length if number else 1


def _numeral(lower: list[str], at: int) -> _Number | None:
    """Return the number in words that begins at a place."""
    word, following = lower[at], _word(lower, at + 1)
    if word in _UNITS and following == "mươi":
        last = _word(lower, at + 2)
        ones = _UNITS[last] if last in _AFTER_TENS else 0
        return _Number(10 * _UNITS[word] + ones, 3 if ones else 2)
    if word == "mười" and following in _AFTER_TEN:
        return _Number(10 + _UNITS[following], 2)
    if word in _SMALL and _word(lower, at - 1) in _COUNTED:
        ends = following not in _NOT_AFTER_SMALL and not _YEAR.fullmatch(following)
        return _Number(_SMALL[word]) if ends else None
    if word in _ENGLISH_TENS and following in _ENGLISH_UNITS:
        return _Number(_ENGLISH_TENS[word] + _ENGLISH_UNITS[following], 2)
    return _Number(_ENGLISH[word]) if word in _ENGLISH else None


def _roman(lower: list[str], words: list[str], at: int) -> _Number | None:
    numeral, before = words[at].upper(), _word(lower, at - 1)
    if numeral not in ROMAN or words[at] in ("vi", "xi"):  # "loại vi khuẩn"
        return None
    # "The part I like" numbers nothing.
    is_pronoun = numeral == "I" and before.isascii() and _word(lower, at + 1).isalpha()
    numbered = before in NUMBERED and not (is_pronoun and before != "war")
    return _Number(ROMAN[numeral]) if numbered or words[at] in _ALONE else None


def _figures(lower: list[str], at: int) -> _Number | None:
    """Return the number of "15th", of a quarter in figures, and of "08" in a date."""
    word = lower[at]
    if suffixed := _SUFFIXED.fullmatch(word):
        return _Number(int(suffixed[1]))
    if len(word) == 2 and word[0] == "0" and word.isdecimal():
        return _Number(int(word)) if _in_date(lower, at) else None
    return _Number(int(word)) if word in _QUARTERS and _is_quarter(lower, at) else None


def _figure(number: _Number, lower: list[str], at: int) -> str:
    is_quarter = _is_quarter(lower, at, number.length) and str(number.value) in _QUARTERS
    return f"q{number.value}" if is_quarter else str(number.value)


def _is_quarter(lower: list[str], at: int, length: int = 1) -> bool:
    return _word(lower, at - 1) in ("quý", "quarter") or _word(lower, at + length) == "quarter"


def _in_date(lower: list[str], at: int) -> bool:
    """Tell whether a zero only fills up a day or a month: in "1,05" it does not."""
    before, following = _word(lower, at - 1), _word(lower, at + 1)
    return before in ("ngày", "tháng", "thứ") or (
        following.isdecimal() and (not before.isdecimal() or _YEAR.fullmatch(following) is not None)
    )


def _beside_digits(lower: list[str], at: int) -> bool:
    return _word(lower, at - 1)[:1].isdigit() or _word(lower, at + 1)[:1].isdigit()


def _word(lower: list[str], at: int) -> str:
    """Return the word at a place, "" outside of the text."""
    return lower[at] if 0 <= at < len(lower) else ""
