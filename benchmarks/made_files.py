"""Sentences that are made up of real ones, for files that benchmarks make by the thousand."""

from __future__ import annotations

import random

from benchmarks.composed import DATA
from retrieval.evaluation.dataset import Dataset
from retrieval.sentences import sentences_of

_PARTS = 3


class MadeSentences:
    """Joins the first third of a real sentence, the second of another and the last of a third."""

    def __init__(self, chance: random.Random) -> None:
        """Read the real sentences; `chance` chooses among them."""
        self._chance = chance
        self._real: dict[str, list[list[str]]] = {}
        for document in Dataset.load(DATA).documents:
            own = self._real.setdefault(document.language, [])
            own += [span.of(document.text).split() for span in sentences_of(document)]

    def paragraph(self, language: str, sentences: int) -> str:
        """Return so many sentences in "vi" or "en", hardly two of which are ever equal."""
        return " ".join(self._sentence(language) for _ in range(sentences))

    def _sentence(self, language: str) -> str:
        chosen = enumerate(self._chance.choices(self._real[language], k=_PARTS))
        words = [
            word
            for place, one in chosen
            for word in one[len(one) * place // _PARTS : len(one) * (place + 1) // _PARTS]
        ]
        text = " ".join(words).rstrip(".,;")
        return f"{text[:1].upper()}{text[1:]}."
