"""The figures of an evaluation, computed from answers and labels.

Ranking measures come from ir-measures, the AUROC from scikit-learn; the others are shares of
questions. A document's rank is that of its best passage. The confidence of an answer is the score
of its first hit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from sklearn.metrics import roc_auc_score

from retrieval.answers import Answer, Hit
from retrieval.documents import Span
from retrieval.evaluation.dataset import Dataset

_RANKING = {
    "recall@1": R @ 1,
    "recall@3": R @ 3,
    "recall@5": R @ 5,
    "MRR@10": RR @ 10,
    "nDCG@10": nDCG @ 10,
    "first hit relevant": Success @ 1,
}
_ANSWERED = 0.95  # the share of answerable questions at which refusals are compared


def ranking_figures(answers: Mapping[str, Answer], dataset: Dataset) -> dict[str, float]:
    """Return how well the relevant documents are ranked; `answers` has query ids as keys."""
    relevant = {query: dict.fromkeys(names, 1) for query, names in dataset.relevant.items()}
    run = {query: _document_scores(answer) for query, answer in answers.items()}
    found = ir_measures.calc_aggregate(list(_RANKING.values()), relevant, run)
    return {name: float(found[measure]) for name, measure in _RANKING.items()}


def highlight_figures(answers: Mapping[str, Answer], dataset: Dataset) -> dict[str, float]:
    """Return how often the highlighted sentence holds the answer.

    Only questions count whose answer has a labelled place; there must be at least one.
    """
    labelled = {query for query, _ in dataset.answers}
    first = [(query, hit) for query in labelled for hit in answers[query].hits[:1]]
    relevant = [(query, hit) for query, hit in first if _place(query, hit, dataset)]
    holding = [
        (query, hit)
        for query in labelled
        for hit in answers[query].hits
        if _holds(query, hit, hit.passage.span, dataset)
    ]
    right = [_holds(query, hit, hit.highlight, dataset) for query, hit in relevant]
    return {
        "first hit relevant and its bold sentence holds the answer": sum(right) / len(labelled),
        "bold sentence holds the answer, given a relevant first hit": share(right),
        "bold sentence holds the answer, given the passage that does": share(
            _holds(query, hit, hit.highlight, dataset) for query, hit in holding
        ),
    }


def refusal_figures(
    answerable: Sequence[Answer], unanswerable: Sequence[Answer]
) -> dict[str, float]:
    """Return how well answerable and unanswerable questions are told apart.

    The AUROC is the chance that the confidence of an answerable question is higher than that of
    an unanswerable one, where equal ones count half.
    """
    right, wrong = ([_confidence(one) for one in side] for side in (answerable, unanswerable))
    threshold = float(np.quantile(right, 1 - _ANSWERED))
    labels = [True] * len(right) + [False] * len(wrong)
    return {
        "unanswerable refused": share(not answer.answered for answer in unanswerable),
        "unanswerable refused where 95 % are answered": share(one < threshold for one in wrong),
        "AUROC of the confidence": float(roc_auc_score(labels, right + wrong)),
    }


def share(flags: Iterable[bool]) -> float:
    """Return the share of the flags that are true, 0 where there is none."""
    known = list(flags)
    return float(np.mean(known)) if known else 0.0


def _document_scores(answer: Answer) -> dict[str, float]:
    """Return each document's best score."""
    # The dict keeps the last value of a key, and the best hits come last here.
    return {hit.document.name: hit.score for hit in reversed(answer.hits)}


def _place(query: str, hit: Hit, dataset: Dataset) -> Span | None:
    """Return where in the hit's document the answer stands, if it is labelled there."""
    return dataset.answers.get((query, hit.document.name))


def _holds(query: str, hit: Hit, span: Span, dataset: Dataset) -> bool:
    """Tell whether the answer stands within `span` of the hit's document."""
    place = _place(query, hit, dataset)
    return place is not None and span.start <= place.start and place.end <= span.end


def _confidence(answer: Answer) -> float:
    return answer.hits[0].score if answer.hits else 0.0
