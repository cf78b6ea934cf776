"""Vietnamese typed without diacritics, written with them: "hop o dau" becomes "họp ở đâu".

Each bare syllable has a few forms with diacritics. Viterbi's algorithm finds the most probable way
through them. The collection's own texts tell how probable a form is after a word. Where they have
seen too little of that word, texts of all kinds tell it, and words that the collection uses are
favoured (unigram rescaling: Gildea and Hofmann, "Topic-based Language Models Using EM", 1999).
Words that are no bare Vietnamese syllable (AMMTC, Rollo, "Bộ") stay as they were typed.
"""

from __future__ import annotations

import json
from collections import ChainMap, Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from pathlib import Path

from retrieval.language.capitals import Capitals
from retrieval.language.detection import is_vietnamese_syllable
from retrieval.language.everyday_questions import everyday_questions
from retrieval.language.misspellings import Misspellings
from retrieval.language.number_forms import NumberForms
from retrieval.language.syllables import (
    NOTHING,
    START,
    TOKEN,
    Counts,
    count_followers,
    counted_as,
    general_followers,
    general_words,
)
from retrieval.language.words import ALPHABETIC, fold, normal

_FILE = "diacritics.json"

# Fitted on half of xquad-dev: of the other half's words, 97 % come back right.
_OWN_DOUBT, _GENERAL_DOUBT = 4.0, 8.0
_UNKNOWN = 1e-9
_WRITTEN_PROPERLY = 1 / 3


@dataclass(frozen=True, slots=True)
class _Form:
    """A syllable with its diacritics, how probable it is in general, and how favoured here."""

    text: str
    probability: float
    favour: float


@dataclass(frozen=True, slots=True)
class _Path:
    """The forms up to a word, the logarithm of their probability, and what follows the last."""

    weight: float
    forms: tuple[str, ...]
    own: Counts
    general: Counts

    def weight_with(self, form: _Form) -> float:
        """Return the logarithm of the path's probability with `form` as the next."""
        general = self.general.probability(form.text, form.probability, _GENERAL_DOUBT)
        own = self.own.probability(form.text, form.favour * general, _OWN_DOUBT)
        return self.weight + log(own)


