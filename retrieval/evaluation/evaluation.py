"""How well the retriever answers a labelled dataset, asked as the bot asks: `Retriever.ask`.

The figures themselves are computed in `retrieval.evaluation.measures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

from platformdirs import user_cache_path
from tqdm import tqdm

from retrieval.answers import Answer
from retrieval.collection.builder import IndexBuilder
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.evaluation.dataset import Dataset
from retrieval.evaluation.measures import (
    highlight_figures,
    ranking_figures,
    refusal_figures,
    share,
)
from retrieval.index.index import Index
from retrieval.passages import passages_of
from retrieval.retriever import Retriever

_DEPTH = 40  # hits for each question, so that ten documents are among them


@dataclass(frozen=True)
class Evaluation:
    """How many questions were asked, and each figure by its name, 0 to 1.

    A figure for which the dataset has no labels is absent.

    >>> from retrieval.documents import Document
    >>> from retrieval.encoding.loading import load_encoder
    >>> dataset = Dataset(
    ...     documents=(
    ...         Document("rice", "Rice is the staple food of Vietnam.", language="en"),
    ...         Document("rain", "The rainy season begins in May.", language="en"),
    ...     ),
    ...     questions={"q1": "What do people in Vietnam eat?", "q2": "When does it rain?"},
    ...     relevant={"q1": frozenset({"rice"}), "q2": frozenset({"rain"})},
    ...     answers={},
    ...     unanswerable=(),
    ... )
    >>> evaluation = Evaluation.run(dataset, load_encoder())
    >>> evaluation.questions, evaluation.figures["first hit relevant"]
    (2, 1.0)
    """

    questions: int
    figures: dict[str, float]

    @classmethod
    def run(cls, dataset: Dataset, encoder: Encoder, faiss_index: str = "") -> Evaluation:
        """Index the dataset's documents and ask all its questions, with progress bars.

        Args:
            dataset: Documents, questions and labels.
            encoder: What the documents and the questions are encoded with.
            faiss_index: An index string of FAISS; empty to choose by size.

        Raises:
            CollectionError: FAISS cannot index the passages by `faiss_index`.
        """
        retriever = Retriever(index_of(dataset, encoder, faiss_index), encoder)
        queries = {query: dataset.questions[query] for query in dataset.relevant}
        answers = dict(zip(queries, _ask(retriever, queries.values()), strict=True))
        figures = ranking_figures(answers, dataset)
        if dataset.answers:
            figures |= highlight_figures(answers, dataset)
        figures["answerable answered"] = share(answer.answered for answer in answers.values())
        if dataset.unanswerable:
            refused = list(_ask(retriever, dataset.unanswerable))
            figures |= refusal_figures(list(answers.values()), refused)
        return cls(len(answers), figures)


def index_of(dataset: Dataset, encoder: Encoder, faiss_index: str = "") -> Index:
    """Return an index of the dataset's documents, which is removed when the process ends.

    The vectors are kept in the user's cache folder, so that the next evaluation starts at once.
    """
    passages = [p for document in dataset.documents for p in passages_of(document)]
    kept = user_cache_path("trichdan", appauthor=False, ensure_exists=True) / "evaluation.sqlite"
    with closing(VectorCache.open(kept, encoder)) as cache:
        return IndexBuilder(cache, faiss_index).in_memory(passages)


def _ask(retriever: Retriever, questions: Iterable[str]) -> Iterator[Answer]:
    for question in tqdm(list(questions), desc="Asking", unit=" questions"):
        yield retriever.ask(question, limit=_DEPTH)
