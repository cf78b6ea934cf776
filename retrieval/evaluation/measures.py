"""The figures of an evaluation, computed from answers and labels.

A document's score is that of its best passage. The AUROC comes from scikit-learn. The confidence of
an answer is the score of its first hit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sklearn.metrics import roc_auc_score

from retrieval.answers import Answer, Hit
from retrieval.documents import Span
from retrieval.evaluation.dataset import Dataset
from retrieval.evaluation.judged_ranking import JudgedRanking, Measure, means

_RANKING: dict[str, Measure] = {
    "recall@1": lambda ranking: ranking.recall(1),
    "recall@3": lambda ranking: ranking.recall(3),
    "recall@5": lambda ranking: ranking.recall(5),
    "MRR@10": lambda ranking: ranking.reciprocal_rank(10),
    "nDCG@10": lambda ranking: ranking.ndcg(10),
    "first hit relevant": lambda ranking: ranking.success(1),
}
_ANSWERED = 0.95  # the share of answerable questions at which refusals are compared


def ranking_figures(answers: Mapping[str, Answer], dataset: Dataset) -> dict[str, float]:
    """Return how well the relevant documents are ranked; `answers` has query ids as keys."""
    judged = [
        JudgedRanking.of(_ranked_documents(answers[query]), relevant)
        for query, relevant in dataset.relevant.items()
    ]
    return means(_RANKING, judged)


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


def _ranked_documents(answer: Answer) -> list[str]:
    """Return the names of the documents found, highest score first, equal ones as trec_eval does.

    Hits do not stand in the order of their scores where one makes room for another language.
    """
    # The dict keeps the last value of a key, and the best hits come last here.
    scores = {hit.document.name: hit.score for hit in reversed(answer.hits)}
    return sorted(scores, key=lambda name: (scores[name], name), reverse=True)


def _place(query: str, hit: Hit, dataset: Dataset) -> Span | None:
    """Return where in the hit's document the answer stands, if it is labelled there."""
    return dataset.answers.get((query, hit.document.name))


def _holds(query: str, hit: Hit, span: Span, dataset: Dataset) -> bool:
    """Tell whether the answer stands within `span` of the hit's document."""
    place = _place(query, hit, dataset)
    return place is not None and span.start <= place.start and place.end <= span.end


def _confidence(answer: Answer) -> float:
    return answer.hits[0].score if answer.hits else 0.0
