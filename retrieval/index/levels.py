"""How well everyday questions score on a collection: the level above which a score says something.

A question scores higher on any passage of its own language than on one of another, on any passage
of a narrow collection than of a wide one, and with one encoder than with another. Everyday
questions, which are about nothing in particular, show by how much; taken off, scores of different
languages can be compared, and 0 means: no better than what any question finds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FILE = "levels.json"


@dataclass(frozen=True)
class Level:
    """What everyday questions score on their best passages: at first, and with all evidence."""

    first: float = 0.0
    full: float = 0.0


@dataclass(frozen=True)
class Levels:
    """A level for each language of questions and language of passages."""

    known: Mapping[tuple[str, str], Level]

    @classmethod
    def load(cls, folder: Path) -> Levels:
        """Open what `save` wrote under `folder`."""
        rows = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls({(asked, read): Level(first, full) for asked, read, first, full in rows})

    def save(self, folder: Path) -> None:
        """Write the levels under `folder`."""
        rows = [[*pair, level.first, level.full] for pair, level in self.known.items()]
        (folder / _FILE).write_text(json.dumps(rows, indent=1), encoding="utf-8")

    def of(self, asked: str, read: str) -> Level:
        """Return the level for a question in `asked` and passages in `read`.

        A question in a language without everyday questions has the average of the others.
        """
        if (asked, read) in self.known:
            return self.known[asked, read]
        others = [level for (_, language), level in self.known.items() if language == read]
        if not others:
            return Level()
        return Level(
            first=float(np.mean([level.first for level in others])),
            full=float(np.mean([level.full for level in others])),
        )

    def first(self, asked: str, read: Sequence[str]) -> NDArray[np.float32]:
        """Return the levels of first scores for passages in the languages `read`, in order."""
        levels = {language: self.of(asked, language).first for language in set(read)}
        return np.array([levels[language] for language in read], dtype=np.float32)
