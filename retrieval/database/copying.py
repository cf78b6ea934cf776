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
from retrieval.index.arrays import Ids
from retrieval.index.duplicates import Duplicates
from retrieval.index.file_index import FileIndex
from retrieval.index.lexical import LexicalIndex
from retrieval.index.tokens import TokenRows

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
    """Copies one index into the empty tables of a generation."""

    def __init__(
        self,
        driver: Driver[Any],
        schema: str,
        folder: Path,
        parsed_from: Mapping[str, str],
    ) -> None:
        """Open the index in `folder`.

        Args:
            driver: A connection whose owner commits.
            schema: The generation's schema.
            folder: The index's folder.
            parsed_from: The SHA-256 of the file of each document, by the document's name.
        """
        self.index = FileIndex.load(folder)
        self.postings = LexicalIndex.load(folder).postings
        self._tables = TableWriter(driver, schema)
        self._folder = folder
        self._parsed_from = parsed_from

    def run(self) -> Copied:
        """Write all rows, some thousands at a time."""
        count = len(self.index.passages)
        words = WordsOfPassages.of(self.postings, count)
        duplicates, tokens = Duplicates.load(self._folder), TokenRows.load(self._folder)
        self._tables.documents(
            (number, one, duplicates.group(number), self._parsed_from[one.name])
            for number, one in enumerate(self.index.documents)
        )
        numbered = _numbered(self.index)
        with tqdm(
            total=count, desc="Copying", unit=" passages", disable=None, delay=_PATIENCE
        ) as bar:
            for first in range(0, count, _CHUNK):
                layout = Layout.of(list(islice(numbered, _CHUNK)))
                numbers = np.arange(first, first + len(layout.documents))
                self._copy(layout, numbers, words, tokens)
                bar.update(len(numbers))
        self._copy_terms()
        for name in STATE_FILES:
            self._tables.state(name, (self._folder / name).read_bytes())
        self._tables.state(ROW_TYPE, array_bytes(tokens.of(np.array([0]))[0][:0]))
        sentences = self.index.sentence_count
        return Copied(
            len(self.index.documents), count, sentences, len(words.terms), len(self.postings.words)
        )

    def _copy(
        self, layout: Layout, numbers: Ids, words: WordsOfPassages, tokens: TokenRows
    ) -> None:
        first, end = int(numbers[0]), int(numbers[-1]) + 1
        held = slice(words.first[first], words.first[end])
        own = WordsOfPassages(
            words.first[first : end + 1] - words.first[first],
            words.terms[held],
            words.weights[held],
        )
        of_sentences = np.arange(*self.index.files.corpus.first_sentence[[first, end]])
        self._tables.passages(
            layout,
            self.index.files.corpus.languages[numbers].tolist(),
            self.index.files.passage_vectors.get(numbers),
            own,
            tokens.of(numbers),
        )
        self._tables.sentences(layout, self.index.files.sentence_vectors.get(of_sentences))
        self._tables.postings(layout, own)

    def _copy_terms(self) -> None:
        starts = self.postings.first[:-1]
        most = np.maximum.reduceat(self.postings.weights, starts)
        self._tables.terms(
            zip(
                range(len(self.postings.words)),
                self.postings.words,
                self.postings.frequencies.tolist(),
                most.tolist(),
                strict=True,
            )
        )


def array_bytes(array: NDArray[Any]) -> bytes:
    """Return an array in numpy's own format."""
    file = BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def _numbered(index: FileIndex) -> Iterator[Numbered]:
    """Yield the passages of an index."""
    of_documents = groupby(index.passages, key=lambda passage: passage.document.name)
    for number, (_, passages) in enumerate(of_documents):
        for place, passage in enumerate(passages):
            yield Numbered(number, place, passage)
