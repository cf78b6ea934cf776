"""A word with a missing or wrong mark, corrected where its neighbours tell which word is meant.

"Chửa cháy" is "chữa cháy", and "bến gổ" is "bến gỗ". A word is corrected only where the collection
never writes it, and where another that is one edit away stands beside the same neighbour. One edit
is another tone, a tone or mark that is missing, or, for a word that nobody writes, an initial that
sounds alike ("trủ", "chủ"). A mark that was typed is never taken off, so "Tơi" is not "tội".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from retrieval.language.syllables import (
    NOTHING,
    START,
    TOKEN,
    Counts,
    counted_as,
    general_followers,
    general_words,
)
from retrieval.language.tones import TONES, toneless, with_tone
from retrieval.language.words import fold

_MARKS = {"a": "âă", "e": "ê", "o": "ôơ", "u": "ư", "d": "đ"}
_PASSES = 2  # a word that is corrected tells what its neighbour is
_RARE = 0.05  # a pair that is so much rarer than another is a misspelling that others make as well
_OFTEN = 10  # of a pair in general, where the collection has none
_ALIKE = (("ch", "tr"), ("x", "s"), ("d", "r"), ("d", "gi"), ("r", "gi"), ("l", "n"))


@dataclass(frozen=True, slots=True)
class _Place:
    """A word between its neighbours, as they are counted."""

    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class Misspellings:
    """Corrects questions by what follows each word of a collection, and in general."""

    own: Mapping[str, Counts]

    def corrected(self, question: str) -> str | None:
        """Return a Vietnamese question in normal form C with its words corrected.

        None where no word is corrected.
        """
        corrected = question
        for _ in range(_PASSES):
            corrected = self._corrected_once(corrected)
        return None if corrected == question else corrected

    def _corrected_once(self, question: str) -> str:
        typed = ["", *TOKEN.findall(question), ""]
        words = [START, *map(counted_as, typed[1:-1]), START]
        meant = iter([self._meant(words, typed, at) for at in range(1, len(words) - 1)])
        return TOKEN.sub(lambda token: _as_typed(next(meant), token[0]), question)

    def _meant(self, words: list[str], typed: list[str], at: int) -> str:
        """Return what is meant by a word: mostly itself."""
        place = _Place(words[at - 1], words[at], words[at + 1])
        if not place.word.isalpha() or place.word in self.own or _is_name_alone(typed, at):
            return place.word
        is_known = place.word in general_words()
        variants = [(self._evidence(place, one), one) for one in _variants(place.word, is_known)]
        (own, general), chosen = max(variants, default=((0, 0), place.word))
        if is_known and self._evidence(place, place.word)[1] > _RARE * general:
            return place.word
        return chosen if own or (general >= _OFTEN and not is_known) else place.word

    def _evidence(self, place: _Place, word: str) -> tuple[int, int]:
        """Return how often a word stands in such a place, in the collection and in general."""
        own = self._support(place, word, lambda one: self.own.get(one, NOTHING))
        return own, self._support(place, word, general_followers)

    def _support(self, place: _Place, word: str, followers: Callable[[str], Counts]) -> int:
        """Return how often a word stands beside the neighbours that it has at a place."""
        count = 0
        if place.before != START:
            count += followers(place.before).by_word.get(word, 0)
        if place.after != START:
            count += followers(word).by_word.get(place.after, 0)
        return count


def _is_name_alone(typed: list[str], at: int) -> bool:
    """Tell whether a word has a capital and no neighbour has: then nothing tells a name's marks."""
    return typed[at][:1].isupper() and not any(
        typed[near][:1].isupper() for near in (at - 1, at + 1)
    )


def _variants(word: str, is_known: bool) -> Iterator[str]:
    """Yield the words that are one edit away; of a word without marks, all with its letters."""
    bare = toneless(word)
    tone = next((one for one in TONES if with_tone(bare, one) == word), "")
    marked = list(_with_a_mark(bare))
    is_plain = fold(word) == word
    for spelled in [bare, *marked] if is_plain else [bare]:
        yield from (with_tone(spelled, other) for other in TONES if other not in ("", tone))
    yield from (with_tone(spelled, tone) for spelled in marked)
    if not is_known and not is_plain:
        yield from (with_tone(spelled, tone) for spelled in _sounding_alike(bare))


def _with_a_mark(bare: str) -> Iterator[str]:
    """Yield a word without a tone with one mark more than it has."""
    for place, letter in enumerate(bare):
        for marked in _MARKS.get(letter, ""):
            yield bare[:place] + marked + bare[place + 1 :]
    if "uo" in bare:
        yield bare.replace("uo", "ươ")


def _sounding_alike(bare: str) -> Iterator[str]:
    for pair in _ALIKE:
        for one, other in (pair, pair[::-1]):
            if bare.startswith(one):
                yield other + bare[len(one) :]


def _as_typed(word: str, typed: str) -> str:
    """Write a word with the capitals of what was typed."""
    if word == counted_as(typed):
        return typed
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word.capitalize() if typed[0].isupper() else word
