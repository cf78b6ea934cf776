"""Rows in PostgreSQL's binary COPY format, made of numpy's arrays.

A row is the number of its columns, then each column's length and bytes, all big-endian. Where the
columns have one length in all rows, many rows are one array, which takes no loop over them. Format:
https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"; the layout of arrays is that
of `array_send`, that of vectors pgvector's `vector_send`.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = struct.pack(">h", -1)

_INT4, _FLOAT4 = 23, 700  # the numbers of the types, from pg_type.dat
_BIG_ENDIAN = {"i4": ">i4", "i8": ">i8", "f4": ">f4"}


def rows(**columns: NDArray[Any]) -> bytes:
    """Return rows of numbers and vectors, in the order of the columns.

    Args:
        columns: int32, int64 or float32 of shape (n,); float32 of shape (n, dimension) is n values
            of pgvector's type `vector`.
    """
    fields: list[tuple[str, DTypeLike] | tuple[str, DTypeLike, tuple[int, ...]]]
    fields = [("columns", ">i2")]
    for name, values in columns.items():
        number = _BIG_ENDIAN[values.dtype.str[1:]]
        fields.append((f"{name} length", ">i4"))
        if values.ndim == 2:
            fields.append((f"{name} dimension", ">i2"))
            fields.append((f"{name} unused", ">i2"))
            fields.append((name, number, values.shape[1:]))
        else:
            fields.append((name, number))
    written = np.zeros(len(next(iter(columns.values()))), dtype=fields)
    written["columns"] = len(columns)
    for name, values in columns.items():
        written[name] = values
        written[f"{name} length"] = values.dtype.itemsize
        if values.ndim == 2:
            written[f"{name} length"] = 4 + values.shape[1] * values.dtype.itemsize
            written[f"{name} dimension"] = values.shape[1]
    return written.tobytes()


def row(*columns: bytes) -> bytes:
    """Return one row of columns that are written already."""
    parts = [struct.pack(">h", len(columns))]
    for column in columns:
        parts += (struct.pack(">i", len(column)), column)
    return b"".join(parts)


def integer(value: int, width: int = 4) -> bytes:
    """Return a column of the type integer, or of bigint with a width of 8."""
    return value.to_bytes(width, "big", signed=True)


def vector(values: NDArray[np.float32]) -> bytes:
    """Return a column of pgvector's type `vector`."""
    return struct.pack(">hh", len(values), 0) + values.astype(">f4").tobytes()


def array(values: NDArray[Any]) -> bytes:
    """Return a column of the type integer[] or real[], of int32 or float32 of shape (n,)."""
    kind = _INT4 if values.dtype.kind == "i" else _FLOAT4
    if not len(values):
        return struct.pack(">iii", 0, 0, kind)
    items = np.empty(len(values), dtype=[("length", ">i4"), ("item", _BIG_ENDIAN[kind_of(values)])])
    items["length"], items["item"] = 4, values
    return struct.pack(">iiiii", 1, 0, kind, len(values), 1) + items.tobytes()


def kind_of(values: NDArray[Any]) -> str:
    """Return the kind and width of an array's numbers, such as "i4"."""
    return values.dtype.str[1:]
