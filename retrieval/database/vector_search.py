"""The nearest passages and sentences in the database, and what is known of some passages.

Vectors are compared one after the other, or in a large generation by HNSW over 16 bits a dimension
(Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical
Navigable Small World graphs", TPAMI 2020). The evidence is always computed from all 32 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.database.conditions import Condition
from retrieval.database.passage_numbers import number_of, values_of
from retrieval.database.reader import Reader, Statement
from retrieval.encoding.encoder import Vectors
from retrieval.index.arrays import Ids


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a passage: cosines, and what some words weigh in it, by their numbers."""

    language: str
    dense: float
    sentences: Sequence[float]
    weights: dict[int, float]


@dataclass(frozen=True)
class VectorSearch:
    """A question's vector, written as pgvector reads it, and its length."""

    vector: str
    dimension: int

    @classmethod
    def of(cls, vector: Vectors) -> VectorSearch:
        """Write a vector of shape (dimension,) down to the last bit."""
        return cls(f"[{','.join(map(str, vector.tolist()))}]", len(vector))

    def statements(self, limit: int, among: Condition, *, approximate: bool) -> list[Statement]:
        """Return the searches for the passages and for the sentences that are nearest.

        Each row holds the document and the place of a passage.

        Args:
            limit: How many passages and sentences are returned.
            among: Which documents are searched.
            approximate: Whether HNSW finds the nearest vectors; else all are compared.
        """
        values = {"vector": self.vector, "limit": limit, **among.values}
        return [
            Statement(
                _NEAREST.replace("{table}", table)
                .replace("{place}", place)
                .replace("{where}", among.where)
                .replace("{order}", self._order(place, approximate=approximate)),
                values,
            )
            for table, place in (("passages", "place"), ("sentences", "passage"))
        ]

    def evidence(self, reader: Reader, numbers: Ids, words: list[int]) -> dict[int, Evidence]:
        """Return what is known of passages, ascending, without those that are no longer there.

        Args:
            reader: Reads the generation.
            numbers: The passages' numbers.
            words: The numbers of the question's words.
        """
        values = {"vector": self.vector, "words": words, **values_of(numbers)}
        passages, sentences = reader.read(
            Statement(_PASSAGES, values), Statement(_SENTENCES, values)
        )
        cosines: dict[int, list[float]] = {}
        for document, place, cosine in sentences:
            cosines.setdefault(number_of(document, place), []).append(cosine)
        return {
            number: Evidence(
                language, dense, cosines[number], dict(zip(held or (), weights or (), strict=True))
            )
            for document, place, language, dense, held, weights in passages
            if (number := number_of(document, place)) in cosines
        }

    def _order(self, place: str, *, approximate: bool) -> str:
        if approximate:  # as the index has it
            kind = f"halfvec({self.dimension})"
            return f"vector::{kind} <#> %(vector)s::vector::{kind}"
        return f"vector <#> %(vector)s::vector, document, {place}"


_NEAREST = """
SELECT document, {place} FROM {schema}.{table} {where} ORDER BY {order} LIMIT %(limit)s
"""
_PASSAGES = """
SELECT p.document, p.place, p.language, (-(p.vector <#> %(vector)s::vector))::real,
    held.words, held.weights
FROM unnest(%(documents)s::bigint[], %(places)s::int[]) AS found(document, place)
JOIN {schema}.passages p ON p.document = found.document AND p.place = found.place
CROSS JOIN LATERAL (
    SELECT array_agg(one.term) AS words, array_agg(one.weight) AS weights
    FROM unnest(p.terms, p.weights) AS one(term, weight)
    WHERE one.term = ANY(%(words)s::int[])
) AS held
ORDER BY p.document, p.place
"""
_SENTENCES = """
SELECT s.document, s.passage, (-(s.vector <#> %(vector)s::vector))::real
FROM unnest(%(documents)s::bigint[], %(places)s::int[]) AS found(document, place)
JOIN {schema}.sentences s ON s.document = found.document AND s.passage = found.place
ORDER BY s.document, s.passage, s.place
"""
