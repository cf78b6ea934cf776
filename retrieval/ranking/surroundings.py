"""What stands near a passage, and whether it mentions a specific of a question.

Near a passage are its title, date and headings, the beginning of its document, and what stands
before and after it. A word is looked up in any form that a text could give it:

- without case and diacritics, as one word or several ("Cam-pu-chia"), in another spelling or with
  another ending ("Armenia", "Armenian"), or with a slip of the keyboard; but a name with marks has
  them here too, or at least a capital: "lao động" does not mention "Lào";
- a number in figures, in words or as a Roman numeral ("15", "fifteenth", "XV"), and a decade by any
  of its years ("the 80s", "1984");
- an acronym by the initials of the words that it stands for.

A number beside a name belongs to it: AMMTC 15 is not AMMTC 16, though a 16 stands elsewhere. The
number of an official paper is looked up as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from retrieval.documents import Passage
from retrieval.language.numbers import ROMAN, spelled_out, terms
from retrieval.language.syllables import counted_as
from retrieval.language.words import fold, tokens
from retrieval.ranking.specifics import Kind, Specific, SpecificWord, is_year

_NEAR = 800  # characters before and after a passage: about a passage on either side
_OPENING = 300  # characters of the document's beginning
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th|s)?")
_DECADE = re.compile(r"(\d\d)?(\d)0s?")
_YEAR = 1000  # a figure from here on is a year or an amount, and belongs to no name
_BESIDE = 3  # words between a name and its number: "AMMTC lần thứ 15"
_APART = ("",) * _BESIDE  # between texts that do not follow each other
_LETTERS, _ALIKE = 5, 0.75  # letters of a name of which another spelling shares three quarters
_WHOLE = 6  # letters of a name that is not met by chance in words written together
_SPELT_OUT = 4  # letters of an acronym that may stand for words without capitals


@dataclass(frozen=True)
class Surroundings:
    """The words that stand near a passage.

    `terms` are folded, with numbers in figures, in order. `words` are all of them, and also the
    numbers as they are written. `joined` are the words without spaces. `initials` are those of all
    words, `capitals` of those with a capital. `names` are the folded words with a capital,
    `written` all words in lower case with their marks. `passage` are the folded words of the
    passage alone.
    """

    terms: tuple[str, ...]
    words: frozenset[str]
    joined: str
    initials: str
    capitals: str
    names: frozenset[str]
    written: frozenset[str]
    passage: frozenset[str]

    @classmethod
    def of(cls, passage: Passage) -> Surroundings:
        """Gather what stands near a passage."""
        parts = list(_near(passage))
        text = "\n".join(parts)
        folded = tokens(text)
        written = _WORD.findall(text)
        names = [word for word in written if word[0].isupper()]
        in_figures = [term for part in parts for term in (*terms(part), *_APART)]
        return cls(
            terms=tuple(in_figures),
            words=frozenset((*folded, *in_figures)),
            joined="".join(folded),
            initials="".join(word[:1] for word in folded),
            capitals=fold("".join(name[0] for name in names)),
            names=frozenset(map(fold, names)),
            written=frozenset(map(counted_as, written)),
            passage=frozenset(tokens(passage.text)),
        )

    def mention(self, specific: Specific, question_language: str, passage_language: str) -> bool:
        """Tell whether the specific is mentioned, as far as the passage's language can tell."""
        if specific.is_paper:
            return self._has_run(terms(specific.text))
        looked_up = [
            word
            for word in specific.words
            if word.is_looked_up(question_language, passage_language)
        ]
        whole = "".join(fold(word.text) for word in specific.words)
        is_here = all(map(self._has, looked_up)) or self._has_in_one(whole)
        return is_here and not self.contradict(specific)

    def _has_in_one(self, name: str) -> bool:
        """Tell whether the letters of a longer name follow each other, however it is parted."""
        return len(name) >= _WHOLE and name in self.joined

    def contradict(self, specific: Specific) -> bool:
        """Tell whether another year, paper, or the name with another number stands here instead."""
        if specific.is_paper:
            return self._has_another_paper(specific)
        if specific.is_year:
            return specific.text not in self.words and any(map(is_year, self.passage))
        return self._number_otherwise(specific)

    def _has_run(self, words: Sequence[str]) -> bool:
        """Tell whether the words stand here one after the other."""
        wanted = tuple(words)
        starts = (place for place, term in enumerate(self.terms) if term == wanted[0])
        return any(self.terms[place : place + len(wanted)] == wanted for place in starts)

    def _has_another_paper(self, specific: Specific) -> bool:
        """Tell whether only papers of other numbers, with the same letters, are named here."""
        wanted = terms(specific.text)
        letters = [term for term in wanted if not term.isdecimal()]
        figures = {term for term in self.terms if term.isdecimal()}
        others = any(self._has_run((figure, *letters)) for figure in figures)
        return others and not self._has_run(wanted)

    def _number_otherwise(self, specific: Specific) -> bool:
        """Tell whether the specific's name is only met with another number beside it."""
        figures = {form for word in specific.words for form in _short_figures(word)}
        names = {fold(word.text) for word in specific.words if word.kind is not Kind.FIGURE}
        if not figures or not names:
            return False
        places = [place for place, term in enumerate(self.terms) if term in names]
        beside = {term for place in places for term in self._numbers_beside(place, 1)}
        near = {term for place in places for term in self._numbers_beside(place, _BESIDE)}
        return bool(beside) and figures.isdisjoint(near)

    def _numbers_beside(self, place: int, distance: int) -> Iterator[str]:
        """Yield the small numbers at most `distance` words away from a place."""
        for term in self.terms[max(0, place - distance) : place + distance + 1]:
            if term.isdecimal() and int(term) < _YEAR:
                yield term

    def _has(self, word: SpecificWord) -> bool:
        folded = fold(word.text)
        if folded in self.words and (not word.is_marked or self._is_written(word)):
            return True
        if word.kind is Kind.FIGURE:
            return self._has_figure(word, folded)
        if word.kind is Kind.ACRONYM:
            is_long = len(folded) >= _SPELT_OUT
            return folded in (self.initials if is_long else self.capitals)
        return self._has_in_one(folded) or self._has_form_of(folded)

    def _is_written(self, name: SpecificWord) -> bool:
        """Tell whether a name stands here with its marks, or with a capital and other marks."""
        return fold(name.text) in self.names or counted_as(name.text) in self.written

    def _has_form_of(self, name: str) -> bool:
        """Tell whether a name stands here in another spelling, with an ending or a slip."""
        if len(name) < _LETTERS:
            return False
        most = len(name) // 3
        alike = [
            one for one in self.words if len(one) >= _LETTERS and abs(len(one) - len(name)) <= most
        ]
        return bool(get_close_matches(name, alike, n=1, cutoff=_ALIKE))

    def _has_figure(self, word: SpecificWord, folded: str) -> bool:
        if not figure_forms(word).isdisjoint(self.words):
            return True
        decade = _DECADE.fullmatch(folded)
        if decade is None:
            return False
        century = decade[1] or "[12][0-9]"
        year = re.compile(rf"{century}{decade[2]}[0-9]")
        return any(year.fullmatch(other) for other in self.words)


