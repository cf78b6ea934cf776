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

from retrieval.cache import VectorCache
from retrieval.calibration import calibrated
from retrieval.dataset import Dataset
from retrieval.documents import Answer
from retrieval.embedder import Embedder
from retrieval.index import Index
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
    def run(cls, dataset: Dataset, encoder: Embedder, faiss_index: str = "") -> Evaluation:
        """Index the dataset's documents and ask all its questions, with progress bars."""
        retriever = _indexed(dataset, encoder, faiss_index)
        queries = {query: dataset.questions[query] for query in dataset.relevant}
        answers = dict(zip(queries, _ask(retriever, queries.values()), strict=True))
        refused = list(_ask(retriever, dataset.unanswerable))
        figures = _ranking(answers, dataset)
        if dataset.answers:
            figures |= _highlights(answers, dataset)
        figures["answerable answered"] = _share(answer.answered for answer in answers.values())
        if refused:
            figures["unanswerable refused"] = _share(not answer.answered for answer in refused)
            figures["AUROC of the confidence"] = _auroc(list(answers.values()), refused)
        return cls(len(answers), figures)


def _indexed(dataset: Dataset, encoder: Embedder, faiss_index: str) -> Retriever:
    """Index in memory; the vectors are kept, so that the next evaluation starts at once."""
    passages = [p for document in dataset.documents for p in passages_of(document)]
    kept = user_cache_path("trichdan", appauthor=False, ensure_exists=True) / "evaluation.sqlite"
    with closing(VectorCache.open(kept, encoder)) as cache:
        return Retriever(calibrated(Index.build(passages, cache, faiss_index), cache), encoder)


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
    first_right = [query for query in labelled if _first_is_relevant(query, answers, dataset)]
    bold_right = [query for query in first_right if _bold_holds(query, answers, dataset)]
    return {
        "first hit relevant and its bold sentence holds the answer": len(bold_right)
        / len(labelled),
        "bold sentence holds the answer, given a relevant first hit": (
            len(bold_right) / max(1, len(first_right))
        ),
    }


def _first_is_relevant(query: str, answers: dict[str, Answer], dataset: Dataset) -> bool:
    hits = answers[query].hits
    return bool(hits) and (query, hits[0].document.name) in dataset.answers


def _bold_holds(query: str, answers: dict[str, Answer], dataset: Dataset) -> bool:
    hit = answers[query].hits[0]
    place = dataset.answers[query, hit.document.name]
    return hit.highlight.start <= place.start and place.end <= hit.highlight.end


def _share(flags: Iterable[bool]) -> float:
    return float(np.mean(list(flags)))


def _auroc(answerable: Sequence[Answer], unanswerable: Sequence[Answer]) -> float:
    """Count the pairs in order, ties as half (Mann-Whitney U over the number of pairs)."""
    right, wrong = (np.array([_confidence(a) for a in side]) for side in (answerable, unanswerable))
    above = (right[:, np.newaxis] > wrong).mean()
    return float(above + (right[:, np.newaxis] == wrong).mean() / 2)


def _confidence(answer: Answer) -> float:
    return answer.hits[0].score if answer.hits else 0.0
