"""The words of a generation: their numbers, and how many passages held them when they came.

A word that comes later gets the next number, and the frequency that it has among the documents it
comes with. Both stay, so that no other passage's weights change. A word that no passage holds any
more keeps its row, with 0 as its largest weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, cast, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Integer, Text

from retrieval.database.schema import POSTINGS, TERMS


@dataclass(frozen=True)
class Term:
    """A word's number, and how many of the counted passages hold it."""

    number: int
    frequency: int


@dataclass(frozen=True)
class Vocabulary:
    """Some words of a generation; those of `new` have no row yet."""

    terms: Mapping[str, Term]
    new: frozenset[str]

    @classmethod
    def of(cls, connection: Connection, passages: Sequence[Counter[str]]) -> Vocabulary:
        """Return the words of some passages, with numbers for those that are new."""
        held = Counter(word for words in passages for word in words)
        rows = connection.execute(
            select(TERMS).where(TERMS.c.word == func.any(cast(sorted(held), ARRAY(Text))))
        )
        known = {row.word: Term(row.term, row.frequency) for row in rows}
        highest = connection.execute(select(func.coalesce(func.max(TERMS.c.term), -1))).scalar_one()
        new = sorted(held.keys() - known.keys())
        numbered = {word: Term(highest + 1 + i, held[word]) for i, word in enumerate(new)}
        return cls({**known, **numbered}, frozenset(new))

    @property
    def frequencies(self) -> dict[str, int]:
        """How many of the counted passages hold each word."""
        return {word: term.frequency for word, term in self.terms.items()}


def raise_most(connection: Connection, most: Mapping[int, float]) -> None:
    """Make sure that the largest weights of terms are at least as high as these."""
    raised = (
        update(TERMS)
        .where(TERMS.c.term == bindparam("number"))
        .values(most=func.greatest(TERMS.c.most, bindparam("weight")))
    )
    if most:
        values = [{"number": number, "weight": weight} for number, weight in most.items()]
        connection.execute(raised, values)


def forget_unheld(connection: Connection, terms: Iterable[int]) -> None:
    """Mark those of some terms that no passage holds any more."""
    asked = set(terms)
    among = cast(sorted(asked), ARRAY(Integer))
    held = select(POSTINGS.c.term).where(POSTINGS.c.term == func.any(among)).distinct()
    unheld = asked - set(connection.execute(held).scalars())
    if unheld:
        of_unheld = TERMS.c.term == func.any(cast(sorted(unheld), ARRAY(Integer)))
        connection.execute(update(TERMS).where(of_unheld).values(most=0))
