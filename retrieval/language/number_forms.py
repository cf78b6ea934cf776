"""The numbers of a question, written as the collection writes them.

An encoder sees little of "quý II" in "quý 2". So a number that stands after a word like "quý",
"chương" or "thứ" is written in the form that mostly follows this word in the collection: in
figures, as a Roman numeral, or in words. One word more is looked at where the collection has it:
"lần thứ 15" and "kỳ họp thứ mười lăm" may stand side by side.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retrieval.language.numbers import NUMBERED, ROMAN, spelled_out

_HIGHEST = 39
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(
    r"(?:(?P<before>[^\W\d_]+) )?(?<!\w)(?P<unit>[^\W\d_]+) (?P<number>\d{1,2}|[IVX]+)"
    r"(?![\w.,:%]*\d)(?!\w)"
)
_QUARTER = re.compile(r"(?<!\w)[Qq]([1-4])(?!\w)")
_SPELLED = frozenset(spelled_out(n).split()[0] for n in range(1, _HIGHEST + 1)) | {"nhất"}
_FIGURES, _ROMAN, _WORDS = "figures", "Roman", "words"


@dataclass(frozen=True, slots=True)
class NumberForms:
    """In which forms a collection writes its numbers.

    `counts` holds how often each form follows a word such as "thứ", and two such as "họp thứ".
    """

    counts: Mapping[str, Mapping[str, int]]

    @classmethod
    def learn(cls, texts: Iterable[str]) -> NumberForms:
        """Count the forms in texts in normal form C."""
        counts: dict[str, Counter[str]] = {}
        for text in texts:
            words = _WORD.findall(text)
            lower = ["", *(word.lower() for word in words)]
            for at, number in enumerate(words[1:], 1):
                if lower[at] in NUMBERED and (form := _form_of(number)):
                    for place in (lower[at], f"{lower[at - 1]} {lower[at]}"):
                        counts.setdefault(place, Counter())[form] += 1
        return cls({place: dict(forms) for place, forms in sorted(counts.items())})

    @classmethod
    def together(cls, forms: Iterable[NumberForms]) -> NumberForms:
        """Return the counts of all, added up."""
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for each in forms:
            for place, counted in each.counts.items():
                counts[place].update(counted)
        return cls({place: dict(counted) for place, counted in sorted(counts.items())})

    def as_written(self, question: str) -> str:
        """Return a Vietnamese question in normal form C with its numbers as the collection's."""
        if "quý" in self.counts:
            question = _QUARTER.sub(r"quý \1", question)
        return _NUMBER.sub(self._rewritten, question)

    def _rewritten(self, found: re.Match[str]) -> str:
        unit, typed = found["unit"].lower(), found["number"]
        number = ROMAN.get(typed) or (int(typed) if typed.isdecimal() else 0)
        before = (found["before"] or "").lower()
        forms = self.counts.get(f"{before} {unit}") or self.counts.get(unit)
        if not forms or unit not in NUMBERED or not 0 < number <= _HIGHEST:
            return found[0]
        form = max(forms, key=lambda one: forms[one])
        return found[0].removesuffix(typed) + _in_form(number, unit, form)


def _form_of(word: str) -> str | None:
    if word.isdecimal():
        return _FIGURES if int(word) <= _HIGHEST else None
    if word in ROMAN:
        return _ROMAN
    return _WORDS if word.lower() in _SPELLED else None


def _in_form(number: int, unit: str, form: str) -> str:
    if form == _ROMAN:
        return next(numeral for numeral, value in ROMAN.items() if value == number)
    if form == _WORDS:
        return "nhất" if (number, unit) == (1, "thứ") else spelled_out(number)
    return str(number)
