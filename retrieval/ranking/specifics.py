"""The specifics of a question: the names, numbers and years that an answer cannot lack.

"Ai dự AMMTC 16 ở Lào?" asks about "AMMTC 16" and "Lào". A passage about AMMTC 15 in Brunei is near
in meaning and answers nothing. So these words are looked up in what stands near a passage (see
`retrieval.ranking.surroundings`), while all others may be said in other words.

A name is a word with a capital within the question, a word of capitals, or in a Vietnamese question
a capitalised word that is no syllable. Words next to each other are one specific, and so is the
number of an official paper: "15/2020/NĐ-CP". Words that everyday questions use are no names: "Who"
of "Doctor Who" is not looked up. Where most words of a question have a capital, capitals tell
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from retrieval.language.detection import is_vietnamese_syllable
from retrieval.language.everyday_questions import LANGUAGES, everyday_questions
from retrieval.language.numbers import ROMAN
from retrieval.language.words import fold, normal

_WORD = re.compile(r"[^\W_]+")
_DECADE = re.compile(r"(?<=\d0)['’](?=s\b)")  # "the 1970's"
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_JOINED = re.compile(r"\s?|\s?[-/–]\s?|[.,'’]")  # what stands between the words of one specific
_PAPER = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ]\w*(?:-[A-ZĐ]\w*)*")  # as Decree 30/2020/NĐ-CP has it
_MOSTLY = 0.75  # of a question's words have a capital: it is typed in capitals, or is a title
_FEW = 3  # words, of which most may well be names


class Kind(Enum):
    """What a word of a specific is, which decides in which forms it is looked up."""

    NAME = "name"
    ACRONYM = "acronym"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class SpecificWord:
    """A word of a specific as the question writes it, and the word before it."""

    text: str
    kind: Kind
    before: str = ""

    @property
    def is_marked(self) -> bool:
        """Whether it is a name with diacritics."""
        return self.kind is Kind.NAME and fold(self.text) != self.text.casefold()

    def is_looked_up(self, question_language: str, passage_language: str) -> bool:
        """Tell whether a passage in a language would write the word as the question does.

        Another language has its own words for places and peoples, and for short acronyms (UK, TV).
        It has the same figures and longer acronyms, and a Vietnamese question writes foreign names
        as they are.
        """
        if question_language and question_language == passage_language:
            return True
        if self.kind is Kind.NAME:
            return question_language == "vi" and not is_vietnamese_syllable(fold(self.text))
        return self.kind is Kind.FIGURE or len(self.text) > 2


@dataclass(frozen=True, slots=True)
class Specific:
    """A name or a number of a question, or both together: "Hà Nội", "2022", "AMMTC 16"."""

    text: str
    words: tuple[SpecificWord, ...]

    @property
    def is_year(self) -> bool:
        """Whether it is a year alone, and no date."""
        return is_year(self.text)

    @property
    def is_paper(self) -> bool:
        """Whether it is the number of an official paper: "15/2020/NĐ-CP", "12/QĐ-UBND"."""
        return _PAPER.fullmatch(self.text) is not None

    @property
    def is_quantity(self) -> bool:
        """Whether it is figures without a name, and no year."""
        return not self.is_year and all(word.kind is Kind.FIGURE for word in self.words)


def is_year(word: str) -> bool:
    """Tell whether a word is a year in figures, from 1500 on."""
    return _YEAR.fullmatch(word) is not None


def specifics_of(question: str, language: str) -> tuple[Specific, ...]:
    """Return the specifics of a question in normal form C, in its order.

    >>> [one.text for one in specifics_of("Who spoke for Laos at AMMTC 16 in 2022?", "en")]
    ['Laos', 'AMMTC 16', '2022']
    """
    question = _DECADE.sub("", question)
    papers = [range(*paper.span()) for paper in _PAPER.finditer(question)]
    groups: list[list[_Found]] = []
    for one in _found(question, language):
        in_paper = any(one.start in paper and one.start != paper.start for paper in papers)
        if groups and (in_paper or _JOINED.fullmatch(question, groups[-1][-1].end, one.start)):
            groups[-1].append(one)
        else:
            groups.append([one])
    return tuple(
        Specific(question[group[0].start : group[-1].end], tuple(one.word for one in group))
        for group in groups
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A word of a specific, and where it stands in the question."""

    word: SpecificWord
    start: int
    end: int


def _found(question: str, language: str) -> Iterator[_Found]:
    """Yield the words of the specifics."""
    words = list(_WORD.finditer(question))
    capitals = sum(word[0][0].isupper() for word in words)
    is_shouted = len(words) > _FEW and capitals > _MOSTLY * len(words)
    tied: _Found | None = None
    for place, word in enumerate(words):
        kind = _kind(word[0], place == 0, language, is_shouted)
        if kind is None and language == "vi" and tied and question[tied.end : word.start()] == "-":
            kind = Kind.NAME  # the lower syllables of a name such as "Cam-pu-chia"
        if kind is None:
            tied = None
            continue
        before = words[place - 1][0] if place else ""
        tied = _Found(SpecificWord(word[0], kind, before), *word.span())
        yield tied


def _kind(word: str, is_first: bool, language: str, is_shouted: bool) -> Kind | None:
    """Return what a word of the question is; None where it is no word of a specific."""
    if any(character.isdigit() for character in word) or (len(word) > 1 and word in ROMAN):
        return Kind.FIGURE
    if is_shouted or word.casefold() in _everyday_words():
        return None
    if len(word) > 1 and word.isupper():
        return Kind.ACRONYM
    if any(character.isupper() for character in word[1:]):
        return Kind.NAME
    # A sentence's first word has a capital in any case.
    is_foreign = language == "vi" and not is_vietnamese_syllable(fold(word))
    return Kind.NAME if word[0].isupper() and (not is_first or is_foreign) else None


@cache
def _everyday_words() -> frozenset[str]:
    """Return the words that everyday questions use, and not as names."""
    questions = (normal(one) for language in LANGUAGES for one in everyday_questions(language))
    words = (word for one in questions for word in _WORD.findall(one[:1].lower() + one[1:]))
    return frozenset(word for word in words if word.islower())
