"""How well the retriever answers a labelled dataset, asked as the bot asks: `Retriever.ask`.

The figures themselves are computed in `retrieval.evaluation.measures`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from retrieval.answers import Answer
from retrieval.collection.builder import IndexBuilder
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.errors import CollectionError
from retrieval.evaluation.dataset import Dataset
from retrieval.evaluation.measures import (
    highlight_figures,
    ranking_figures,
    refusal_figures,
    share,
)
from retrieval.index.index import Index
from retrieval.passages import passages_of
from retrieval.reranking.reranker import Reranker
from retrieval.retriever import Retriever
from retrieval.storage import cache_folder

_DEPTH = 40  # hits for each question, so that ten documents are among them


@dataclass(frozen=True)
class Evaluation:
    """How many questions were asked, and each figure by its name, 0 to 1.

    A figure for which the dataset has no labels is absent.

    >>> from tempfile import TemporaryDirectory
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
    >>> with TemporaryDirectory() as folder:
    ...     evaluation = Evaluation.run(dataset, load_encoder(), cache=Path(folder))
    >>> evaluation.questions, evaluation.figures["first hit relevant"]
    (2, 1.0)
    """

    questions: int
    figures: dict[str, float]

    @classmethod
    def run(
        cls,
        dataset: Dataset,
        encoder: Encoder,
        faiss_index: str = "",
        cache: Path | None = None,
        reranker: Reranker | None = None,
    ) -> Evaluation:
        """Index the dataset's documents and ask all its questions, with progress bars.

        Args:
            dataset: Documents, questions and labels.
            encoder: What the documents and the questions are encoded with.
            faiss_index: An index string of FAISS; empty to choose by size.
            cache: Where the vectors are kept, as `index_of` takes it.
            reranker: What reads the best candidates, if anything.

        Raises:
            CollectionError: As `index_of` does.
        """
        index = index_of(dataset, encoder, faiss_index, cache, reranker)
        retriever = Retriever(index, encoder, reranker=reranker)
        queries = {query: dataset.questions[query] for query in dataset.relevant}
        answers = dict(zip(queries, _ask(retriever, queries.values()), strict=True))
        figures = ranking_figures(answers, dataset)
        if dataset.answers:
            figures |= highlight_figures(answers, dataset)
        figures["answerable answered"] = share(answer.answered for answer in answers.values())
        if dataset.unanswerable:
            unanswerable = list(_ask(retriever, dataset.unanswerable))
            figures |= refusal_figures(list(answers.values()), unanswerable)
        return cls(len(answers), figures)


def index_of(
    dataset: Dataset,
    encoder: Encoder,
    faiss_index: str = "",
    cache: Path | None = None,
    reranker: Reranker | None = None,
) -> Index:
    """Return a temporary index of the dataset's documents.

    Args:
        dataset: The documents, of which at least one has a passage.
        encoder: What they are encoded with.
        faiss_index: An index string of FAISS; empty to choose by size.
        cache: The folder that keeps the vectors, so that the next evaluation starts at once; by
            default this program's folder in the user's cache.
        reranker: What the levels are measured with, if anything.

    Raises:
        CollectionError: FAISS cannot index the passages by `faiss_index`, or the vectors or the
            index cannot be written.
    """
    passages = [p for document in dataset.documents for p in passages_of(document)]
    file = (cache or cache_folder()) / "evaluation.sqlite"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(VectorCache.open(file, encoder)) as vectors:
            return IndexBuilder(vectors, faiss_index, reranker).build_temporary(passages)
    except (OSError, sqlite3.Error) as error:
        raise CollectionError(
            f"The evaluation cannot write {file} or a temporary index ({error}): make room, or "
            "name other folders in XDG_CACHE_HOME and TMPDIR."
        ) from error


def _ask(retriever: Retriever, questions: Iterable[str]) -> Iterator[Answer]:
    for question in tqdm(list(questions), desc="Asking", unit=" questions", disable=None):
        yield retriever.ask(question, limit=_DEPTH)
