"""Vectors already computed, kept by text and encoder, so that nothing is embedded twice.

One SQLite file beside the indexes. What is missing is encoded shortest first, in chunks that are
committed as they are done: a build that is stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from retrieval.embedder import Vectors

Encode = Callable[[Sequence[str]], Vectors]

_CHUNK = 128
_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"

log = logging.getLogger(__name__)


class VectorCache:
    """Passage vectors of one encoder, by the text they were made from."""

    def __init__(self, connection: sqlite3.Connection, encode: Encode, identity: str) -> None:
        """Store an open database, the encoder's function and what identifies the encoder."""
        self._connection = connection
        self._encode = encode
        self._identity = identity

    @classmethod
    def open(cls, path: Path, encode: Encode, identity: str) -> VectorCache:
        """Open the cache at `path`; a file that is no database is replaced by an empty one."""
        try:
            return cls(_connect(path), encode, identity)
        except sqlite3.DatabaseError:
            log.warning("%s is damaged; its vectors will be computed again", path)
            path.unlink()
            return cls(_connect(path), encode, identity)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of `texts`, float32 of shape (len(texts), dimension).

        A progress bar counts the texts that have to be encoded.
        """
        keys = [self._key(text) for text in texts]
        known = self._known(set(keys))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        known |= self._encoded(missing)
        return np.stack([known[key] for key in keys])

    def keep_only(self, texts: Sequence[str]) -> None:
        """Forget the vectors of all other texts: what left the documents leaves the cache."""
        keep = {self._key(text) for text in texts}
        stored = [key for (key,) in self._connection.execute("SELECT key FROM vectors")]
        with self._connection:
            self._connection.executemany(
                "DELETE FROM vectors WHERE key = ?", [(key,) for key in stored if key not in keep]
            )

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._identity}\0{text}".encode()).digest()

    def _known(self, keys: set[bytes]) -> dict[bytes, Vectors]:
        rows = self._connection.execute("SELECT key, vector FROM vectors")
        return {key: np.frombuffer(blob, dtype="<f4") for key, blob in rows if key in keys}

    def _encoded(self, missing: dict[bytes, str]) -> dict[bytes, Vectors]:
        keys = sorted(missing, key=lambda key: (len(missing[key]), key))
        done: dict[bytes, Vectors] = {}
        with tqdm(total=len(keys), unit=" texts", desc="Indexing", disable=not keys) as bar:
            for first in range(0, len(keys), _CHUNK):
                chunk = keys[first : first + _CHUNK]
                fresh = dict(zip(chunk, self._encode([missing[key] for key in chunk]), strict=True))
                self._store(fresh)
                done |= fresh
                bar.update(len(chunk))
        return done

    def _store(self, fresh: dict[bytes, Vectors]) -> None:
        rows = [(key, vector.astype("<f4").tobytes()) for key, vector in fresh.items()]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute(_SCHEMA)
    return connection
