"""The numbers of a question, written as the collection writes them.

An encoder sees little of "quý II" in "quý 2". So a number that stands after a word like "quý",
"chương" or "thứ" is written in the form that mostly follows this word in the collection: in
figures, as a Roman numeral, or in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from retrieval.language.numbers import NUMBERED, ROMAN, spelled_out
from retrieval.language.syllables import NOTHING, NUMBER, Counts

_NUMBER = re.compile(r"(?<!\w)(?P<unit>[^\W\d_]+) (?P<number>\d{1,2}|[IVX]+)(?![\w.,:%]*\d)(?!\w)")

_QUARTER = re.compile(r"(?<!\w)[Qq]([1-4])(?!\w)")


def as_written(question: str, followers: Mapping[str, Counts]) -> str:
    """Return a Vietnamese question with its numbers in the forms that a collection has.

    Args:
        question: The question, in normal form C.
        followers: What follows each word of the collection, as
            `retrieval.language.syllables.count_followers` counts it.
    """
    if "quý" in followers:
        question = _QUARTER.sub(r"quý \1", question)
    return _NUMBER.sub(lambda found: _written(found, followers), question)


def _written(found: re.Match[str], followers: Mapping[str, Counts]) -> str:
    unit, typed = found["unit"], found["number"]
    number = ROMAN.get(typed) or (int(typed) if typed.isdecimal() else 0)
    after = followers.get(unit.lower(), NOTHING).by_word
    if unit.lower() not in NUMBERED or number not in range(1, 40):
        return found[0]
    numeral = next(roman for roman, value in ROMAN.items() if value == number)
    words = spelled_out(number)
    forms = {
        typed: after.get(typed.lower(), after.get(NUMBER, 0) if typed.isdecimal() else 0),
        str(number): after.get(NUMBER, 0),
        numeral: after.get(numeral.lower(), 0),
        words: after.get(words.split()[0], 0),
    }
    return f"{unit} {max(forms, key=lambda form: forms[form])}"
