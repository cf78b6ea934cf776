"""Kill -9 while documents are indexed again: the index, the next start, and the answers meanwhile.

    python -m benchmarks.endurance_index [--kills 200] [--seed 5]

`python -m retrieval index` indexes a changed document and is killed at a random moment. After that,
all files of the live index must match their checksums, and the next start must answer from the new
version of the document. Meanwhile a retriever that opened the index before is asked questions.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread

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
    right: int = 0
    answers: int = 0
    failed: int = 0

    def table(self) -> str:
        """Return the counts as a table in Markdown."""
        rows = (
            ("builds started", self.rounds),
            ("of these killed before their end", self.killed),
            ("live index sound after the kill", self.sound),
            ("next start answers from the documents as they are", self.right),
            ("answers given meanwhile", self.answers),
            ("of these wrong or failed", self.failed),
        )
        lines = ["| kill -9 while indexing again | |", "|---|---:|"]
        return "\n".join([*lines, *(f"| {name} | {number} |" for name, number in rows)])


def run(kills: int, seed: int) -> Count:
    """Kill a build and start again, `kills` times."""
    random, count = Random(seed), Count()  # noqa: S311
    with TemporaryDirectory() as folder:
        settings = RetrievalSettings(seeds=Path(folder, "seeds"), index=Path(folder, "index"))
        shutil.copytree(SEEDS, settings.seeds)
        _write(settings, 0)
        retriever = Retriever.open(settings)
        unchanged = _timed(settings)
        _write(settings, 1)
        longest = _timed(settings)
        with _answers(retriever, count):
            for number in range(2, kills + 2):
                _write(settings, number)
                # In the first half of the time of an unchanged index, no file is touched yet.
                _kill(settings, random.uniform(unchanged / 2, longest), count)
                _start_again(settings, retriever, number, count)
    return count


def _write(settings: RetrievalSettings, boats: int) -> None:
    text = f"# Harbour\n\nThe harbour master of Tamsui counted {boats} boats.\n"
    (settings.seeds / CHANGING).write_text(text, encoding="utf-8")


def _indexing(settings: RetrievalSettings) -> subprocess.Popen[bytes]:
    folders = ["--seeds", str(settings.seeds), "--index", str(settings.index)]
    command = [sys.executable, "-m", "retrieval", "index", *folders]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603


def _timed(settings: RetrievalSettings) -> float:
    began = time.perf_counter()
    if _indexing(settings).wait() != 0:
        raise SystemExit("Indexing fails without being killed; see above.")
    return time.perf_counter() - began


def _kill(settings: RetrievalSettings, moment: float, count: Count) -> None:
    process = _indexing(settings)
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        count.killed += 1
    count.rounds += 1


def _start_again(
    settings: RetrievalSettings, retriever: Retriever, boats: int, count: Count
) -> None:
    count.sound += _is_sound(settings)
    retriever.reopen()
    hits = retriever.ask(QUESTION).hits
    count.right += f"counted {boats} boats" in hits[0].document.text


def _is_sound(settings: RetrievalSettings) -> bool:
    live = IndexFolder(settings.index).live()
    if live is None:
        return False
    Manifest.load(live).check(live)
    return len(FileIndex.load(live).documents) == len(list(settings.seeds.iterdir()))


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
    options = parser.parse_args()
    print(run(options.kills, options.seed).table())


if __name__ == "__main__":
    main()
