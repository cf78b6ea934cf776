"""Texts already encoded, kept by text and encoder, so that nothing is encoded twice.

One SQLite file beside the indexes. What is missing is encoded in chunks of a few seconds, which are
committed as they are done: a build that is stopped goes on where it was. Of sentences only the
vector is kept; their tokens are those of their passages.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from enum import Enum
from pathlib import Path

import numpy as np
from tqdm import tqdm

from retrieval.embedder import Embedder, Encoded
from retrieval.token_vectors import Quantised

_CHUNK = 128
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS texts "
    "(key BLOB PRIMARY KEY, vector BLOB, codes BLOB, scales BLOB, ends BLOB)"
)
_Row = tuple[bytes, bytes, bytes, bytes, bytes]

log = logging.getLogger(__name__)


class Kind(Enum):
    """As what a text is encoded."""

    PASSAGE = "passage"
    SENTENCE = "sentence"
    QUESTION = "question"


class VectorCache:
    """What one encoder made of texts, encoded when first asked for."""

    def __init__(self, connection: sqlite3.Connection, embedder: Embedder) -> None:
        """Store an open database and the encoder that fills it."""
        self._connection = connection
        self._embedder = embedder
        self._used: set[bytes] = set()

    @classmethod
    def open(cls, path: Path, embedder: Embedder) -> VectorCache:
        """Open the cache at `path`; a damaged file is replaced by an empty one.

        Raises sqlite3.OperationalError where it cannot be opened, and leaves it as it is.
        """
        if path.exists() and not _is_sound(path):
            log.warning("%s is damaged; its vectors will be computed again", path)
            path.unlink()
        connection = sqlite3.connect(path)
        connection.execute(_SCHEMA)
        return cls(connection, embedder)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def encoded(self, texts: Sequence[str], kind: Kind) -> list[Encoded]:
        """Return what the encoder makes of `texts`, in their order.

        A progress bar counts the texts that have to be encoded. Token vectors come back as
        `Quantised` keeps them; those of sentences are left out.
        """
        stored = {row[0] for row in self._connection.execute("SELECT key FROM texts")}
        keys = [self._key(text, kind) for text in texts]
        if kind is Kind.SENTENCE:  # a sentence that is a passage too is encoded already
            whole = [self._key(text, Kind.PASSAGE) for text in texts]
            keys = [w if w in stored else k for w, k in zip(whole, keys, strict=True)]
        self._used.update(keys)
        wanted = dict(zip(keys, texts, strict=True))
        self._encode({key: text for key, text in wanted.items() if key not in stored}, kind)
        return [self._read(key) for key in keys]

    def forget_unused(self) -> None:
        """Drop all texts not asked for since opening: what left the documents leaves the cache."""
        stored = [row[0] for row in self._connection.execute("SELECT key FROM texts")]
        unused = [(key,) for key in stored if key not in self._used]
        with self._connection:
            self._connection.executemany("DELETE FROM texts WHERE key = ?", unused)

    def _key(self, text: str, kind: Kind) -> bytes:
        return hashlib.sha256(f"{self._embedder.identity}\0{kind.value}\0{text}".encode()).digest()

    def _read(self, key: bytes) -> Encoded:
        columns = "vector, codes, scales, ends"
        select = f"SELECT {columns} FROM texts WHERE key = ?"  # noqa: S608
        vector, codes, scales, ends = self._connection.execute(select, (key,)).fetchone()
        numbers = np.frombuffer(scales, dtype="<f4")
        rows = np.frombuffer(codes, dtype=np.int8).reshape(len(numbers), -1 if codes else 0)
        return Encoded(
            np.frombuffer(vector, dtype="<f4"),
            Quantised(rows, numbers).vectors(),
            np.frombuffer(ends, dtype="<i4"),
        )

    def _encode(self, missing: Mapping[bytes, str], kind: Kind) -> None:
        """Encode and store texts in their order: the time left is told from all lengths alike."""
        keys = list(missing)
        # None leaves it out where standard error is no terminal, but a log.
        hidden = None if keys else True
        unit = f" {kind.value}s"
        with tqdm(total=len(keys), unit=unit, desc="Encoding", disable=hidden) as bar:
            for first in range(0, len(keys), _CHUNK):
                chunk = keys[first : first + _CHUNK]
                fresh = self._fresh([missing[key] for key in chunk], kind)
                rows = [_row(*pair, kind) for pair in zip(chunk, fresh, strict=True)]
                with self._connection:
                    self._connection.executemany(
                        "INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?)", rows
                    )
                bar.update(len(chunk))

    def _fresh(self, texts: Sequence[str], kind: Kind) -> list[Encoded]:
        if kind is Kind.QUESTION:
            return [self._embedder.encode_query(text) for text in texts]
        return self._embedder.encode_passages(texts)


def _row(key: bytes, encoded: Encoded, kind: Kind) -> _Row:
    vector = encoded.vector.astype("<f4").tobytes()
    if kind is Kind.SENTENCE:
        return key, vector, b"", b"", b""
    quantised = Quantised.of(encoded.tokens)
    scales, ends = quantised.scales.astype("<f4"), encoded.ends.astype("<i4")
    return key, vector, quantised.codes.tobytes(), scales.tobytes(), ends.tobytes()


def _is_sound(path: Path) -> bool:
    """Tell whether the file is a database whose every page can be read."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
        except sqlite3.OperationalError:
            raise  # locked, or no access: not damaged
        except sqlite3.DatabaseError:
            return False
