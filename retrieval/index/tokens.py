"""The token vectors of all passages on disk: one row a token, with its codes, scale and sentence.

    tokens.npy         the rows of the first passage, then those of the second, and so on
    tokens.first.npy   the first row of each passage, then the count of all rows
    tokens.sums.npy    only of a large collection: the CRC-32 of each passage's rows

Up to 100,000 passages, a dimension takes one byte: 43 KB for a passage of 110 tokens. In larger
collections it takes half a byte, and the file still has tens of gigabytes, too much to check all
of it before the first question. There each passage's rows have a checksum of their own, which is
compared whenever they are read. Damaged rows are not used: the passage is ranked without tokens,
the log says so once, and the file of checksums is removed, which makes the next start build the
index again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors
from retrieval.encoding.quantisation import BYTE, NIBBLE, Quantised, packed, unpacked
from retrieval.index.array_file import ArrayFile, mapped
from retrieval.index.arrays import Ids

BYTES_UP_TO = 100_000  # passages
_ROWS, _FIRST, _SUMS = "tokens.npy", "tokens.first.npy", "tokens.sums.npy"

Rows = NDArray[Any]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PassageTokens:
    """A passage's tokens.

    `vectors` are unit vectors, float32 of shape (n, dimension); `sentences`, shape (n,), is the
    place of each token's sentence in the passage, from 0 on.
    """

    vectors: Vectors
    sentences: NDArray[np.int32]


class TokenRows:
    """The rows of all passages, found by the passages' numbers."""

    def __init__(
        self, folder: Path, rows: Rows, first: Ids, sums: NDArray[np.uint32] | None
    ) -> None:
        """Store the rows and where they lie.

        Args:
            folder: The index's folder.
            rows: The rows of all passages.
            first: The rows of passage i are `rows[first[i] : first[i + 1]]`.
            sums: The CRC-32 of each passage's rows; None where the whole file is checked when the
                index is opened.
        """
        self._folder = folder
        self._rows = rows
        self._first = first
        self._sums = sums
        self._damage_told = False

    @classmethod
    def load(cls, folder: Path) -> TokenRows:
        """Open what a `TokenWriter` wrote; the rows stay on disk until they are read."""
        sums = mapped(folder / _SUMS) if (folder / _SUMS).exists() else None
        return cls(folder, mapped(folder / _ROWS), np.load(folder / _FIRST), sums)

    def of(self, passages: Ids) -> list[Rows]:
        """Return the rows of each of these passages; damaged ones are left out."""
        return [self._checked(number) for number in passages.tolist()]

    def _checked(self, number: int) -> Rows:
        rows = self._rows[self._first[number] : self._first[number + 1]]
        if self._sums is None or crc32(rows.tobytes()) == self._sums[number]:
            return rows
        if not self._damage_told:
            self._damage_told = True
            log.error(
                "%s is damaged: passages are ranked without it, and the index will be built again "
                "at the next start",
                self._folder / _ROWS,
            )
            with suppress(OSError):
                (self._folder / _SUMS).unlink(missing_ok=True)
        return rows[:0]


class TokenWriter:
    """Writes the tokens of passages into an existing folder, in the order of the passages."""

    def __init__(self, folder: Path, passages: int) -> None:
        """Store the folder, and choose how to write this many passages."""
        self._folder = folder
        self._compact = passages > BYTES_UP_TO
        self._first = [0]
        self._sums: list[int] = []
        self._file: ArrayFile | None = None  # created with the first tokens, which tell its dtype

    def append(self, passages: Sequence[PassageTokens]) -> None:
        """Write the tokens of the next passages."""
        for passage in passages:
            rows = self._packed(passage)
            if self._file is None:
                self._file = ArrayFile(self._folder / _ROWS, rows.dtype)
            self._file.append(rows)
            self._sums.append(crc32(rows.tobytes()))
            self._first.append(self._first[-1] + len(rows))

    def close(self) -> None:
        """Finish the files."""
        if self._file:
            self._file.close()
        np.save(self._folder / _FIRST, np.array(self._first, dtype=np.int64))
        if self._compact:
            np.save(self._folder / _SUMS, np.array(self._sums, dtype=np.uint32))

    def _packed(self, passage: PassageTokens) -> Rows:
        quantised = Quantised.of(passage.vectors, NIBBLE if self._compact else BYTE)
        codes = packed(quantised.codes) if self._compact else quantised.codes
        row = [("codes", codes.dtype, codes.shape[1:]), ("scale", "<f4"), ("sentence", "<u2")]
        rows = np.empty(len(codes), dtype=row)
        rows["codes"], rows["scale"], rows["sentence"] = codes, quantised.scales, passage.sentences
        return rows


def codes_of(rows: Rows, dimension: int) -> Vectors:
    """Return the codes of rows as float32 of shape (n, dimension)."""
    codes = rows["codes"]
    if codes.dtype == np.uint8:
        return unpacked(codes, dimension)
    whole: Vectors = codes.astype(np.float32)
    return whole
