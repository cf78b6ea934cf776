"""How often Vietnamese syllables are written, and which one follows which.

The counts of texts of all kinds ship as `syllables.vi.txt.gz`, which
`python -m benchmarks.syllable_counts` makes. The counts of a collection are taken from its texts.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from retrieval.language.words import normal

START = ""  # stands before a phrase's first word and after its last
NUMBER = "0"
TOKEN = re.compile(r"[^\W\d_]+|\d+|[.!?…:;|/()\[\]\"“”\n]")

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # combining: grave, acute, tilde, hook above, dot below
_CLASSIC = {
    normal(first + second + tone): normal(first + tone + second)
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each word was met in one place, such as after "thời".

    `total` is the sum of all counts, `kinds` the number of different words.
    """

    total: int
    kinds: int
    by_word: Mapping[str, int]

    @classmethod
    def of(cls, by_word: Mapping[str, int]) -> Counts:
        """Add up what was met."""
        return cls(sum(by_word.values()), len(by_word), by_word)

    def probability(self, word: str, broader: float, doubt: float) -> float:
        """Return how probable `word` is in this place.

        Its share of the counts is mixed with its probability in general. The more kinds of words a
        place has had, the likelier is one that it has not had yet (Witten and Bell, "The
        Zero-Frequency Problem", 1991).

        Args:
            word: The word as `counted_as` gives it.
            broader: Its probability in more places than this one.
            doubt: The weight of `broader`; higher where the counts are few.
        """
        unseen = doubt * (self.kinds + 1)
        return (self.by_word.get(word, 0) + unseen * broader) / (self.total + unseen)


NOTHING = Counts(0, 0, {})


def counted_as(token: str) -> str:
    """Return what stands for a `TOKEN`: all numbers, and all marks that part phrases, are alike.

    A word is its lower case with the tone mark in the classic place: "Hoà" counts as "hòa".
    """
    if token.isalpha():
        return _classic(token.lower())
    return NUMBER if token.isdecimal() else START


def count_followers(texts: Iterable[str]) -> dict[str, Counts]:
    """Count what follows each word of `texts`, which are in normal form C."""
    known = lru_cache(maxsize=1 << 16)(counted_as)
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        pairs.update(pairwise((START, *map(known, TOKEN.findall(text)), START)))
    counts: dict[str, dict[str, int]] = {}
    for (first, second), count in sorted(pairs.items()):
        counts.setdefault(first, {})[second] = count
    return {first: Counts.of(each) for first, each in counts.items()}


@lru_cache(maxsize=4096)  # every word that is typed comes here, known or not
def general_followers(word: str) -> Counts:
    """Return what follows a syllable in texts of all kinds."""
    line = _lines().get(word)
    if line is None:
        return NOTHING
    total, kinds, *each = line.split(" ")
    words = (START if name == "-" else name for name in each[::2])
    return Counts(int(total), int(kinds), dict(zip(words, map(int, each[1::2]), strict=True)))


@cache
def general_words() -> Mapping[str, float]:
    """Return how probable each syllable is in texts of all kinds."""
    totals = {word: int(line.split(" ", 1)[0]) for word, line in _lines().items()}
    words = {word: total for word, total in totals.items() if word.isalpha()}
    size = sum(words.values())
    return {word: total / size for word, total in words.items()}


@cache
def _lines() -> Mapping[str, str]:
    """Return what the file says of each syllable; few of its lines are ever read further."""
    file = files("retrieval.language") / "syllables.vi.txt.gz"
    lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    split = (line.split(" ", 1) for line in lines)
    return {START if word == "-" else word: rest for word, rest in split}


def _classic(word: str) -> str:
    end = _CLASSIC.get(word[-2:])
    return word if end is None or word.startswith("q") else word[:-2] + end
