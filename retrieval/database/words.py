"""The words of a generation that questions ask for, remembered once they were looked up."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from threading import Lock

from retrieval.database.reader import Reader, Statement
from retrieval.index.lexical import idf, words_of

_REMEMBERED = 20_000  # words, those that no passage holds among them


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word with its number.

    `frequency` is the number of passages that its weights count with, `most` its largest weight in
    any passage, 0 where no passage holds it.
    """

    number: int
    frequency: int
    most: float


class KnownWords:
    """The words of a generation; may be asked from several threads at once."""

    def __init__(self, reader: Reader, passages: int) -> None:
        """Store what reads the generation, and with how many passages its weights count."""
        self._reader = reader
        self._passages = passages
        self._found: OrderedDict[str, KnownWord | None] = OrderedDict()
        self._lock = Lock()

    def of(self, words: Iterable[str]) -> dict[str, KnownWord]:
        """Return those of some words that the generation has, in their order."""
        asked = list(dict.fromkeys(words))
        with self._lock:
            found = {word: self._found[word] for word in asked if word in self._found}
        found |= self._read([word for word in asked if word not in found])
        return {word: known for word in asked if (known := found[word])}

    def weights(self, question: str) -> dict[str, float]:
        """Return each distinct word of the question with its inverse document frequency."""
        words = words_of(question)
        known = self.of(words)
        frequencies = {word: known[word].frequency if word in known else 0 for word in words}
        return {word: idf(self._passages, one) for word, one in frequencies.items()}

    def holds_any(self, words: Iterable[str]) -> bool:
        """Tell whether any passage holds any of some words."""
        return any(word.most for word in self.of(words).values())

    def _read(self, words: Collection[str]) -> dict[str, KnownWord | None]:
        """Look words up in the database and remember what is found."""
        if not words:
            return {}
        # A word with a NUL stands in no table, and the server takes none.
        values = {"words": [word for word in words if "\0" not in word]}
        (rows,) = self._reader.read(Statement(_LOOKED_UP, values))
        found: dict[str, KnownWord | None] = dict.fromkeys(words)
        found |= {word: KnownWord(*row) for word, *row in rows}
        with self._lock:
            self._found |= found
            while len(self._found) > _REMEMBERED:
                self._found.popitem(last=False)
        return found


_LOOKED_UP = """
SELECT word, term, frequency, most FROM {schema}.terms WHERE word = ANY(%(words)s::text[])
"""
