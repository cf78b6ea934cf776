"""Updates that nobody would send: none may crash the bot, stay unanswered or lead it astray.

    python -m benchmarks.fuzzed_updates [--updates 100000] [--seed 5]

Half of the updates are made by the Bot API's description, every type of it with its fields, and
half are updates of the demo's server with something wrong. Hypothesis draws all of them, the same
for the same seed. Each is fetched, kept, handled and marked by the real application, and every
call that it makes is held against the description (`../shared/bot-api`). A question's answer is
made up, but for every fiftieth question, which the shipped encoder and documents answer.

Counted are crashes (an error in the log, whoever says it: an exception that a handler let pass, an
update that had to be set aside), unanswered questions (an update that must lead to a reply, by the
rules of who is answered, and led to none), and invalid calls. What the library cannot read at all,
because it lacks a chat, say, is set aside as it comes; that is counted too. What fails is printed.
"""

from __future__ import annotations

import asyncio
import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
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
from retrieval.reading.parse_cache import ParsedFile
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings

Json = dict[str, Any]

ROUND = 1000  # updates drawn at a time, and handled with a new database
REALLY = 50  # of so many questions, one is really searched for
SEEDS = Path("seeds")
KINDS = ("message", "edited_message", "callback_query", "inline_query")
OTHERS = "other kinds"
COLUMNS = ("unreadable", "questions", "crashes", "unanswered", "invalid")
MADE_UP = ("Ai đồng chủ trì hội nghị tham vấn an ninh ASEAN - Nga?", "Công thức nấu phở bò?", "!")


class SometimesRetriever(Retriever):
    """Gives made-up answers, and searches for every `REALLY`th question."""

    @cached_property
    def _made_up(self) -> Sequence[Answer]:
        return [Retriever.ask(self, question, 10) for question in MADE_UP]

    @cached_property
    def _asked(self) -> Iterator[int]:
        return count()

    def ask(self, question: str, limit: int = 3) -> Answer:
        """Return an answer: mostly one that was found for another question."""
        number = next(self._asked)
        if number % REALLY == 0:
            return super().ask(question, limit)
        return self._made_up[number % len(self._made_up)]

    def reopen(self, *parsed: ParsedFile) -> None:
        """Find nothing changed."""


def updates(number: int, seed: int) -> Iterator[Json]:
    """Yield so many updates, numbered from 1."""
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
    some: Sequence[Json], retriever: Retriever, folder: Path
) -> list[tuple[Json, Verdict]]:
    """Deliver updates one after the other to a bot of their own, and return what became of each."""
    async with Stage.opened(folder, retriever) as stage:
        return [(update, await stage.play(update)) for update in some]


def kind_of(update: Json) -> str:
    """Return the row of the table in which an update is counted."""
    return next((kind for kind in KINDS if kind in update), OTHERS)


def counts_of(verdict: Verdict) -> Counter[str]:
    """Return what a verdict adds to its row."""
    return Counter(
        updates=1,
        unreadable=int(verdict.unreadable),
        questions=int(verdict.asks),
        crashes=len(verdict.crashes),
        unanswered=int(verdict.unanswered),
        invalid=len(verdict.invalid),
    )


def main() -> None:
    """Print what fails as it fails, and a table at the end."""
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
    retriever = SometimesRetriever.open(RetrievalSettings(seeds=SEEDS, index=folder / "index"))
    table: dict[str, Counter[str]] = {kind: Counter() for kind in (*KINDS, OTHERS)}
    coming = updates(number, seed)
    while some := list(islice(coming, ROUND)):
        with TemporaryDirectory(dir=folder) as database:
            for update, verdict in asyncio.run(verdicts(some, retriever, Path(database))):
                table[kind_of(update)] += counts_of(verdict)
                if not verdict.is_clean:
                    print(json.dumps(update), verdict, flush=True)
    return table


if __name__ == "__main__":
    main()
