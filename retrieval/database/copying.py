"""An index in files becomes the tables of a generation: the same vectors, words, tokens and levels.

The numbers are those of the files, so answers are the same. Everything goes by COPY.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection as Driver
from psycopg import sql
from tqdm import tqdm

from retrieval.collection.near_duplicates import sketch_of
from retrieval.database import binary_rows as binary
from retrieval.documents import Document, Passage, Span
from retrieval.index.corpus import Ids
from retrieval.index.duplicates import Duplicates
from retrieval.index.index import Index
from retrieval.index.lexical import Postings
from retrieval.index.tokens import Rows, TokenRows
from retrieval.periods import Period

STATE_FILES = ("means.npz", "levels.json", "everyday.npz", "diacritics.json")
"""The small files of an index that a generation keeps as they are."""

ROW_TYPE = "tokens.npy"
"""The name of an empty array in numpy's format that has the type of the tokens' rows."""

_CHUNK = 2048  # passages or documents
_PATIENCE = 2  # seconds before a progress bar is shown


@dataclass(frozen=True)
class WordsOfPassages:
    """The words of each passage: `terms[first[i] : first[i + 1]]`, ascending, with `weights`."""

    first: Ids
    terms: NDArray[np.int32]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, postings: Postings, passages: int) -> WordsOfPassages:
        """Put the weights of words in the order of the passages."""
        order = np.argsort(postings.passages, kind="stable")
        numbers = np.arange(len(postings.words), dtype=np.int32)
        first = np.zeros(passages + 1, dtype=np.int64)
        np.cumsum(np.bincount(postings.passages, minlength=passages), out=first[1:])
        return cls(
            first,
            np.repeat(numbers, postings.frequencies)[order],
            np.asarray(postings.weights, dtype=np.float32)[order],
        )


@dataclass(frozen=True)
class Numbered:
    """A passage with the number of its document and its place there."""

    document: int
    place: int
    passage: Passage


@dataclass(frozen=True)
class Layout:
    """Where passages and sentences stand, in the order of the passages.

    Attributes:
        documents: The number of each passage's document, int64.
        places: Each passage's place in its document, int32.
        spans: Start and end of each passage, int32 of shape (passages, 2).
        sentences: Start and end of each sentence, int32 of shape (sentences, 2).
        first: The number of each passage's first sentence, then the count of all sentences.
    """

    documents: Ids
    places: NDArray[np.int32]
    spans: NDArray[np.int32]
    sentences: NDArray[np.int32]
    first: Ids

    @classmethod
    def of(cls, passages: Sequence[Numbered]) -> Layout:
        """Return the layout of some passages."""
        return cls(
            np.array([one.document for one in passages], dtype=np.int64),
            np.array([one.place for one in passages], dtype=np.int32),
            _pairs(one.passage.span for one in passages),
            _pairs(span for one in passages for span in one.passage.sentences),
            np.cumsum([0, *(len(one.passage.sentences) for one in passages)]),
        )


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
        driver: Driver[tuple[object, ...]],
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
        self.index = Index.load(folder)
        self.postings = self.index.lexical.postings
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
        sentences = int(self.index.first_sentence[-1])
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
        of_sentences = np.arange(*self.index.first_sentence[[first, end]])
        self._tables.passages(
            layout,
            [self.index.language_of(number) for number in numbers.tolist()],
            self.index.passage_vectors.get(numbers),
            own,
            tokens.of(numbers),
        )
        self._tables.sentences(layout, self.index.sentence_vectors.get(of_sentences))
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


class TableWriter:
    """Writes rows into the tables of one generation; the connection's owner commits."""

    def __init__(self, driver: Driver[tuple[object, ...]], schema: str) -> None:
        """Store the connection and the generation's schema."""
        self._driver = driver
        self._schema = schema

    def documents(self, documents: Iterable[tuple[int, Document, int | None, str]]) -> None:
        """Write documents: number, document, group of duplicates, SHA-256 of the file."""
        with self._driver.cursor() as cursor, cursor.copy(self._statement("documents")) as copy:
            for number, one, group, file in documents:
                period = Period.of_iso(one.date)
                copy.write_row(
                    (
                        number,
                        one.name,
                        one.hash,
                        one.language,
                        *(period.ordinals if period else (0, 0)),
                        one.source,
                        group,
                        sketch_of(one).view(np.int64).tolist(),
                        file,
                        json.dumps(one.to_record(), ensure_ascii=False),
                    )
                )

    def passages(
        self,
        layout: Layout,
        languages: list[str],
        vectors: NDArray[np.float32],
        words: WordsOfPassages,
        tokens: list[Rows],
    ) -> None:
        """Write passages, whose vectors are of shape (passages, dimension)."""
        written = [
            binary.row(
                binary.integer(document, 8),
                *map(binary.integer, (place, start, end)),
                languages[i].encode(),
                binary.vector(vectors[i]),
                binary.array(words.terms[words.first[i] : words.first[i + 1]]),
                binary.array(words.weights[words.first[i] : words.first[i + 1]]),
                tokens[i].tobytes(),
            )
            for i, (document, place, (start, end)) in enumerate(
                zip(
                    layout.documents.tolist(),
                    layout.places.tolist(),
                    layout.spans.tolist(),
                    strict=True,
                )
            )
        ]
        self._copy_binary("passages", b"".join(written))

    def sentences(self, layout: Layout, vectors: NDArray[np.float32]) -> None:
        """Write the passages' sentences, whose vectors are of shape (sentences, dimension)."""
        counts = np.diff(layout.first)
        places = np.arange(layout.first[-1]) - np.repeat(layout.first[:-1], counts)
        self._copy_binary(
            "sentences",
            binary.rows(
                document=np.repeat(layout.documents, counts),
                passage=np.repeat(layout.places, counts),
                place=places.astype(np.int32),
                start=layout.sentences[:, 0],
                end=layout.sentences[:, 1],
                vector=np.asarray(vectors, dtype=np.float32),
            ),
        )

    def postings(self, layout: Layout, words: WordsOfPassages) -> None:
        """Write the words of passages with their weights."""
        counts = np.diff(words.first)
        self._copy_binary(
            "postings",
            binary.rows(
                document=np.repeat(layout.documents, counts),
                passage=np.repeat(layout.places, counts),
                term=words.terms,
                weight=words.weights,
            ),
        )

    def terms(self, terms: Iterator[tuple[int, str, int, float]]) -> None:
        """Write words: number, word, frequency, largest weight."""
        with self._driver.cursor() as cursor, cursor.copy(self._statement("terms")) as copy:
            for one in terms:
                copy.write_row(one)

    def state(self, name: str, content: bytes) -> None:
        """Write a small file of the index, in place of the one of this name if there is one."""
        self._driver.execute(
            sql.SQL(
                "INSERT INTO {}.state VALUES (%s, %s) "
                "ON CONFLICT (name) DO UPDATE SET content = excluded.content"
            ).format(sql.Identifier(self._schema)),
            (name, content),
        )

    def _copy_binary(self, table: str, rows: bytes) -> None:
        with (
            self._driver.cursor() as cursor,
            cursor.copy(self._statement(table) + sql.SQL(" (FORMAT BINARY)")) as copy,
        ):
            copy.write(binary.HEADER)
            copy.write(rows)
            copy.write(binary.TRAILER)

    def _statement(self, table: str) -> sql.Composed:
        return sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(self._schema, table))


def array_bytes(array: NDArray[np.void]) -> bytes:
    """Return an array in numpy's own format."""
    file = BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def _numbered(index: Index) -> Iterator[Numbered]:
    """Yield the passages of an index."""
    of_documents = groupby(index.passages, key=lambda passage: passage.document.name)
    for number, (_, passages) in enumerate(of_documents):
        for place, passage in enumerate(passages):
            yield Numbered(number, place, passage)


def _pairs(spans: Iterable[Span]) -> NDArray[np.int32]:
    return np.array([span.pair for span in spans], dtype=np.int32).reshape(-1, 2)
