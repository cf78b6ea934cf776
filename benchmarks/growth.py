"""The cost of a growing collection: time and disk to build, time to open, memory, time to answer.

    python -m benchmarks.growth [--passages 1000000] [--folder DIR] [--to URL]

Two indexes are built from a synthetic collection (see `benchmarks.composed`): one of 10,000
passages and one of `--passages`. The code is that of real builds, but vectors are composed instead
of encoded or read from a cache. A new process then opens the large index as the bot does, with
every check, and asks it real questions. Finally both indexes are asked in turns. With `--to` each
is copied into a PostgreSQL database instead, and asked there and in files.

Recall@10 is the share of the ten nearest vectors, by exact search over the unquantised vectors,
that are among the fifty that the retriever fetches from the index for each question. A second
figure counts those among the first ten. The system's file cache is left as the build leaves it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks.composed import DATA, ComposedCollection
from benchmarks.growth_database import print_beside
from benchmarks.process_memory import MAPPED, RESIDENT, megabytes
from benchmarks.turns import medians
from retrieval.collection.builder import IndexBuilder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.encoding.cache import TextKind
from retrieval.encoding.encoder import Vectors
from retrieval.encoding.loading import load_encoder
from retrieval.evaluation.dataset import Dataset
from retrieval.index.file_index import FileIndex
from retrieval.index.vectors import VectorIndex
from retrieval.language.detection import language_of
from retrieval.language.words import unmarked
from retrieval.retriever import Retriever

SMALL = 10_000
_ASKED, _COMPARED = 200, 100  # questions
_NEAREST = 10
_CHUNK = 4096
_PARTS = ("documents", "passages.faiss", "sentences.faiss", "tokens", "lexical")


@dataclass(frozen=True)
class Opened:
    """What a new process measures: seconds, megabytes, and milliseconds for an answer."""

    seconds: float
    resident: int
    mapped: int
    small: float
    large: float

    @classmethod
    def measure(cls, small: Path, large: Path) -> Opened:
        """Open the large index and ask it, then ask both in turns."""
        encoder = load_encoder()
        questions = _questions()
        encoder.encode_query(questions[0])
        start = perf_counter()
        retriever = Retriever(_opened(large), encoder)
        seconds = perf_counter() - start
        for question in questions:
            retriever.ask(question)
        resident, mapped = megabytes(RESIDENT), megabytes(MAPPED)
        both = Retriever(_opened(small), encoder), Retriever(_opened(large), encoder)
        for each in both:
            each.ask(questions[0])
        of_small, of_large = medians([each.ask for each in both], questions[:_COMPARED])
        return cls(seconds, resident, mapped, of_small, of_large)

    def to_json(self) -> str:
        """Return the figures as one line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def in_fresh_process(cls, small: Path, large: Path) -> Opened:
        """Measure in a new process, whose memory holds nothing of the build."""
        code = (
            "import sys; from pathlib import Path; from benchmarks.growth import Opened; "
            "print(Opened.measure(*map(Path, sys.argv[1:])).to_json())"
        )
        command = [sys.executable, "-c", code, str(small), str(large)]
        shown = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603
        return cls(**json.loads(shown.stdout))


