"""A question in capitals alone, written as others are.

An encoder reads a shout in capitals as names. So the words are written as the collection mostly
writes them: "AMMTC" and "Hà" with their capitals, "họp" without.
"""

from __future__ import annotations

import re
from collections import ChainMap, Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.language.syllables import counted_as, general_words
from retrieval.language.words import ALPHABETIC, fold

_FEWEST = 3  # words, unless one of two is a common one
_END = re.compile(r"[.!?…:;\n]+")
_UNSPOKEN = re.compile(r"[^aeiouy]+")  # "TP" is an acronym, whoever writes it


@dataclass(frozen=True, slots=True)
class Capitals:
    """The words that a collection mostly writes with a capital, in lower case, and how."""

    written: Mapping[str, str]

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Capitals:
        """Count how words are written within sentences that are not all in capitals."""
        forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for sentence in (each for text in texts for each in _END.split(text)):
            if not sentence.isupper():
                for word in ALPHABETIC.findall(sentence)[1:]:  # the first has one in any case
                    forms[counted_as(word)][word] += 1
        mostly = {word: max(sorted(each), key=each.__getitem__) for word, each in forms.items()}
        return cls({word: form for word, form in sorted(mostly.items()) if not form.islower()})

    @classmethod
    def together(cls, capitals: Sequence[Capitals]) -> Capitals:
        """Return the words of all; of a word that two write otherwise, the first counts."""
        return cls(dict(ChainMap(*(dict(each.written) for each in capitals))))

    def lowered(self, question: str) -> str | None:
        """Return a question in normal form C that is all in capitals in lower case.

        The first letter and what the collection writes with capitals keep theirs. None for any
        other question, and for a name or two: "AMMTC 15".
        """
        words = ALPHABETIC.findall(question)
        if len(words) < 2 or not all(word.isupper() for word in words):
            return None
        if len(words) < _FEWEST and not any(_is_common(word.lower()) for word in words):
            return None
        lower = ALPHABETIC.sub(lambda word: self._lowered(word[0]), question)
        first = next(ALPHABETIC.finditer(lower)).start()
        return lower[:first] + lower[first].upper() + lower[first + 1 :]

    def _lowered(self, word: str) -> str:
        if word.isascii() and _UNSPOKEN.fullmatch(word.lower()):
            return word
        return self.written.get(counted_as(word), word.lower())


def _is_common(word: str) -> bool:
    return counted_as(word) in general_words() or fold(word) in general_words()
