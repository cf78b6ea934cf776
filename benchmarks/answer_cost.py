"""What an answer costs beside the encoding of its question, on a collection of a given size.

    python -m benchmarks.answer_cost [--passages 10000]

The collection is made up, by a seeded script, of real sentences (../shared/bench/xquad-dev): a
passage is three or four of them, and its vectors are those of its sentences side by side, so that
texts and vectors are like real ones and ten thousand need not be encoded. Everything else is the
retriever's own code. Asking and encoding are timed in alternation, on one thread each.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import torch

from retrieval.cache import VectorCache
from retrieval.calibration import calibrated
from retrieval.dataset import Dataset
from retrieval.documents import Document, Passage, Span
from retrieval.embedder import Embedder, Encoded, load_embedder
from retrieval.encoder import Encoder
from retrieval.index import Index
from retrieval.passages import sentences_of
from retrieval.retriever import Retriever

DATA = Path(__file__).parents[2] / "shared" / "bench" / "xquad-dev" / "mixed"
_ASKED = 100
_SEED = 7


@dataclass(frozen=True)
class Composer:
    """An embedder that knows its sentences, and reads a passage as its sentences in a row."""

    inner: Embedder
    known: dict[str, Encoded]

    @property
    def identity(self) -> str:
        """The inner embedder's, marked: these vectors are not its own."""
        return f"composed:{self.inner.identity}"

    def encode_query(self, text: str) -> Encoded:
        """Encode a question, for real."""
        return self.inner.encode_query(text)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Return what is known of each text's lines."""
        return [self._composed(text) for text in texts]

    def _composed(self, text: str) -> Encoded:
        lines = text.split("\n")
        parts = [self.known[line] for line in lines]
        starts = np.cumsum([0, *(len(line) + 1 for line in lines[:-1])])
        vector = np.mean([part.vector for part in parts], axis=0)
        return Encoded(
            vector / np.linalg.norm(vector),
            np.concatenate([part.tokens for part in parts]),
            np.concatenate([p.ends + start for p, start in zip(parts, starts, strict=True)]),
        )


def main() -> None:
    """Print the times of encoding and of answering, and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    size = parser.parse_args().passages
    torch.set_num_threads(1)
    encoder, reference, dataset = load_embedder(), Encoder.load(), Dataset.load(DATA)
    retriever = _retriever(dataset, encoder, size)
    questions = list(dataset.questions.values())[:_ASKED]
    ways = (encoder.encode_query, reference.encode_query, retriever.ask)
    encoding, by_torch, answering = _medians(ways, questions)
    print(f"{size} passages, medians of {len(questions)} questions")
    print(f"encoding the question               {encoding:6.1f} ms")
    print(f"encoding it by torch in float32     {by_torch:6.1f} ms")
    print(f"question -> Answer, all included    {answering:6.1f} ms")
    print(
        f"  of encoding {answering / encoding:.2f}, of encoding by torch {answering / by_torch:.2f}"
    )


def _medians(ways: Sequence[Callable[[str], object]], questions: Sequence[str]) -> list[float]:
    """Return each way's median time in milliseconds; they take turns at every question."""
    times: list[list[float]] = [[] for _ in ways]
    for question in questions:
        for way, taken in zip(ways, times, strict=True):
            start = perf_counter()
            way(question)
            taken.append(1000 * (perf_counter() - start))
    return [median(taken) for taken in times]


def _retriever(dataset: Dataset, encoder: Embedder, size: int) -> Retriever:
    by_language = {
        language: [
            span.of(document.text)
            for document in dataset.documents
            if document.language == language
            for span in sentences_of(document)
        ]
        for language in ("vi", "en")
    }
    sentences = sorted({text for texts in by_language.values() for text in texts})
    known = dict(zip(sentences, encoder.encode_passages(sentences), strict=True))
    passages = _passages(by_language, size)
    with TemporaryDirectory() as folder:
        cache = VectorCache.open(Path(folder) / "vectors.sqlite", Composer(encoder, known))
        with closing(cache):
            return Retriever(calibrated(Index.build(passages, cache), cache), encoder)


def _passages(sentences: dict[str, list[str]], size: int) -> list[Passage]:
    chance = random.Random(_SEED)  # noqa: S311 - a collection, not a secret
    passages = []
    for number in range(size):
        language = ("vi", "en")[number % 2]
        lines = chance.sample(sentences[language], chance.choice((3, 4)))
        text = "\n".join(lines)
        ends = np.cumsum([len(line) + 1 for line in lines]).tolist()
        spans = tuple(
            Span(end - 1 - len(line), end - 1) for end, line in zip(ends, lines, strict=True)
        )
        document = Document(f"{number}.txt", text, language=language)
        passages.append(Passage(document, Span(0, len(text)), spans))
    return passages


if __name__ == "__main__":
    main()
