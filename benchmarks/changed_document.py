"""From a changed file to its answer: the time in a large collection, and what lies on disk.

    python -m benchmarks.changed_document [--passages 100000] [--folder DIR]

The files are made here, with twenty passages or so each; each sentence joins parts of three real
ones (../shared/bench/xquad-dev). They are indexed as the bot indexes them, but with vectors that
are drawn by their words, because the encoder would take hours. Then one file after the other is
changed, and what the bot does is timed: it looks through the folder, reads the file, encodes it,
writes what is new and answers a question from it. Here the real encoder works too, so that its time
counts; its vectors are thrown away.
"""

from __future__ import annotations

import random
import re
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from zlib import crc32

import numpy as np

from benchmarks.made_files import MadeSentences
from retrieval.collection.collection import Collection
from retrieval.encoding.encoder import Encoded, Encoder, Vectors
from retrieval.encoding.loading import load_encoder
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings

_PARAGRAPHS, _EACH = 20, 4  # sentences
_NAMES = ("Quillon", "Brastane", "Ferrowick", "Umberleigh", "Tansdale")  # of no real sentence
_DIRECTIONS, _DIMENSION = 4096, 384
_SEED = 13
_WORD = re.compile(r"[^\W_]+")


class WordVectors:
    """Draws a vector for each word, and can let an encoder work as long as it would."""

    identity = "drawn by words"

    def __init__(self, encoder: Encoder) -> None:
        """Store the encoder, which stays idle until `is_timed` is set."""
        chance = np.random.default_rng(_SEED)
        drawn = chance.standard_normal((_DIRECTIONS, _DIMENSION), dtype=np.float32)
        self._directions: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
        self._encoder = encoder
        self.is_timed = False

    def encode_query(self, text: str) -> Encoded:
        """Return the vectors of a question's words."""
        if self.is_timed:
            self._encoder.encode_query(text)
        return self._drawn(text)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vectors of the words of each text."""
        if self.is_timed:
            self._encoder.encode_passages(texts)
        return [self._drawn(text) for text in texts]

    def _drawn(self, text: str) -> Encoded:
        words = list(_WORD.finditer(text))
        places = [crc32(word[0].lower().encode()) % _DIRECTIONS for word in words]
        tokens = self._directions[places]
        whole = tokens.sum(axis=0)
        ends = np.array([word.end() for word in words], dtype=np.int32)
        return Encoded(whole / max(1e-6, float(np.linalg.norm(whole))), tokens, ends)


def main() -> None:
    """Build, change, and print the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where files and index are written and removed")
    options = parser.parse_args()
    encoder = WordVectors(load_encoder())
    with TemporaryDirectory(dir=options.folder) as folder:
        settings = RetrievalSettings(seeds=Path(folder, "seeds"), index=Path(folder, "index"))
        _make(settings.seeds, options.passages // _PARAGRAPHS)
        start = perf_counter()
        collection = Collection.open(settings, encoder)
        manifest = collection.manifest
        print(f"{manifest.documents:,} documents, {manifest.passages:,} passages", flush=True)
        print(f"read and built: {perf_counter() - start:.0f} s", flush=True)
        _print_sizes(settings, collection)
        encoder.is_timed = True
        retriever = Retriever(collection.index, encoder, settings, collection=collection)
        for number in range(len(_NAMES)):
            print(f"changed, read and answered: {_change(retriever, settings, number):.1f} s")
        before = sum(one.stat().st_size for one in settings.index.rglob("*") if one.is_file())
        print(f"everything on disk, MB: {before / 1e6:,.0f}")


def _make(folder: Path, documents: int) -> None:
    folder.mkdir()
    made = MadeSentences(random.Random(_SEED))  # noqa: S311 - files, not secrets
    for number in range(documents):
        language = ("en", "vi")[number % 2]
        paragraphs = (made.paragraph(language, _EACH) for _ in range(_PARAGRAPHS))
        (folder / f"{number:06}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


def _print_sizes(settings: RetrievalSettings, collection: Collection) -> None:
    cache = (settings.index / "vectors.sqlite").stat().st_size
    live = collection.opened.live if collection.opened else settings.index
    index = sum(one.stat().st_size for one in live.rglob("*") if one.is_file())
    print(f"on disk, MB: index {index / 1e6:,.0f}, cache {cache / 1e6:,.0f}", flush=True)


def _change(retriever: Retriever, settings: RetrievalSettings, number: int) -> float:
    """Change a file, and return the seconds until a question is answered from it."""
    path = settings.seeds / f"{2 * number:06}.txt"  # the even ones are in English
    name = _NAMES[number]
    text = path.read_text(encoding="utf-8")
    path.write_text(f"The harbour master of {name} counted the boats.\n\n{text}", encoding="utf-8")
    start = perf_counter()
    retriever.reopen()
    hits = retriever.ask(f"Who counted the boats of {name}?").hits
    seconds = perf_counter() - start
    if not hits or hits[0].document.name != path.name:
        raise SystemExit(f"{path.name} is not found.")
    return seconds


if __name__ == "__main__":
    main()
