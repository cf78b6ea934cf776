"""Kill -9 while documents are indexed again: the index, the next start, and the answers meanwhile.

    python -m benchmarks.endurance_index [--kills 200] [--seed 5] [--to URL]

`python -m retrieval index` indexes a changed document and is killed at a random moment. After that,
all files of the live index must match their checksums, and the next start must answer from the new
version of the document. Meanwhile a retriever that opened the index before is asked questions.

With `--to` the index goes to a PostgreSQL database, which must hold no collection yet. The tables
of the live generation must then hold what its row says, and nothing of a dead build may be left
after the next start. Every second round changes a limit too, so that a generation is built; the
others change the document within the generation.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Protocol

from benchmarks.endurance_database import DatabasePlace
from retrieval.collection.index_folder import IndexFolder
from retrieval.collection.manifest import Manifest
from retrieval.index.file_index import FileIndex
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings

SEEDS = Path(__file__).parents[1] / "seeds"
CHANGING = "changing.md"
QUESTION = "How many boats did the harbour master of Tamsui count?"


@dataclass
class Count:
    """The counts of all rounds so far."""

    rounds: int = 0
    killed: int = 0
    sound: int = 0
    left: int = 0
    right: int = 0
    answers: int = 0
    failed: int = 0

    def table(self) -> str:
        """Return the counts as a table in Markdown."""
        rows = (
            ("builds started", self.rounds),
            ("of these killed before their end", self.killed),
            ("live index sound after the kill", self.sound),
            ("parts of dead builds left after the next start", self.left),
            ("next start answers from the documents as they are", self.right),
            ("answers given meanwhile", self.answers),
            ("of these wrong or failed", self.failed),
        )
        lines = ["| kill -9 while indexing again | |", "|---|---:|"]
        return "\n".join([*lines, *(f"| {name} | {number} |" for name, number in rows)])


class Place(Protocol):
    """Where the index is kept."""

    @property
    def options(self) -> Sequence[str]:
        """The options of the command that writes it."""

    @property
    def reader(self) -> RetrievalSettings:
        """The settings of what asks."""

    def is_sound(self) -> bool:
        """Tell whether the live index is whole."""

    def left(self) -> int:
        """Count what dead builds have left."""


@dataclass(frozen=True)
class FolderPlace:
    """An index in a folder."""

    settings: RetrievalSettings

    @property
    def options(self) -> Sequence[str]:
        """No further options."""
        return ()

    @property
    def reader(self) -> RetrievalSettings:
        """The settings themselves."""
        return self.settings

    def is_sound(self) -> bool:
        """Compare every file with its checksum."""
        live = IndexFolder(self.settings.index).live()
        if live is None:
            return False
        Manifest.load(live).check(live)
        return len(FileIndex.load(live).documents) == len(list(self.settings.seeds.iterdir()))

    def left(self) -> int:
        """Count the folders of other indexes."""
        return sum(path.is_dir() for path in self.settings.index.iterdir()) - 1


def run(kills: int, seed: int, url: str) -> Count:
    """Kill a build and start again, `kills` times."""
    random, count = Random(seed), Count()  # noqa: S311
    with TemporaryDirectory() as folder:
        settings = RetrievalSettings(seeds=Path(folder, "seeds"), index=Path(folder, "index"))
        place: Place = DatabasePlace(settings, url) if url else FolderPlace(settings)
        shutil.copytree(SEEDS, settings.seeds)
        _write(settings, 0)
        _timed(settings, place, 0)
        retriever = Retriever.open(place.reader)
        unchanged = _timed(settings, place, 0)
        _write(settings, 1)
        longest = _timed(settings, place, 1)
        with _answers(retriever, count):
            for number in range(2, kills + 2):
                _write(settings, number)
                # In the first half of the time of an unchanged index, no file is touched yet.
                moment = random.uniform(unchanged / 2, longest)
                _kill(settings, place, moment, number, count)
                _start_again(settings, place, retriever, number, count)
    return count


def _write(settings: RetrievalSettings, boats: int) -> None:
    text = f"# Harbour\n\nThe harbour master of Tamsui counted {boats} boats.\n"
    (settings.seeds / CHANGING).write_text(text, encoding="utf-8")


def _indexing(settings: RetrievalSettings, place: Place, number: int) -> subprocess.Popen[bytes]:
    folders = ["--seeds", str(settings.seeds), "--index", str(settings.index)]
    command = [sys.executable, "-m", "retrieval", "index", *folders, *place.options]
    # Another limit makes another index in a database; in a folder every change does.
    limits = {"MAX_FILE_MB": str(20 + number % 2)} if place.options else {}
    return subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, env={**os.environ, **limits}
    )


def _timed(settings: RetrievalSettings, place: Place, number: int) -> float:
    began = time.perf_counter()
    if _indexing(settings, place, number).wait() != 0:
        raise SystemExit("Indexing fails without being killed; see above.")
    return time.perf_counter() - began


def _kill(
    settings: RetrievalSettings, place: Place, moment: float, number: int, count: Count
) -> None:
    process = _indexing(settings, place, number // 2)
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        count.killed += 1
    count.rounds += 1


def _start_again(
    settings: RetrievalSettings, place: Place, retriever: Retriever, boats: int, count: Count
) -> None:
    count.sound += place.is_sound()
    if place.options:
        _timed(settings, place, boats // 2)
    retriever.reopen()
    count.left += place.left()
    hits = retriever.ask(QUESTION).hits
    count.right += f"counted {boats} boats" in hits[0].document.text


@contextmanager
def _answers(retriever: Retriever, count: Count) -> Iterator[None]:
    """Ask until stopped; an answer is right if it comes from the document that changes."""
    stop = Event()

    def ask() -> None:
        while not stop.wait(0.05):
            hits = retriever.ask(QUESTION).hits
            count.answers += 1
            count.failed += not hits or hits[0].document.name != CHANGING

    thread = Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def main() -> None:
    """Print the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--to", metavar="URL", default="", help="an empty PostgreSQL database")
    options = parser.parse_args()
    print(run(options.kills, options.seed, options.to).table())


if __name__ == "__main__":
    main()
