"""The same index in files and in PostgreSQL: time to copy, disk, and time for a whole answer.

`python -m benchmarks.growth --to URL` asks both the same questions in turns, each once before it is
timed. The database keeps the collection under a name of its own, and loses it at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np
from sqlalchemy import text

from retrieval.answers import Answer
from retrieval.collection.manifest import Manifest
from retrieval.database.building import EXACT_UP_TO, build
from retrieval.database.connection import Database
from retrieval.database.database_index import DatabaseIndex
from retrieval.database.generation import Generation
from retrieval.database.generations import Generations
from retrieval.encoding.encoder import Encoder
from retrieval.index.file_index import FileIndex
from retrieval.retriever import Retriever

_NAME = "growth"
_HITS = 3


@dataclass(frozen=True)
class Beside:
    """What an index in a database takes beside the one in files that it was copied from.

    Seconds, megabytes, and milliseconds for an answer: the median and the 99th percentile. `same`
    is the share of questions whose first three hits are the same.
    """

    copied: float
    disk: int
    files: tuple[float, float]
    database: tuple[float, float]
    same: float

    @classmethod
    def measure(
        cls, folder: Path, url: str, encoder: Encoder, questions: Sequence[str], exact_up_to: int
    ) -> Beside:
        """Copy an index into the database and ask both."""
        with closing(Database.of(url)) as database:
            generations = Generations(database, _NAME)
            start = perf_counter()
            with generations.locked() as writer:
                # No file lies behind a composed document.
                manifest = replace(Manifest.load(folder), parsed_from=defaultdict(str))
                generation = build(writer, folder, manifest, exact_up_to)
            copied = perf_counter() - start
            ways = (
                Retriever(FileIndex.load(folder), encoder).ask,
                Retriever(DatabaseIndex.load(database, generation), encoder).ask,
            )
            for question in questions:
                for way in ways:
                    way(question)
            times, same = _asked(ways, questions)
            disk = _disk(database, generation)
            with generations.locked() as writer:
                writer.drop(generation.schema)
        return cls(copied, disk, times[0], times[1], same)

    def __str__(self) -> str:
        """Return the figures in one line."""
        shown = "; ".join(
            f"{name} {median:.0f} ms (p99 {last:.0f})"
            for name, (median, last) in (("files", self.files), ("PostgreSQL", self.database))
        )
        return (
            f"copied and indexed in {self.copied:.0f} s, {self.disk:,} MB; question -> Answer: "
            f"{shown}; same first {_HITS} hits: {self.same:.1%}"
        )


def print_beside(
    folder: Path, url: str, encoder: Encoder, questions: Sequence[str], passages: int
) -> None:
    """Print the figures of an index, searched by HNSW, and exactly where that takes no minutes."""
    ways = {"HNSW": 0, "exact": passages} if passages <= 20 * EXACT_UP_TO else {"HNSW": 0}
    for name, exact_up_to in ways.items():
        beside = Beside.measure(folder, url, encoder, questions, exact_up_to)
        print(f"{passages:,} passages, {name}: {beside}", flush=True)


def _asked(
    ways: Sequence[Callable[[str], Answer]], questions: Sequence[str]
) -> tuple[list[tuple[float, float]], float]:
    """Ask in turns; return median and 99th percentile of each way, and the share of same hits."""
    times: list[list[float]] = [[] for _ in ways]
    same = []
    for question in questions:
        hits = []
        for way, taken in zip(ways, times, strict=True):
            start = perf_counter()
            answer = way(question)
            taken.append(1000 * (perf_counter() - start))
            hits.append([(hit.document.name, hit.passage.span) for hit in answer.hits[:_HITS]])
        same.append(hits[0] == hits[1])
    quantiles = [np.percentile(taken, (50, 99)).tolist() for taken in times]
    return [(median, last) for median, last in quantiles], float(np.mean(same))


def _disk(database: Database, generation: Generation) -> int:
    """Return how many megabytes a generation takes, its indexes among them."""
    sizes = text(
        "SELECT sum(pg_total_relation_size(pg_class.oid)) FROM pg_class JOIN pg_namespace "
        "ON pg_namespace.oid = relnamespace WHERE nspname = :schema AND relkind = 'r'"
    )
    with database.transaction() as connection:
        size = connection.execute(sizes, {"schema": generation.schema}).scalar_one()
    return int(size) // 10**6
