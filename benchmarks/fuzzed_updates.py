"""Fuzzed updates: none may crash the bot, stay unanswered or lead to an invalid call.

    python -m benchmarks.fuzzed_updates [--updates 100000] [--seed 5]

Half of the updates are generated from the Bot API's description, with all its types. The other half
are updates of the demo's server with random damage. Hypothesis draws them, and the same seed draws
the same ones. The real application fetches, stores and handles each update. Every call that it
makes is checked against the description (`../shared/bot-api`). One question in fifty is answered by
the shipped encoder from the shipped documents. The others get an answer found beforehand.

The table counts, for each kind of update:

- unreadable: the library cannot read the update, for example because a message lacks its chat, and
  the bot sets it aside.
- to be answered: the update must lead to a reply.
- crashes: errors in the log, such as an exception in a handler, or an update set aside after it was
  read.
- unanswered: the update had to lead to a reply and did not.
- invalid: calls that break the description.

Updates that fail are printed.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from itertools import chain, count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.strategies import SearchStrategy

from benchmarks.fuzzing.api_types import ApiTypes
from benchmarks.fuzzing.mutations import mutated
from benchmarks.fuzzing.real_updates import real_updates
from benchmarks.fuzzing.stage import Stage, Verdict
from retrieval.answers import Answer
from retrieval.collection.collection import Collection
from retrieval.encoding.encoder import Encoder
from retrieval.library import Library
from retrieval.reading.parse_cache import ParsedFile
from retrieval.reranking.reranker import Reranker
from retrieval.searcher import Searcher, Shelf
from retrieval.settings import WHOLE, RetrievalSettings

Json = dict[str, Any]

ROUND = 1000  # updates that are drawn at a time; each round has a new database
REALLY = 50  # one question in so many is really searched for
SEEDS = Path("seeds")
KINDS = ("message", "edited_message", "callback_query", "inline_query")
OTHERS = "other kinds"
COLUMNS = ("unreadable", "questions", "crashes", "unanswered", "invalid")
MADE_UP = ("Ai đồng chủ trì hội nghị tham vấn an ninh ASEAN - Nga?", "Công thức nấu phở bò?", "!")


class SometimesSearcher(Searcher):
    """Searches for every `REALLY`th question, and gives the others an answer found beforehand."""

    @cached_property
    def _numbers(self) -> Iterator[int]:
        return count()

    @cached_property
    def _made_up(self) -> dict[tuple[int, ...], Sequence[Answer]]:
        return {}

    def ask(
        self, shelves: Sequence[Shelf], question: str, limit: int, previous: str | None = None
    ) -> Answer:
        """Return an answer, in most cases one that was found for another question."""
        number = next(self._numbers)
        if number % REALLY == 0:
            return super().ask(shelves, question, limit)
        key = tuple(shelf.number for shelf in shelves)
        if key not in self._made_up:
            self._made_up[key] = [super().ask(shelves, one, 10) for one in MADE_UP]
        return self._made_up[key][number % len(MADE_UP)]


class SometimesLibrary(Library):
    """Opens its collections once, and asks them by a `SometimesSearcher`."""

    def __init__(
        self, settings: RetrievalSettings, encoder: Encoder, reranker: Reranker | None = None
    ) -> None:
        """Store what all collections are opened with."""
        super().__init__(settings, encoder, reranker)
        self._searcher = SometimesSearcher(encoder, reranker)

    def reopen(
        self, name: str = WHOLE, *parsed: ParsedFile, unfinished: Set[str] = frozenset()
    ) -> Collection | None:
        """Open a collection; do nothing where it is open, because the documents do not change."""
        return super().reopen(name, *parsed) if name in self.unopened else None


def updates(number: int, seed: int) -> Iterator[Json]:
    """Yield `number` updates, numbered from 1."""
    strategy = ApiTypes.described().updates() | mutated(real_updates())
    at_once = min(ROUND, number)
    rounds = (_drawn(strategy, at_once, seed + turn) for turn in count())
    for update_id, update in enumerate(islice(chain.from_iterable(rounds), number), 1):
        yield {"update_id": update_id, **update}


def _drawn(strategy: SearchStrategy[Json], number: int, seed: int) -> list[Json]:
    found: list[Json] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(strategy)
    def draw(update: Json) -> None:
        found.append(update)

    draw()
    return found


async def verdicts(
    some: Sequence[Json], library: Library, folder: Path
) -> list[tuple[Json, Verdict]]:
    """Deliver updates one by one to a new bot; return each with its verdict."""
    async with Stage.opened(folder, library) as stage:
        return [(update, await stage.play(update)) for update in some]


def kind_of(update: Json) -> str:
    """Return the row of the table that counts an update."""
    return next((kind for kind in KINDS if kind in update), OTHERS)


def counts_of(verdict: Verdict) -> Counter[str]:
    """Return the counts that a verdict adds to its row."""
    return Counter(
        updates=1,
        unreadable=int(verdict.unreadable),
        questions=int(verdict.asks),
        crashes=len(verdict.crashes),
        unanswered=int(verdict.unanswered),
        invalid=len(verdict.invalid),
    )


def main() -> None:
    """Print each failure as it happens, and a table at the end."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        table = _run(options.updates, options.seed, Path(folder))
    print("| fuzzed updates | unreadable | to be answered |", end="")
    print(" crashes | unanswered | invalid calls |\n|---|---:|---:|---:|---:|---:|")
    for kind, found in [*table.items(), ("in all", sum(table.values(), Counter()))]:
        row = (f"{found[name]:,}" for name in COLUMNS)
        print(f"| {found['updates']:,} {kind} |", " | ".join(row), "|")


def _run(number: int, seed: int, folder: Path) -> dict[str, Counter[str]]:
    shutil.copytree(SEEDS, folder / "seeds")  # files that are sent go there
    settings = RetrievalSettings(seeds=folder / "seeds", index=folder / "index")
    library = SometimesLibrary.open(settings)
    table: dict[str, Counter[str]] = {kind: Counter() for kind in (*KINDS, OTHERS)}
    coming = updates(number, seed)
    while some := list(islice(coming, ROUND)):
        with TemporaryDirectory(dir=folder) as database:
            for update, verdict in asyncio.run(verdicts(some, library, Path(database))):
                table[kind_of(update)] += counts_of(verdict)
                if not verdict.is_clean:
                    print(json.dumps(update), verdict, flush=True)
    return table


if __name__ == "__main__":
    main()
