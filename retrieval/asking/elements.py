"""The element that a follow-up names, put in the place of the one of its kind in a question.

A year takes the place of a year, a number that of a number with the same unit ("kỳ họp thứ 14"),
a name that of a name, an acronym that of an acronym. What has the same head word takes the place of
its fellow ("vùng thấp", "vùng cao"; "the upper house", "the lower house"). An element without a
fellow is added at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.language.detection import is_vietnamese_syllable
from retrieval.language.words import fold

_PREPOSITIONS = tuple(
    frozenset(group.split())
    for group in (
        "ở tại trong in at o tai",
        "với with voi",
        "của of by bởi do",
        "cho for về about",
        "vào on vao",
        "từ from tu",
        "đến to den",
    )
)
_EMPTY = frozenset().union(*_PREPOSITIONS, "the so còn vẫn thế là".split())
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?!\d|[.,]\d)|(?<=\d[/-])(?:19|20)\d\d\b")
_NUMBER = re.compile(
    r"(?<!\w)(?P<unit>[^\W\d_]+)\s+(?P<number>(?:thứ\s+)?(?:\d[\d/.-]*|[IVX]+))(?!\w)"
)
_WORD = re.compile(r"\w+")
_TITLES = frozenset(
    "ông bà anh chị cô chú đồng chí tỉnh huyện xã thôn bản trường nước thành phố thị quận phường "
    "công ty mr mrs ms dr".split()
)
_QUESTION_WORDS = frozenset(
    "ai who whom whose what when where why which how did do does is are was were can in on at "
    "có".split()
)


def in_place(question: str, element: str) -> tuple[str, bool]:
    """Return a question with an element in the place of its fellow, or added at the end.

    The second value tells whether all of the element found a place.

    >>> in_place("Kỳ họp thứ 15 bàn gì?", "kỳ họp thứ 14")
    ('Kỳ họp thứ 14 bàn gì?', True)
    >>> in_place("Huyện có bao nhiêu giáo viên?", "học sinh")
    ('Huyện có bao nhiêu giáo viên học sinh?', False)
    """
    asked, rest = _with_numbers(question.strip().rstrip(" ?!.…"), element)
    for put in (_with_name, _with_head):
        if rest and (changed := put(asked, rest)) is not None:
            asked, rest = changed, ""
    return f"{asked} {rest}".strip() + "?", not rest


def _with_numbers(question: str, element: str) -> tuple[str, str]:
    """Put an element's numbers and years in place; return the question and what is left over."""
    asked, rest = question, element
    for number in _NUMBER.finditer(element):
        if (place := _place_of_unit(asked, number["unit"])) is not None:
            asked = _replaced(asked, place, number["number"])
            rest = rest.replace(number[0], " ")
    for year in _YEAR.findall(rest):
        if spans := [found.span() for found in _YEAR.finditer(asked)]:
            asked = _replaced(asked, spans[-1], year)
            rest = rest.replace(year, " ")
    if asked == question:
        return question, element
    held = set(_WORD.findall(fold(question)))
    left = [word for word in rest.split() if not _is_told(word, held)]
    return asked, " ".join(left)


def _is_told(word: str, held: set[str]) -> bool:
    """Tell whether a word beside a number adds nothing to a question with the words `held`."""
    bare = fold(word).strip(",.")
    return not bare or word.lower() in _EMPTY or bare in held


def _place_of_unit(question: str, unit: str) -> tuple[int, int] | None:
    """Return the span of the last number after a word, which is no mere preposition."""
    if unit.lower() in _EMPTY:
        return None
    spans = [
        found.span("number")
        for found in _NUMBER.finditer(question)
        if fold(found["unit"]) == fold(unit)
    ]
    return spans[-1] if spans else None


def is_specific(element: str) -> bool:
    """Tell whether an element is a time, a place or a name, and no clause or common noun.

    >>> is_specific("năm 2022"), is_specific("ở huyện"), is_specific("Hàn Quốc")
    (True, True, True)
    >>> is_specific("Mất thẻ")
    False
    """
    first = element.split()[0].lower()
    return (
        any(map(str.isdecimal, element)) or first in _EMPTY.union(_TITLES) or bool(_names(element))
    )


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in a question: where it stands, and the word before it."""

    start: int
    end: int
    text: str
    before: str

    @property
    def is_acronym(self) -> bool:
        return self.text.isupper()


def _with_name(question: str, element: str) -> str | None:
    """Put a name in the place of another; None if the question has none of its kind."""
    preposition, _, name = element.partition(" ")
    group = next((each for each in _PREPOSITIONS if preposition.lower() in each), frozenset())
    name = name if group and name else element
    names = _names(question)
    fellows = [one for one in names if one.before in group]
    own = [one for one in _names(f"x {name}")]
    if not fellows and own:
        fellows = [one for one in names if one.is_acronym == own[-1].is_acronym]
    if not fellows:
        return None
    fellow = fellows[0] if fellows[0].start == 0 and not group else fellows[-1]
    return _replaced(question, _with_title(question, fellow, name), name)


def _names(question: str) -> list[_Name]:
    """Return the names: words with capitals, where a sentence does not give them one."""
    found: list[_Name] = []
    before = ""
    for word in _WORD.finditer(question):
        if word[0][0].isupper():
            last = found[-1] if found else None
            if last and question[last.end : word.start()] in (" ", "-"):
                text = question[last.start : word.end()]
                found[-1] = _Name(last.start, word.end(), text, last.before)
            else:
                found.append(_Name(*word.span(), word[0], before))
        before = word[0].lower()
    return [one for one in found if one.start > 0 or _is_name(one.text)]


def _is_name(opening: str) -> bool:
    """Tell whether the capitals that a question begins with are those of a name."""
    words = opening.split()
    if words[0].lower() in _QUESTION_WORDS:
        return False
    return len(words) > 1 or opening.isupper() or not is_vietnamese_syllable(fold(opening))


def _with_title(question: str, fellow: _Name, name: str) -> tuple[int, int]:
    """Return the span of a name with its title, if the new name brings one: "ông Tơi"."""
    start = fellow.start
    if name.split()[0].lower() in _TITLES:
        for word in reversed(re.findall(r"\S+\s+", question[:start])):
            if word.strip().lower() not in _TITLES:
                break
            start -= len(word)
    return start, fellow.end


def _with_head(question: str, element: str) -> str | None:
    """Put an element in the place of as many words with the same head, the first or the last."""
    asked, named = list(_WORD.finditer(question)), _WORD.findall(element)
    if len(named) < 2:
        return None
    heads = [fold(word[0]) for word in asked]
    for place, head in enumerate(heads):
        first, last = place, place + len(named) - 1
        if element.isascii() and head == fold(named[-1]):
            first, last = place - len(named) + 1, place
        elif head != fold(named[0]) or named[0].lower() in _EMPTY:
            continue
        if 0 <= first and last < len(asked):
            return _replaced(question, (asked[first].start(), asked[last].end()), element)
    return None


def _replaced(question: str, span: tuple[int, int], words: str) -> str:
    start, end = span
    if start == 0:
        words = words[0].upper() + words[1:]
    return question[:start] + words + question[end:]