def figure_forms(word: SpecificWord) -> frozenset[str]:
    """Return the folded words by which a text may write a figure."""
    folded = fold(word.text)
    forms = {folded, *terms(f"{word.before} {word.text}")[-1:]}
    number = _value(word)
    if number is not None:
        forms.add(str(number))
        if 0 < number < 10:  # noqa: PLR2004
            forms.add(fold(spelled_out(number)))
    return frozenset(forms)


def _near(passage: Passage) -> Iterator[str]:
    """Yield the texts near a passage."""
    document, span = passage.document, passage.span
    yield document.title
    yield document.date
    yield document.text[:_OPENING]
    above = (one.span for one in document.headings if one.span.end <= span.start)
    yield from (one.of(document.text) for one in above)
    yield document.text[max(0, span.start - _NEAR) : span.end + _NEAR]


def _value(word: SpecificWord) -> int | None:
    """Return the number that a figure stands for; None for one such as "B52" or too long."""
    if word.text in ROMAN:
        return ROMAN[word.text]
    found = _NUMBER.fullmatch(fold(word.text))
    return int(found[1]) if found and len(found[1]) < 9 else None  # noqa: PLR2004


def _short_figures(word: SpecificWord) -> Iterator[str]:
    if word.kind is Kind.FIGURE and (number := _value(word)) is not None and number < _YEAR:
        yield str(number)
