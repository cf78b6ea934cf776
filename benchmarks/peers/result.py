"""The figures of one system on one slice, in the measures of `python -m retrieval evaluate`.

ir-measures computes all of them from rankings: the figures of this project in `Evaluation`, those
of the other libraries here, with the same measures under the same names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
from ir_measures import RR, R, Success

from retrieval.evaluation.dataset import Dataset

MEASURES = {
    "first hit relevant": Success @ 1,
    "recall@1": R @ 1,
    "recall@3": R @ 3,
    "MRR@10": RR @ 10,
}


@dataclass(frozen=True)
class Result:
    """A system's figures on a slice, each from 0 to 1, by the names in `MEASURES`."""

    system: str
    slice: str
    figures: Mapping[str, float]

    @classmethod
    def of_rankings(
        cls, system: str, slice: str, dataset: Dataset, rankings: Mapping[str, Sequence[str]]
    ) -> Result:
        """Score a system by the names of the documents found for each question, best first."""
        relevant = {query: dict.fromkeys(names, 1) for query, names in dataset.relevant.items()}
        run = {query: _falling_scores(names) for query, names in rankings.items()}
        found = ir_measures.calc_aggregate(list(MEASURES.values()), relevant, run)
        return cls(system, slice, {name: float(found[m]) for name, m in MEASURES.items()})


def _falling_scores(names: Sequence[str]) -> dict[str, float]:
    return {name: 1 / rank for rank, name in enumerate(names, start=1)}
