"""The figures of one system on one slice, in the measures of `python -m retrieval evaluate`.

The same measures judge the rankings of this project, in `Evaluation`, and those of the other
libraries, here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.evaluation.dataset import Dataset
from retrieval.evaluation.judged_ranking import JudgedRanking, Measure, means

MEASURES: dict[str, Measure] = {
    "first hit relevant": lambda ranking: ranking.success(1),
    "recall@1": lambda ranking: ranking.recall(1),
    "recall@3": lambda ranking: ranking.recall(3),
    "MRR@10": lambda ranking: ranking.reciprocal_rank(10),
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
        judged = [
            JudgedRanking.of(rankings[query], relevant)
            for query, relevant in dataset.relevant.items()
        ]
        return cls(system, slice, means(MEASURES, judged))