class Restorer:
    """Puts diacritics back; learned from a collection, saved with its index."""

    def __init__(
        self,
        own: Mapping[str, Counts],
        spellings: Mapping[str, str],
        number_forms: NumberForms,
        capitals: Capitals,
    ) -> None:
        """Store what was learned from a collection.

        Args:
            own: What follows each of its words.
            spellings: How it spells a word that others spell otherwise ("hoà" of "hòa").
            number_forms: In which forms it writes its numbers.
            capitals: Which words it writes with capitals.
        """
        self._own = own
        self._spellings = spellings
        self._number_forms = number_forms
        self._capitals = capitals
        self._forms = _forms(_words(own))
        self._misspellings = Misspellings(own)

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Restorer:
        """Count the words and neighbours of Vietnamese `texts`."""
        known = [normal(text) for text in (*texts, *everyday_questions("vi"))]
        own = count_followers(known)
        spellings = _spellings(known, _words(own))
        return cls(own, spellings, NumberForms.learn(known), Capitals.learn(known))

    @classmethod
    def together(cls, restorers: Sequence[Restorer]) -> Restorer:
        """Return one that knows what all of at least one know; a single one is returned itself.

        Where two collections spell a word otherwise, the spelling of the first counts.
        """
        if len(restorers) == 1:
            return restorers[0]
        followers: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for each in restorers:
            for word, counts in each._own.items():
                followers[word].update(counts.by_word)
        return cls(
            {word: Counts.of(counted) for word, counted in followers.items()},
            dict(ChainMap(*(dict(each._spellings) for each in restorers))),
            NumberForms.together([each._number_forms for each in restorers]),
            Capitals.together([each._capitals for each in restorers]),
        )

    @classmethod
    def load(cls, folder: Path) -> Restorer:
        """Open what `save` wrote under `folder`."""
        saved = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        own = {word: Counts.of(each) for word, each in saved["followers"].items()}
        number_forms, capitals = NumberForms(saved["number_forms"]), Capitals(saved["capitals"])
        return cls(own, saved["spellings"], number_forms, capitals)

    def save(self, folder: Path) -> None:
        """Write what was learned under `folder`."""
        own = {word: dict(counts.by_word) for word, counts in self._own.items()}
        saved = {
            "followers": own,
            "spellings": dict(self._spellings),
            "number_forms": dict(self._number_forms.counts),
            "capitals": dict(self._capitals.written),
        }
        text = json.dumps(saved, ensure_ascii=False)
        (folder / _FILE).write_text(text, encoding="utf-8")

    def knows(self, word: str) -> bool:
        """Tell whether a lower-case word is written so in the collection or in general."""
        return word in self._own or word in general_words()

    def writes(self, word: str) -> bool:
        """Tell whether the collection writes a word so, in lower case as `counted_as` gives it."""
        return word in self._own

    def lower(self, question: str) -> str | None:
        """Return a question that is all in capitals in lower case, None for any other."""
        return self._capitals.lowered(question)

    def correct(self, question: str) -> str | None:
        """Return a Vietnamese question with its misspelled words corrected, None without any."""
        return self._misspellings.corrected(question)

    def in_own_numbers(self, question: str) -> str:
        """Return a Vietnamese question with its numbers in the forms that the collection has."""
        return self._number_forms.as_written(question)

    def restore(self, question: str, partly: bool = False) -> str | None:
        """Return a Vietnamese question with its diacritics, or None where nothing is missing.

        Args:
            question: In normal form C.
            partly: Whether words may lack their diacritics beside others that have them. Without
                it, where more than a third of the words have diacritics, the others are taken as
                typed: they are meant to have none.
        """
        words = ALPHABETIC.findall(question)
        marked = sum(fold(word) != word.casefold() for word in words)
        if not words or (marked > _WRITTEN_PROPERLY * len(words) and not partly):
            return None
        forms = iter(self._likeliest(TOKEN.findall(question)))
        restored = TOKEN.sub(lambda token: self._written(next(forms), token[0]), question)
        return None if restored == question else restored

    def _likeliest(self, tokens: list[str]) -> tuple[str, ...]:
        """Return the forms of the most probable path (Viterbi, 1967)."""
        paths = [self._path(0.0, (START,))]
        for token in tokens:
            paths = [self._extended(paths, form) for form in self._choices(token)]
        return max(paths, key=lambda path: path.weight).forms[1:]

    def _choices(self, token: str) -> tuple[_Form, ...]:
        word = counted_as(token)
        return self._forms.get(word) or (_Form(word, _UNKNOWN, 1.0),)

    def _extended(self, paths: list[_Path], form: _Form) -> _Path:
        weight, forms = max((path.weight_with(form), path.forms) for path in paths)
        return self._path(weight, (*forms, form.text))

    def _path(self, weight: float, forms: tuple[str, ...]) -> _Path:
        own = self._own.get(forms[-1], NOTHING)
        return _Path(weight, forms, own, general_followers(forms[-1]))

    def _written(self, form: str, typed: str) -> str:
        """Write `form` as the collection spells it, and in capitals where `typed` is."""
        if form == counted_as(typed):
            return typed
        spelled = self._spellings.get(form, form)
        if typed.isupper() and len(typed) > 1:
            return spelled.upper()
        return spelled.capitalize() if typed[0].isupper() else spelled


def _forms(own: Mapping[str, int]) -> dict[str, tuple[_Form, ...]]:
    """Gather each bare syllable's forms, in a collection's words and in general."""
    counts = Counts.of(own)
    general = general_words()
    found: defaultdict[str, list[_Form]] = defaultdict(list)
    for text in sorted({*own, *general}):
        if bare := _bare_syllable(text):
            probability = general.get(text, _UNKNOWN)
            here = counts.probability(text, probability, _OWN_DOUBT)
            found[bare].append(_Form(text, probability, sqrt(here / probability)))
    return {bare: tuple(forms) for bare, forms in found.items()}


@lru_cache(maxsize=1 << 13)  # the words in general are those of every collection
def _bare_syllable(word: str) -> str:
    """Return a word without its diacritics, empty where that is no Vietnamese syllable."""
    bare = fold(word)
    return bare if is_vietnamese_syllable(bare) else ""


def _words(own: Mapping[str, Counts]) -> dict[str, int]:
    """Return how often each word was met: as often as anything followed it."""
    return {word: counts.total for word, counts in own.items() if word.isalpha()}


def _spellings(texts: Iterable[str], words: Mapping[str, int]) -> dict[str, str]:
    """Map "hòa" to "hoà", and others, where that is how `texts` mostly spell it."""
    new: Counter[str] = Counter()
    for text in texts:
        found = filter(str.isalpha, ALPHABETIC.findall(text.lower()))  # "½" is no word
        new.update(word for word in found if counted_as(word) != word)
    return {counted_as(word): word for word, n in new.items() if 2 * n > words[counted_as(word)]}
