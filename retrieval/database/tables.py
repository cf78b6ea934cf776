"""Rows written into the tables of one generation, by COPY."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection as Driver
from psycopg import sql

from retrieval.collection.near_duplicates import sketch_of
from retrieval.database import binary_rows as binary
from retrieval.database.layout import Layout, WordsOfPassages
from retrieval.documents import Document
from retrieval.index.tokens import Rows
from retrieval.periods import Period


class TableWriter:
    """Writes rows into the tables of one generation; the connection's owner commits."""

    def __init__(self, driver: Driver[Any], schema: str) -> None:
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
        languages: Sequence[str],
        vectors: NDArray[np.float32],
        words: WordsOfPassages,
        tokens: Sequence[Rows],
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
                layout.texts[i].replace("\0", " ").encode(),  # text columns hold no NUL
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

    def terms(self, terms: Iterable[tuple[int, str, int, float]]) -> None:
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
