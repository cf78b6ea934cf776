"""The candidates for a question: the passages that are worth scoring, and what speaks for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retrieval.index.arrays import Ids, Values
from retrieval.index.search import FoundPassages
from retrieval.ranking.query import Query
from retrieval.ranking.scoring import CandidateEvidence, met

_SEARCHED = 50  # passages or sentences that each search gives


@dataclass(frozen=True)
class Candidates:
    """Passages that a search has found, with the evidence for each of them."""

    found: FoundPassages
    evidence: CandidateEvidence

    @classmethod
    def find(cls, query: Query, language: str | None = None) -> Candidates | None:
        """Search for candidates, only those in `language` if it is given; None without any."""
        found = query.search.found(_SEARCHED, query.among, language)
        if found is None:
            return None
        evidence = CandidateEvidence(
            dense=found.dense,
            best_sentence=found.sentences.best(),
            coverage_squared=found.coverage**2,
            reference=_reference(query, found.numbers),
        )
        return cls(found, evidence)


def _reference(query: Query, numbers: Ids) -> Values:
    """Return how many of the question's references each passage is or names, -1 to 1."""
    if not query.references:  # the passages' words need not be read
        return np.zeros(len(numbers), dtype=np.float32)
    return met(query.references, query.search.words(numbers))
