"""The time from start to first answer, compared with txtai on the same encoder folder.

    HF_HUB_OFFLINE=1 .venv-benchmark/bin/python -m benchmarks.starting

Both have an index of the same paragraphs on disk and take turns: a process starts, answers one
question and ends. Here that is `python -m retrieval ask`, which also checks that documents and
index are unchanged. txtai's process opens its saved index and searches, in three lines. The time of
`python -m bot --help` is measured too.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.building import documents
from benchmarks.figure import Figure, ratio
from benchmarks.sides import Seconds, seconds
from retrieval.encoding.bundled_model.files import model_folder

_QUESTION = "Ai dẫn dắt người Viking đến Normandy?"
_PARAGRAPHS = 20
_TURNS = 5
_BY_TXTAI = """
import sys
from txtai import Embeddings
folder, question = sys.argv[1:]
embeddings = Embeddings()
embeddings.load(folder)
print(embeddings.search(question, 3))
"""


def main() -> None:
    """Measure and print."""
    for figure in figures():
        print(f"{figure.name}: {figure.reached:.2f}")


def figures() -> list[Figure]:
    """Measure, print the seconds of both, and return their ratio and the seconds of the help."""
    with TemporaryDirectory() as folder:
        taken = _in_turns([_txtai(Path(folder)), _ours(Path(folder))])
    theirs, ours = np.median(taken, axis=1)
    print(f"from start to the first answer: txtai {theirs:.2f} s, trichdan {ours:.2f} s")
    return [
        Figure("from start to the first answer: txtai / ours", ratio(taken), 1),
        Figure("`python -m bot --help`, seconds", _help(), 0.5, at_most=True),
    ]


def _txtai(folder: Path) -> list[str]:
    """Save an index and return the command that asks it with the model in a folder."""
    from benchmarks.peers.txtai import Txtai

    index = folder / "txtai"
    Txtai(model_folder()).index(documents()[:_PARAGRAPHS]).save(str(index))
    return [sys.executable, "-c", _BY_TXTAI, str(index), _QUESTION]


def _ours(folder: Path) -> list[str]:
    """Build an index and return the command that asks it."""
    seeds = folder / "seeds"
    seeds.mkdir()
    for document in documents()[:_PARAGRAPHS]:
        (seeds / f"{document.name}.txt").write_text(document.text, encoding="utf-8")
    places = ["--seeds", str(seeds), "--index", str(folder / "index")]
    _run([sys.executable, "-m", "retrieval", "index", *places])
    return [sys.executable, "-m", "retrieval", "ask", *places, _QUESTION]


def _help() -> float:
    command = [sys.executable, "-m", "bot", "--help"]
    return median(_timed(command) for _ in range(_TURNS))


def _in_turns(commands: Sequence[list[str]]) -> Seconds:
    """Run the commands in turns. The first turn only brings the files into the system's cache."""
    taken = [[_timed(command) for command in commands] for _ in range(_TURNS + 1)]
    return np.array(taken[1:]).T


def _timed(command: list[str]) -> float:
    return seconds(lambda: _run(command))


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands


if __name__ == "__main__":
    main()
