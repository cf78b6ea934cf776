"""What it costs, and what it changes, to divide documents into collections.

    python -m benchmarks.divided [--collections 50] [--passages 200]

First: so many collections of so many passages, made up as `benchmarks.composed` tells. A new
process opens all of them with every check, and its memory is measured. Then one collection is
asked, five of them at once and all of them at once, in turns, and one index that holds as much as
all.

Second: the documents of each slice of ../shared/bench/xquad-dev, dealt out to five collections that
are asked at once, beside one collection of all of them. The shares are those of questions whose
first hit is the right passage, of these that are answered, and of unrelated questions refused.
"""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.composed import DATA, ComposedCollection
from benchmarks.process_memory import MAPPED, RESIDENT, megabytes
from benchmarks.turns import medians
from retrieval.answers import CollectionLabel
from retrieval.collection.builder import IndexBuilder
from retrieval.collection.manifest import Manifest, Origin
from retrieval.documents import Passage
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.evaluation.dataset import Dataset
from retrieval.index.file_index import FileIndex
from retrieval.passages import passages_of
from retrieval.searcher import Searcher, Shelf
from retrieval.storage import cache_folder

_SLICES = ("vi-vi", "en-en", "vi-en", "en-vi", "plain-vi", "mixed")
_ASKED, _PARTS = 100, 5


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--collections", type=int, default=50)
    parser.add_argument("--passages", type=int, default=200)
    options = parser.parse_args()
    encoder = load_encoder()
    with TemporaryDirectory() as folder:
        _build(encoder, options.collections, options.passages, Path(folder))
        command = [sys.executable, "-c", _OPEN, folder]
        shown = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603
        found = json.loads(shown.stdout)
        print(
            f"{options.collections} collections of {options.passages} passages: opened in "
            f"{found['seconds']:.2f} s; resident {found['resident']} MB, {found['mapped']} of them "
            f"mapped files; {found['encoder']} MB with the encoder alone",
            flush=True,
        )
        _print_times(encoder, Path(folder))
    for name in _SLICES:
        print(
            f"{name:9}", *_shares(Dataset.load(DATA.parent / name), encoder), sep="  ", flush=True
        )


_OPEN = """
import sys
from benchmarks.divided import open_all
print(open_all(sys.argv[1]))
"""


def open_all(folder: str) -> str:
    """Open all collections as the bot does, ask some questions, and return the figures as JSON."""
    encoder = load_encoder()
    encoder.encode_query("Ai?")
    before, start = megabytes(RESIDENT), perf_counter()
    shelves = _shelves(Path(folder) / "parts")
    seconds = perf_counter() - start
    searcher = Searcher(encoder)
    for question in _questions():
        searcher.ask(shelves, question, 3)
    found = {"resident": megabytes(RESIDENT), "mapped": megabytes(MAPPED), "encoder": before}
    return json.dumps({"seconds": seconds, **found})


def _build(encoder: Encoder, collections: int, each: int, folder: Path) -> None:
    composed = ComposedCollection.of(Dataset.load(DATA), encoder)
    passages = list(composed.passages(collections * each))
    (folder / "parts").mkdir()
    for number in range(collections):
        part = passages[number * each : (number + 1) * each]
        _write(composed, part, folder / "parts" / f"{number:03}")
    _write(composed, passages, folder / "whole")


def _write(composed: ComposedCollection, passages: Sequence[Passage], folder: Path) -> None:
    folder.mkdir()
    index = IndexBuilder(composed).build(passages, folder)
    origin = Origin("", "composed", "")
    Manifest(origin, len(index.documents), len(passages), index.sentence_count).save(folder)


def _shelves(folder: Path) -> list[Shelf]:
    return [_opened(part) for part in sorted(folder.iterdir())]


def _opened(folder: Path) -> Shelf:
    Manifest.load(folder).check(folder)
    return Shelf(FileIndex.load(folder), CollectionLabel(folder.name, folder.name))


def _print_times(encoder: Encoder, folder: Path) -> None:
    parts, whole = _shelves(folder / "parts"), [_opened(folder / "whole")]
    searcher = Searcher(encoder)
    ways = [
        _way(searcher, some, number)
        for number, some in enumerate((parts[:1], parts[:_PARTS], parts, whole), 1)
    ]
    for way in ways:
        way("Ai chủ trì?")
    encoding, one, five, every, together = medians([encoder.encode_query, *ways], _questions())
    print(f"encoding a question                  {encoding:6.1f} ms")
    print(f"one collection                       {one:6.1f} ms")
    print(f"{_PARTS} collections                        {five:6.1f} ms, {five / one:.2f} times")
    print(
        f"all {len(parts)} collections                   {every:6.1f} ms, {every / one:.2f} times"
    )
    print(f"one collection of all the passages   {together:6.1f} ms", flush=True)


def _way(searcher: Searcher, shelves: Sequence[Shelf], number: int) -> Callable[[str], object]:
    """Return a way to ask these shelves; each way encodes its question itself."""
    mark = "?" * number
    return lambda text: searcher.ask(shelves, f"{text} {mark}", 3)


def _shares(dataset: Dataset, encoder: Encoder) -> list[str]:
    file = cache_folder() / "evaluation.sqlite"
    with closing(VectorCache.open(file, encoder)) as vectors, TemporaryDirectory() as folder:
        builder, searcher = IndexBuilder(vectors), Searcher(encoder)
        shelves = []
        for number, first in enumerate([0, *range(_PARTS)]):
            step = _PARTS if number else 1
            passages = [p for one in dataset.documents[first::step] for p in passages_of(one)]
            path = Path(folder) / str(number)
            path.mkdir()
            shelves.append(Shelf(builder.build(passages, path), CollectionLabel(str(number))))
        return [
            f"{name}: {_found(searcher, some, dataset)}"
            for name, some in (("one", shelves[:1]), (f"{_PARTS}", shelves[1:]))
        ]


def _found(searcher: Searcher, shelves: Sequence[Shelf], dataset: Dataset) -> str:
    right = answered = 0
    for query, relevant in dataset.relevant.items():
        answer = searcher.ask(shelves, dataset.questions[query], 1)
        is_right = bool(answer.hits) and answer.hits[0].document.name in relevant
        right += is_right
        answered += is_right and answer.answered
    refused = [not searcher.ask(shelves, one, 1).answered for one in dataset.unanswerable]
    count = len(dataset.relevant)
    return (
        f"first {right / count:.3f} answered {answered / count:.3f} "
        f"refused {sum(refused) / max(1, len(refused)):.3f}"
    )


def _questions() -> list[str]:
    return list(Dataset.load(DATA).questions.values())[:_ASKED]


if __name__ == "__main__":
    main()
