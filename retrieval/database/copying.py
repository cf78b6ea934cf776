"""An index in files becomes the tables of a generation: the same vectors, words, tokens and levels.

The numbers are those of the files, so answers are the same. Everything goes by COPY.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection as Driver
from tqdm import tqdm

from retrieval.database.layout import Layout, Numbered, WordsOfPassages
from retrieval.database.tables import TableWriter
from retrieval.index.corpus import Corpus
from retrieval.index.duplicates import Duplicates
from retrieval.index.lexical import LexicalIndex
from retrieval.index.tokens import TokenRows
from retrieval.index.vectors import VectorIndex

STATE_FILES = ("means.npz", "levels.json", "everyday.npz", "diacritics.json")
"""The small files of an index that a generation keeps as they are."""

ROW_TYPE = "tokens.npy"
"""The name of an empty array in numpy's format that has the type of the tokens' rows."""

_CHUNK = 2048  # passages
_PATIENCE = 2  # seconds before a progress bar is shown


@dataclass(frozen=True)
class Copied:
    """How many rows each table of a generation has."""

    documents: int
    passages: int
    sentences: int
    postings: int
    terms: int


class IndexCopy:
    """Copies the parts of one index into the empty tables of a generation."""

    def __init__(
        self, driver: Driver[Any], schema: str, folder: Path, parsed_from: Mapping[str, str]
    ) -> None:
        """Open the index in `folder`.

        Args:
            driver: A connection whose owner commits.
            schema: The generation's schema.
            folder: The index's folder.
            parsed_from: The SHA-256 of the file of each document, by the document's name.
        """
        self.corpus = Corpus.load(folder)
        self.postings = LexicalIndex.load(folder).postings
        self._tables = TableWriter(driver, schema)
        self._folder = folder
        self._parsed_from = parsed_from
        self._passage_vectors = VectorIndex.load(folder / "passages.faiss")
        self._sentence_vectors = VectorIndex.load(folder / "sentences.faiss")
        self._tokens = TokenRows.load(folder)

    def run(self) -> Copied:
        """Write all rows, some thousands at a time."""
        count = len(self.corpus.passages)
        words = WordsOfPassages.of(self.postings, count)
        self._copy_documents()
        passages = numbered(self.corpus)
        with tqdm(
            total=count, desc="Copying", unit=" passages", disable=None, delay=_PATIENCE
        ) as bar:
            for first in range(0, count, _CHUNK):
                layout = Layout.of(list(islice(passages, _CHUNK)))
                self._copy(layout, first, words)
                bar.update(len(layout.documents))
        self._copy_terms()
        self._copy_state()
        return Copied(
            documents=len(self.corpus.documents),
            passages=count,
            sentences=int(self.corpus.first_sentence[-1]),
            postings=len(words.terms),
            terms=len(self.postings.words),
        )

    def _copy_documents(self) -> None:
        duplicates = Duplicates.load(self._folder)
        self._tables.documents(
            (number, one, duplicates.group(number), self._parsed_from[one.name])
            for number, one in enumerate(self.corpus.documents)
        )

    def _copy(self, layout: Layout, first: int, words: WordsOfPassages) -> None:
        """Copy the passages from number `first` on, with their sentences and words."""
        numbers = np.arange(first, first + len(layout.documents))
        sentences = np.arange(*self.corpus.first_sentence[[first, first + len(numbers)]])
        own = words.part(first, first + len(numbers))
        self._tables.passages(
            layout,
            self.corpus.languages[numbers].tolist(),
            self._passage_vectors.get(numbers),
            own,
            self._tokens.of(numbers),
        )
        self._tables.sentences(layout, self._sentence_vectors.get(sentences))
        self._tables.postings(layout, own)

    def _copy_terms(self) -> None:
        most = np.maximum.reduceat(self.postings.weights, self.postings.first[:-1])
        self._tables.terms(
            zip(
                range(len(self.postings.words)),
                self.postings.words,
                self.postings.frequencies.tolist(),
                most.tolist(),
                strict=True,
            )
        )

    def _copy_state(self) -> None:
        for name in STATE_FILES:
            self._tables.state(name, (self._folder / name).read_bytes())
        (rows,) = self._tokens.of(np.array([0]))
        self._tables.state(ROW_TYPE, array_bytes(rows[:0]))


def array_bytes(array: NDArray[Any]) -> bytes:
    """Return an array in numpy's own format."""
    file = BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def numbered(corpus: Corpus) -> Iterator[Numbered]:
    """Yield the passages of an index."""
    of_documents = groupby(corpus.passages, key=lambda passage: passage.document.name)
    for number, (_, passages) in enumerate(of_documents):
        for place, passage in enumerate(passages):
            yield Numbered(number, place, passage)
