"""A cache of encoded texts in one SQLite file, so that no text is encoded twice.

Rows are found by encoder, kind and text. Missing texts are encoded in chunks that take a few
seconds. Each chunk is committed while the next one is encoded, so that a stopped build continues
where it was. Vectors are kept in 16 bits and tokens in 8, as the index keeps them, so that the
cache is about as large as the index. Of sentences only the vector is kept; their tokens are those
of their passages. SQLite has no checksums, so each row holds its own SHA-256. A damaged file is
renamed and a new one begun (see `retrieval.encoding.cache_file`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from tqdm import tqdm

from retrieval.encoding.cache_file import connected, is_damage, is_sound, set_aside
from retrieval.encoding.encoder import Encoded, Encoder
from retrieval.encoding.quantisation import Quantised
from retrieval.encoding.used_texts import UsedTexts

_CHUNK = 128
_T = TypeVar("_T")
_Row = tuple[bytes, bytes, bytes, bytes, bytes, bytes]


class TextKind(Enum):
    """What a text is encoded as."""

    PASSAGE = "passage"
    SENTENCE = "sentence"
    QUESTION = "question"


class Encodings(Protocol):
    """Where an index gets its vectors from: a `VectorCache`, or a stand-in for one."""

    def encode(self, texts: Sequence[str], kind: TextKind) -> None:
        """Encode texts ahead of `encoded`, which then returns them quickly."""

    def encoded(self, texts: Sequence[str], kind: TextKind) -> list[Encoded]:
        """Return what the encoder makes of `texts`, in their order."""


class VectorCache:
    """Texts encoded by one encoder, each when it is first asked for."""

    def __init__(self, path: Path, connection: sqlite3.Connection, encoder: Encoder) -> None:
        """Store the open database at `path` and the encoder that fills it."""
        self._path = path
        self._connection = connection
        self._encoder = encoder
        self._used: set[bytes] = set()

    @classmethod
    def open(cls, path: Path, encoder: Encoder) -> VectorCache:
        """Open the cache at `path`, which is created where it is missing.

        A file that proves damaged, now or when it is read, is renamed and a new one begun.

        Raises:
            sqlite3.OperationalError: The file cannot be opened; it stays as it is.
        """
        if path.exists() and not is_sound(path):
            set_aside(path)
        return cls(path, connected(path), encoder)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def encode(self, texts: Sequence[str], kind: TextKind) -> None:
        """Encode and keep those of `texts` that are missing, with a progress bar."""
        self._undamaged(lambda: self._encode(texts, kind))

    def encoded(self, texts: Sequence[str], kind: TextKind) -> list[Encoded]:
        """Return what the encoder makes of `texts`, in their order; missing ones are encoded.

        Vectors have the precision of 16 bits, token vectors the one that `Quantised` keeps.
        Sentences have no token vectors.
        """
        return self._undamaged(lambda: self._found(texts, kind))

    @property
    def used(self) -> UsedTexts:
        """The texts that `encoded` has returned since the cache was opened."""
        return UsedTexts.of(self._used)

    def forget_unused(self) -> None:
        """Delete all texts that `encoded` has not returned since the cache was opened."""
        self.forget_all_but(self.used)

    def forget_all_but(self, used: UsedTexts) -> None:
        """Delete all texts but those that are `used`."""
        self._undamaged(lambda: self._drop_unused(used))

    def _undamaged(self, work: Callable[[], _T]) -> _T:
        """Return what `work` returns; if the file proves damaged, repeat it with a new file."""
        try:
            return work()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            self.close()
            set_aside(self._path)
            self._connection = connected(self._path)
            return work()

    def _found(self, texts: Sequence[str], kind: TextKind) -> list[Encoded]:
        self._encode(texts, kind)
        keys = [self._stored_key(text, kind) for text in texts]
        self._used.update(keys)
        return [self._read(key) for key in keys]

    def _drop_unused(self, used: UsedTexts) -> None:
        stored = self._connection.execute("SELECT key FROM texts")
        unused = [row for row in stored if row[0] not in used]
        with self._connection:
            self._connection.executemany("DELETE FROM texts WHERE key = ?", unused)
        self._connection.execute("PRAGMA incremental_vacuum").fetchall()

    def _stored_key(self, text: str, kind: TextKind) -> bytes:
        """Return the key under which a text is kept, or will be."""
        if kind is TextKind.SENTENCE:  # it may be a whole passage, which is encoded already
            whole = self._key(text, TextKind.PASSAGE)
            if self._has(whole):
                return whole
        return self._key(text, kind)

    def _has(self, key: bytes) -> bool:
        found = self._connection.execute("SELECT 1 FROM texts WHERE key = ?", (key,))
        return found.fetchone() is not None

    def _key(self, text: str, kind: TextKind) -> bytes:
        return hashlib.sha256(f"{self._encoder.identity}\0{kind.value}\0{text}".encode()).digest()

    def _read(self, key: bytes) -> Encoded:
        select = "SELECT vector, codes, scales, ends, checksum FROM texts WHERE key = ?"
        row = self._connection.execute(select, (key,)).fetchone()
        if row is None or _checksum(key, *row[:-1]) != row[-1]:
            raise sqlite3.DatabaseError("a row is missing or not what was written")
        halves, codes, scales, ends, _ = row
        vector = np.frombuffer(halves, dtype="<f2").astype(np.float32)
        numbers = np.frombuffer(scales, dtype="<f4")
        rows = np.frombuffer(codes, dtype=np.int8).reshape(len(numbers), -1 if codes else 0)
        return Encoded(
            vector / (np.linalg.norm(vector) or 1),  # 16 bits leave its length a little off
            Quantised(rows, numbers).vectors(),
            np.frombuffer(ends, dtype="<i4"),
        )

    def _encode(self, texts: Sequence[str], kind: TextKind) -> None:
        """Encode and store missing texts.

        They keep their order: sorted by length, they would make the progress bar's estimate of the
        time left wrong.
        """
        missing: dict[bytes, int] = {}
        for place, text in enumerate(texts):
            if not self._has(key := self._stored_key(text, kind)):
                missing.setdefault(key, place)
        keys = list(missing)
        chunks = [keys[first : first + _CHUNK] for first in range(0, len(keys), _CHUNK)]
        # None hides the bar where standard error is not a terminal.
        hidden = None if keys else True
        unit = f" {kind.value}s"
        with (
            ThreadPoolExecutor(1) as writer,
            tqdm(total=len(keys), unit=unit, desc="Encoding", disable=hidden) as bar,
        ):
            written: Future[None] | None = None
            for chunk in chunks:
                fresh = self._fresh([texts[missing[key]] for key in chunk], kind)
                if written:
                    written.result()
                written = writer.submit(self._write, chunk, fresh, kind)
                bar.update(len(chunk))
            if written:
                written.result()

    def _write(self, keys: Sequence[bytes], fresh: Sequence[Encoded], kind: TextKind) -> None:
        rows = [_row(*pair, kind) for pair in zip(keys, fresh, strict=True)]
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?, ?)", rows
            )

    def _fresh(self, texts: Sequence[str], kind: TextKind) -> list[Encoded]:
        if kind is not TextKind.QUESTION:
            return self._encoder.encode_passages(texts)
        import joblib  # takes up to a tenth of a second, and an index that holds does not need it

        with ThreadPoolExecutor(joblib.cpu_count()) as pool:
            return list(pool.map(self._encoder.encode_query, texts))


def _row(key: bytes, encoded: Encoded, kind: TextKind) -> _Row:
    vector = encoded.vector.astype("<f2").tobytes()
    if kind is TextKind.SENTENCE:
        return key, vector, b"", b"", b"", _checksum(key, vector, b"", b"", b"")
    quantised = Quantised.of(encoded.tokens)
    codes = quantised.codes.tobytes()
    scales = quantised.scales.astype("<f4").tobytes()
    ends = encoded.ends.astype("<i4").tobytes()
    return key, vector, codes, scales, ends, _checksum(key, vector, codes, scales, ends)


def _checksum(*columns: object) -> bytes:
    """Return a SHA-256 over a row's columns and their lengths; only columns of bytes count."""
    parts = [column for column in columns if isinstance(column, bytes)]
    whole = hashlib.sha256(repr([len(part) for part in parts]).encode())
    for part in parts:
        whole.update(part)
    return whole.digest()
