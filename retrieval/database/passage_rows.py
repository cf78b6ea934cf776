"""Some passages of a generation as its rows tell of them: where they stand, and their tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.database.passage_numbers import number_of, numbers_of, values_of
from retrieval.database.reader import Reader, Statement
from retrieval.documents import Document, Passage, Span
from retrieval.index.arrays import Ids
from retrieval.index.search import CoveredPassages


@dataclass(frozen=True, slots=True)
class PassageRow:
    """Where a passage and its sentences stand, and what is known of its document.

    `group` names the documents that are the same report, None where there is no other. `tokens`
    are the bytes of its rows of tokens, empty where they were not asked for.
    """

    span: Span
    sentences: Sequence[Span]
    first_day: int
    group: int | None
    tokens: bytes

    def of(self, document: Document) -> Passage:
        """Return the passage of its document."""
        return Passage(document, self.span, tuple(self.sentences))


def read_rows(reader: Reader, numbers: Ids, *, tokens: bool) -> dict[int, PassageRow]:
    """Return the rows of those passages that are still there, by their numbers."""
    values = {"tokens": tokens, **values_of(numbers)}
    passages, sentences = reader.read(Statement(_PASSAGES, values), Statement(_SENTENCES, values))
    spans: dict[int, list[Span]] = {}
    for document, place, *span in sentences:
        spans.setdefault(number_of(document, place), []).append(Span(*span))
    return {
        number: PassageRow(Span(start, end), spans[number], first_day, group, kept or b"")
        for document, place, start, end, first_day, group, kept in passages
        if (number := number_of(document, place)) in spans
    }


def read_texts(reader: Reader, numbers: Ids) -> CoveredPassages:
    """Return what those passages that are still there are found by."""
    (rows,) = reader.read(Statement(_TEXTS, values_of(numbers)))
    return CoveredPassages(
        numbers_of(row[:2] for row in rows), [row[2] for row in rows], [row[3] for row in rows]
    )


_TEXTS = """
SELECT p.document, p.place, p.language, p.searched
FROM unnest(%(documents)s::bigint[], %(places)s::int[]) AS found(document, place)
JOIN {schema}.passages p ON p.document = found.document AND p.place = found.place
"""
_PASSAGES = """
SELECT p.document, p.place, p.start, p."end", d.first_day, d.duplicates,
    CASE WHEN %(tokens)s::bool THEN p.tokens END
FROM unnest(%(documents)s::bigint[], %(places)s::int[]) AS found(document, place)
JOIN {schema}.passages p ON p.document = found.document AND p.place = found.place
JOIN {schema}.documents d ON d.document = p.document
"""
_SENTENCES = """
SELECT s.document, s.passage, s.start, s."end"
FROM unnest(%(documents)s::bigint[], %(places)s::int[]) AS found(document, place)
JOIN {schema}.sentences s ON s.document = found.document AND s.passage = found.place
ORDER BY s.document, s.passage, s.place
"""
