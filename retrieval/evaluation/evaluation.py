"""How well the retriever answers a labelled dataset: the same `Retriever.ask` as in the bot.

A document's rank is that of its best passage. Ranking metrics come from ir-measures; the others
are shares of questions, and the AUROC is that of the first hit's score as a confidence: the
chance that an answerable question's is higher than an unanswerable one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from platformdirs import user_cache_path
from tqdm import tqdm

from retrieval.answers import Answer, Hit
from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Span
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.evaluation.dataset import Dataset
from retrieval.index.index import Index
from retrieval.passages import passages_of
from retrieval.retriever import Retriever

_RANKING = {
    "recall@1": R @ 1,
    "recall@3": R @ 3,
    "recall@5": R @ 5,
    "MRR@10": RR @ 10,
    "nDCG@10": nDCG @ 10,
    "first hit relevant": Success @ 1,
}
_DEPTH = 40  # passages asked for, so that ten documents are among them


@dataclass(frozen=True)
class Evaluation:
    """Each figure by its name, 0 to 1; a figure the dataset has no labels for is absent."""

    questions: int
    figures: dict[str, float]

    @classmethod
    def run(cls, dataset: Dataset, encoder: Encoder, faiss_index: str = "") -> Evaluation:
        """Index the dataset's documents and ask all its questions, with progress bars."""
        retriever = Retriever(index_of(dataset, encoder, faiss_index), encoder)
        queries = {query: dataset.questions[query] for query in dataset.relevant}
        answers = dict(zip(queries, _ask(retriever, queries.values()), strict=True))
        refused = list(_ask(retriever, dataset.unanswerable))
        figures = _ranking(answers, dataset)
        if dataset.answers:
            figures |= _highlights(answers, dataset)
        figures["answerable answered"] = _share(answer.answered for answer in answers.values())
        if refused:
            figures["unanswerable refused"] = _share(not answer.answered for answer in refused)
            figures["unanswerable refused where 95 % are answered"] = _refused_at(
                0.95, list(answers.values()), refused
            )
            figures["AUROC of the confidence"] = _auroc(list(answers.values()), refused)
        return cls(len(answers), figures)


def index_of(dataset: Dataset, encoder: Encoder, faiss_index: str = "") -> Index:
    """Index in memory; the vectors are kept, so that the next evaluation starts at once."""
    passages = [p for document in dataset.documents for p in passages_of(document)]
    kept = user_cache_path("trichdan", appauthor=False, ensure_exists=True) / "evaluation.sqlite"
    with closing(VectorCache.open(kept, encoder)) as cache:
        return IndexBuilder(cache, faiss_index).in_memory(passages)


def _ask(retriever: Retriever, questions: Iterable[str]) -> Iterable[Answer]:
    for question in tqdm(list(questions), desc="Asking", unit=" questions"):
        yield retriever.ask(question, limit=_DEPTH)


def _ranking(answers: dict[str, Answer], dataset: Dataset) -> dict[str, float]:
    relevant = {query: dict.fromkeys(names, 1) for query, names in dataset.relevant.items()}
    run = {query: _document_scores(answer) for query, answer in answers.items()}
    found = ir_measures.calc_aggregate(list(_RANKING.values()), relevant, run)
    return {name: float(found[measure]) for name, measure in _RANKING.items()}


def _document_scores(answer: Answer) -> dict[str, float]:
    """Return each document's best score: hits come best first, so the first one stays."""
    return {hit.document.name: hit.score for hit in reversed(answer.hits)}


def _highlights(answers: dict[str, Answer], dataset: Dataset) -> dict[str, float]:
    """Take the questions whose answer's place is known, and whether the bold sentence holds it."""
    labelled = {query for query, _ in dataset.answers}
    first = [(query, hit) for query in labelled for hit in answers[query].hits[:1]]
    first = [(query, hit) for query, hit in first if (query, hit.document.name) in dataset.answers]
    holding = [
        (query, hit)
        for query in labelled
        for hit in answers[query].hits
        if _holds(query, hit, hit.passage.span, dataset)
    ]
    bold_in_first = [_holds(query, hit, hit.highlight, dataset) for query, hit in first]
    return {
        "first hit relevant and its bold sentence holds the answer": (
            sum(bold_in_first) / len(labelled)
        ),
        "bold sentence holds the answer, given a relevant first hit": _share(bold_in_first),
        "bold sentence holds the answer, given the passage that does": _share(
            _holds(query, hit, hit.highlight, dataset) for query, hit in holding
        ),
    }


def _holds(query: str, hit: Hit, span: Span, dataset: Dataset) -> bool:
    """Tell whether the answer stands within `span` of the hit's document."""
    place = dataset.answers.get((query, hit.document.name))
    return place is not None and span.start <= place.start and place.end <= span.end


def _share(flags: Iterable[bool]) -> float:
    known = list(flags)
    return float(np.mean(known)) if known else 0.0


def _refused_at(
    answered: float, answerable: Sequence[Answer], unanswerable: Sequence[Answer]
) -> float:
    """Return the share refused by the confidence that this share of the answerable reaches."""
    threshold = np.quantile([_confidence(answer) for answer in answerable], 1 - answered)
    return _share(_confidence(answer) < threshold for answer in unanswerable)


def _auroc(answerable: Sequence[Answer], unanswerable: Sequence[Answer]) -> float:
    """Count the pairs in order, ties as half (Mann-Whitney U over the number of pairs)."""
    right, wrong = (np.array([_confidence(a) for a in side]) for side in (answerable, unanswerable))
    above = (right[:, np.newaxis] > wrong).mean()
    return float(above + (right[:, np.newaxis] == wrong).mean() / 2)


def _confidence(answer: Answer) -> float:
    return answer.hits[0].score if answer.hits else 0.0
