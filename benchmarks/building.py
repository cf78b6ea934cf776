"""The speed of building an index, compared with txtai and LlamaIndex on the same paragraphs.

    HF_HUB_OFFLINE=1 .venv-benchmark/bin/python -m benchmarks.building

All three index the paragraphs of ../shared/bench/xquad-dev in both languages, each paragraph as one
passage, and may use all processors. They take turns in one run, each in a process of its own. Work
that a process does only once, such as loading its model, is not counted.

This project does what `python -m retrieval index` does with passages: it encodes each passage, each
of its sentences and the everyday questions, builds the four parts of an index, calibrates it and
writes it to disk. txtai and LlamaIndex encode only the passages, with the float32 model in their
own batch sizes (32 and 10), and build vectors and BM25 in memory, as in `benchmarks.peers`.
"""

from __future__ import annotations

from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.composed import DATA
from benchmarks.figure import Figure, ratio
from benchmarks.sides import in_turns, seconds
from retrieval.collection.builder import IndexBuilder
from retrieval.documents import Document
from retrieval.encoding.bundled_model.files import model_folder
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.evaluation.dataset import Dataset
from retrieval.passages import passages_of

if TYPE_CHECKING:
    from benchmarks.peers.peer import Peer

_TURNS = 3
_ASKED = 5


def main() -> None:
    """Measure and print."""
    for figure in figures():
        print(f"{figure.name}: {figure.reached:.2f}")


def figures() -> list[Figure]:
    """Measure, print passages a second, and return the ratios to both."""
    names = ("txtai", "LlamaIndex", "trichdan")
    taken = in_turns([_by_txtai, _by_llamaindex, _by_us], documents(), _TURNS)
    rates = 1 / np.median(taken, axis=1)
    shown = (f"{name} {rate:.1f}" for name, rate in zip(names, rates, strict=True))
    print(f"index build, passages a second: {', '.join(shown)}")
    return [
        Figure(f"index build, passages a second: ours / {name}", ratio(taken, side), _ASKED)
        for side, name in enumerate(names[:-1])
    ]


def documents() -> list[Document]:
    """Return the paragraphs, each as a document."""
    return list(Dataset.load(DATA).documents)


def build(documents: list[Document], encoder: Encoder, folder: Path) -> None:
    """Build an index of parsed documents into `folder`, with an empty vector cache."""
    passages = [passage for document in documents for passage in passages_of(document)]
    with closing(VectorCache.open(folder / "vectors.sqlite", encoder)) as kept:
        IndexBuilder(kept).build(passages, folder)


def _by_us(documents: list[Document]) -> float:
    encoder = _encoder()
    with TemporaryDirectory() as folder:
        return seconds(lambda: build(documents, encoder, Path(folder)))


def _by_txtai(documents: list[Document]) -> float:
    peer = _txtai()
    return seconds(lambda: peer.searches(documents))


def _by_llamaindex(documents: list[Document]) -> float:
    peer = _llamaindex()
    return seconds(lambda: peer.searches(documents))


@cache
def _encoder() -> Encoder:
    return load_encoder()


@cache
def _txtai() -> Peer:
    from benchmarks.peers.txtai import Txtai

    return Txtai(model_folder())


@cache
def _llamaindex() -> Peer:
    from benchmarks.peers.llamaindex import LlamaIndex

    return LlamaIndex(model_folder())


if __name__ == "__main__":
    main()
