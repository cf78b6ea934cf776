"""Vietnamese typed without diacritics, written with them: "hop o dau" becomes "họp ở đâu".

Each bare syllable has a few forms with diacritics. The most probable way through them is found by
Viterbi's algorithm: a form weighs by how often the collection uses it and by its probability in
the vocabulary of multilingual-e5-small (250,000 pieces learned from a hundred languages), and two
neighbours by how often the collection, or a list of everyday questions, has them side by side.
Words that are no bare Vietnamese syllable (AMMTC, Rollo, "Bộ") stay as they were typed.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, log
from pathlib import Path

from retrieval.encoding.bundled_model.files import vocabulary
from retrieval.language.detection import is_vietnamese_syllable
from retrieval.language.everyday_questions import everyday_questions
from retrieval.language.words import fold, normal

_WORD = re.compile(r"[^\W\d_]+")
_FILE = "diacritics.json"
_WORD_START = "▁"

# Fitted on xquad-dev: of its syllables without diacritics, 96.5 % come back right.
_COLLECTION, _PAIR = 3.0, 100.0
_SMOOTHING, _LEAST = 1000, 1e-9
_WRITTEN_PROPERLY = 1 / 3


@dataclass(frozen=True, slots=True)
class Form:
    """A syllable with its diacritics and the logarithm of its probability."""

    text: str
    weight: float


class Restorer:
    """Puts diacritics back; learned from a collection, saved with its index."""

    def __init__(self, forms: Mapping[str, tuple[Form, ...]], pairs: Mapping[str, int]) -> None:
        """Store each bare syllable's forms, and how often "one two" stand side by side."""
        self._forms = forms
        self._pairs = pairs

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Restorer:
        """Count the words and neighbours of Vietnamese `texts`."""
        words: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for text in (*texts, *everyday_questions("vi")):
            read = _WORD.findall(normal(text).lower())
            words.update(read)
            pairs.update(f"{first} {second}" for first, second in pairwise(read))
        return cls(_forms(words), {pair: pairs[pair] for pair in sorted(pairs)})

    @classmethod
    def load(cls, folder: Path) -> Restorer:
        """Open what `save` wrote under `folder`."""
        saved = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        forms = {bare: tuple(Form(*form) for form in forms) for bare, forms in saved["forms"]}
        return cls(forms, saved["pairs"])

    def save(self, folder: Path) -> None:
        """Write what was learned under `folder`."""
        forms = [[bare, [[f.text, f.weight] for f in fs]] for bare, fs in self._forms.items()]
        text = json.dumps({"forms": forms, "pairs": self._pairs}, ensure_ascii=False)
        (folder / _FILE).write_text(text, encoding="utf-8")

    def restore(self, question: str) -> str | None:
        """Return a Vietnamese question with its diacritics, or None where nothing is missing.

        `question` is in normal form C. Where a good part of its words have diacritics, the
        others are meant to have none.
        """
        words = list(_WORD.finditer(question))
        marked = sum(fold(word[0]) != word[0].casefold() for word in words)
        if not words or marked > _WRITTEN_PROPERLY * len(words):
            return None
        likeliest = self._likeliest([word[0] for word in words])
        restored = question
        for word, form in reversed(list(zip(words, likeliest, strict=True))):
            restored = restored[: word.start()] + _cased(form, word[0]) + restored[word.end() :]
        return None if restored == question else restored

    def _likeliest(self, words: list[str]) -> list[str]:
        """Return the forms of the most probable path (Viterbi, 1967)."""
        paths: list[tuple[float, tuple[str, ...]]] = [(0.0, ("",))]
        for word in words:
            paths = [self._extended(paths, form) for form in self._choices(word)]
        return list(max(paths)[1][1:])

    def _choices(self, word: str) -> tuple[Form, ...]:
        bare = word.casefold()
        return self._forms.get(bare) or (Form(bare, 0.0),)

    def _extended(
        self, paths: list[tuple[float, tuple[str, ...]]], form: Form
    ) -> tuple[float, tuple[str, ...]]:
        weight, path = max((w + self._bond(p[-1], form.text), p) for w, p in paths)
        return weight + form.weight, (*path, form.text)

    def _bond(self, first: str, second: str) -> float:
        return log(1 + _PAIR * self._pairs.get(f"{first} {second}", 0))


def _forms(words: Counter[str]) -> dict[str, tuple[Form, ...]]:
    """Gather each bare syllable's forms from the collection's words and the vocabulary."""
    general = _general_syllables()
    size = words.total() + _SMOOTHING
    found: defaultdict[str, list[Form]] = defaultdict(list)
    for text in sorted({*words, *general}):
        bare = fold(text)
        if is_vietnamese_syllable(bare):
            own = _COLLECTION * words[text] / size
            found[bare].append(Form(text, log(own + general.get(text, 0.0) + _LEAST)))
    return {bare: tuple(forms) for bare, forms in found.items()}


@cache  # most of a second: the vocabulary has a quarter of a million pieces, and never changes
def _general_syllables() -> Mapping[str, float]:
    """Return the probabilities of the encoder's pieces that may be Vietnamese syllables."""
    words = {
        piece.removeprefix(_WORD_START): weight
        for piece, weight in vocabulary()
        if piece.startswith(_WORD_START)
    }
    return {w: exp(weight) for w, weight in words.items() if is_vietnamese_syllable(fold(w))}


def _cased(form: str, typed: str) -> str:
    """Write `form` in capitals where `typed` is."""
    if typed.isupper() and len(typed) > 1:
        return form.upper()
    return form.capitalize() if typed[0].isupper() else form