def main() -> None:
    """Build, open, ask, compare, and print the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the indexes are written and removed")
    parser.add_argument("--to", metavar="URL", help="compare with this PostgreSQL database")
    options = parser.parse_args()
    encoder = load_encoder()
    collection = ComposedCollection.of(Dataset.load(DATA), encoder)
    with TemporaryDirectory(dir=options.folder) as scratch:
        small, large = Path(scratch) / "small", Path(scratch) / "large"
        _build(collection, SMALL, small)
        if options.to:
            print_beside(small, options.to, encoder, _questions(), SMALL)
        _build(collection, options.passages, large)
        if options.to:
            print_beside(large, options.to, encoder, _questions(), options.passages)
            return
        _print_sizes(large)
        found = Opened.in_fresh_process(small, large)
        print(f"opened, every check included: {found.seconds:.1f} s")
        print(
            f"resident after {_ASKED} questions, encoder included: {found.resident} MB, "
            f"{found.mapped} of them mapped files"
        )
        print(
            f"question -> Answer: {found.small:.1f} ms at {SMALL:,}, {found.large:.1f} ms at "
            f"{options.passages:,}, ratio {found.large / found.small:.2f}"
        )
        _print_recall(collection, FileIndex.load(large))


def _build(collection: ComposedCollection, size: int, folder: Path) -> None:
    start = perf_counter()
    folder.mkdir()
    index = IndexBuilder(collection).build(collection.passages(size), folder)
    Manifest(Origin("", "composed", ""), len(index.documents), size, index.sentence_count).save(
        folder
    )
    print(
        f"built {size:,} passages, {index.sentence_count:,} sentences: "
        f"{perf_counter() - start:.0f} s",
        flush=True,
    )


def _opened(folder: Path) -> FileIndex:
    """Open an index as the collection does, with every check."""
    Manifest.load(folder).check(folder)
    return FileIndex.load(folder)


def _print_sizes(folder: Path) -> None:
    sizes = dict.fromkeys((*_PARTS, "other"), 0)
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            part = next((part for part in _PARTS if name.startswith(part)), "other")
            sizes[part] += path.stat().st_size
    shown = ", ".join(f"{part} {size / 1e6:,.0f}" for part, size in sizes.items())
    print(f"on disk, MB: {sum(sizes.values()) / 1e6:,.0f}: {shown}", flush=True)


def _print_recall(collection: ComposedCollection, index: FileIndex) -> None:
    asked = np.stack([_asked(index, collection, question) for question in _questions()])
    languages = index.files.corpus.languages
    passages = (passage.text for passage in index.passages)
    sentences = (s.of(p.document.text) for p in index.passages for s in p.sentences)
    for name, texts, spoken, searched in (
        ("passage", passages, languages, index.files.passage_vectors),
        (
            "sentence",
            sentences,
            languages[index.files.corpus.passage_of_sentence],
            index.files.sentence_vectors,
        ),
    ):
        exact = _exact(asked, _unbiased(collection, index, texts, spoken))
        of_fifty, of_ten = (_recall(searched, asked, exact, limit) for limit in (50, _NEAREST))
        print(f"recall@{_NEAREST} of {name} search: {of_fifty:.4f} ({of_ten:.4f})", flush=True)


def _recall(index: VectorIndex, asked: Vectors, exact: NDArray[np.int64], limit: int) -> float:
    """Return the share of the nearest vectors that are among the first `limit` of the index."""
    found = [index.search(vector, limit).ids for vector in asked]
    shares = [len(np.intersect1d(*pair)) for pair in zip(exact, found, strict=True)]
    return float(np.mean(shares)) / _NEAREST


def _unbiased(
    collection: ComposedCollection,
    index: FileIndex,
    texts: Iterator[str],
    languages: NDArray[np.str_],
) -> Iterator[Vectors]:
    """Yield the vectors that the index was built from, some thousands at a time."""
    for first in range(0, len(languages), _CHUNK):
        vectors = collection.vectors(list(islice(texts, _CHUNK)))
        yield index.biases.passage_each(vectors, languages[first : first + _CHUNK])


def _exact(asked: Vectors, chunks: Iterable[Vectors]) -> NDArray[np.int64]:
    """Return the numbers of the nearest vectors of each question, shape (questions, nearest)."""
    ids = np.zeros((len(asked), 0), dtype=np.int64)
    scores = np.zeros((len(asked), 0), dtype=np.float32)
    first = 0
    for vectors in chunks:
        numbers = np.broadcast_to(
            np.arange(first, first + len(vectors)), (len(asked), len(vectors))
        )
        ids = np.hstack([ids, numbers])
        scores = np.hstack([scores, asked @ vectors.T])
        best = np.argsort(-scores, axis=1, kind="stable")[:, :_NEAREST]
        ids = np.take_along_axis(ids, best, axis=1)
        scores = np.take_along_axis(scores, best, axis=1)
        first += len(vectors)
    return ids


def _asked(index: FileIndex, collection: ComposedCollection, question: str) -> Vectors:
    (encoded,) = collection.encoded([unmarked(question)], TextKind.QUESTION)
    return index.biases.question(encoded, language_of(question)).vector


def _questions() -> list[str]:
    return list(Dataset.load(DATA).questions.values())[:_ASKED]


if __name__ == "__main__":
    main()
