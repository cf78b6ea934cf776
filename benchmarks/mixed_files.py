"""The whole way from files to an index, beside LlamaIndex's own readers and index.

    HF_HUB_OFFLINE=1 .venv-benchmark/bin/python -m benchmarks.mixed_files [--files 1000]

The files are made here: of ten, three are PDFs of ten pages, three .docx and four .txt. Each
sentence joins parts of three real ones (../shared/bench/xquad-dev), so that hardly two are equal.
Both sides take turns, each in a process of its own with its model loaded.

This project does what `python -m retrieval index` does where there is no index yet. LlamaIndex
reads the files with its `SimpleDirectoryReader`, cuts them into chunks of 256 tokens, because the
model would cut off the end of larger ones, and embeds the chunks into its vector index in memory.
"""

from __future__ import annotations

import random
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import docx
import numpy as np

from benchmarks.composed import DATA
from benchmarks.figure import ratio
from benchmarks.machine import machine
from benchmarks.sides import in_turns, seconds
from retrieval.collection.collection import Collection
from retrieval.encoding.bundled_model.files import model_folder
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.evaluation.dataset import Dataset
from retrieval.sentences import sentences_of
from retrieval.settings import RetrievalSettings
from tests.helpers.pdf_bytes import Drawn, drawn_pdf, lines_at
from tests.helpers.printed_prose import wrapped

if TYPE_CHECKING:
    from benchmarks.peers.llamaindex import LlamaIndex

_KINDS = ("pdf", "pdf", "pdf", "docx", "docx", "docx", "txt", "txt", "txt", "txt")
_PAGES, _LINES, _WIDTH = 10, 40, 85  # of a PDF; about 500 words a page
_PARAGRAPHS = {"docx": 8, "txt": 4}
_EACH = 5  # sentences of a paragraph
_TURNS = 2
_SEED = 11


def main() -> None:
    """Make the files, measure and print."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        files = list(islice(made(Path(folder)), options.files))
        taken = in_turns([_by_llamaindex, _by_us], files, _TURNS)
    theirs, ours = np.median(taken, axis=1)
    print(f"files read and indexed in a second: LlamaIndex {1 / theirs:.2f}, ours {1 / ours:.2f}")
    print(f"{len(files)} files: LlamaIndex / ours {ratio(taken):.2f}")
    print(f"Measured on {machine()}.")


def made(folder: Path) -> Iterator[Path]:
    """Write files without end, a tenth part of each ten in the order of their kinds."""
    chance = random.Random(_SEED)  # noqa: S311 - files, not secrets
    words = _Sentences(chance)
    number = 0
    while True:
        kind = _KINDS[number % len(_KINDS)]
        path = folder / f"{number:05}.{kind}"
        if kind == "pdf":
            path.write_bytes(_pdf(words))
        else:
            paragraphs = [words.paragraph("vi") for _ in range(_PARAGRAPHS[kind])]
            _write(path, paragraphs)
        yield path
        number += 1


class _Sentences:
    """Draws sentences that are made up of parts of real ones."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._real: dict[str, list[list[str]]] = {}
        for document in Dataset.load(DATA).documents:
            own = self._real.setdefault(document.language, [])
            own += [span.of(document.text).split() for span in sentences_of(document)]

    def paragraph(self, language: str) -> str:
        return " ".join(self._sentence(language) for _ in range(_EACH))

    def _sentence(self, language: str) -> str:
        chosen = self._chance.choices(self._real[language], k=3)
        thirds = [one[len(one) * i // 3 : len(one) * (i + 1) // 3] for i, one in enumerate(chosen)]
        text = " ".join(word for third in thirds for word in third).rstrip(".,;")
        return f"{text[:1].upper()}{text[1:]}."


def _pdf(words: _Sentences) -> bytes:
    lines: list[str] = []
    while len(lines) < _PAGES * _LINES:
        paragraph = words.paragraph("en").encode("ascii", "ignore").decode()
        lines += [*wrapped(paragraph, _WIDTH), ""]
    pages = (lines[_LINES * page :][:_LINES] for page in range(_PAGES))
    return drawn_pdf(*(Drawn(lines_at(60, 740, *page)) for page in pages))


def _write(path: Path, paragraphs: list[str]) -> None:
    if path.suffix == ".txt":
        path.write_text("\n\n".join(paragraphs), encoding="utf-8")
        return
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))


def _by_us(files: list[Path]) -> float:
    encoder = _encoder()
    with TemporaryDirectory() as folder:
        settings = RetrievalSettings(seeds=_copied(files, folder), index=Path(folder, "index"))
        return seconds(lambda: Collection.open(settings, encoder))


def _by_llamaindex(files: list[Path]) -> float:
    peer = _llamaindex()
    with TemporaryDirectory() as folder:
        seeds = _copied(files, folder)
        return seconds(lambda: peer.index_of_files(seeds))


def _copied(files: list[Path], folder: str) -> Path:
    seeds = Path(folder, "seeds")
    seeds.mkdir()
    for file in files:
        shutil.copy(file, seeds)
    return seeds


@cache
def _encoder() -> Encoder:
    return load_encoder()


@cache
def _llamaindex() -> LlamaIndex:
    from benchmarks.peers.llamaindex import LlamaIndex

    return LlamaIndex(model_folder())


if __name__ == "__main__":
    main()
