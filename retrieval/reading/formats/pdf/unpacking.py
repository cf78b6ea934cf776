"""What the streams of a PDF unpack to, measured before PDFium unpacks them.

PDFium aborts the process when memory runs out, and the file would be refused as one that breaks the
reader. So the same memory is asked for here first, and too little of it raises MemoryError. It is
not asked for pictures and fonts, because reading text unpacks none.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 1_000  # bytes before a stream that describe it
_NO_TEXT = re.compile(rb"/(?:Image|FontFile\d?|Length1|Metadata)\b")
_PIECE = 16_384  # bytes read at a time
_UNPACKED = 1_000_000  # bytes unpacked at a time
_MUCH = 10_000_000  # bytes of one stream; less is not looked at further
_COPIES = 2  # of a stream that PDFium holds at once


def check_memory(data: bytes) -> None:
    """Raise MemoryError if a stream of the file unpacks to more than can be allocated."""
    for match in _STREAM.finditer(data):
        described = data[max(0, match.start() - _DICTIONARY) : match.start()]
        described = described[described.rfind(b"obj") + 1 :]
        filters = described.count(b"/FlateDecode") + described.count(b"/Fl ")
        if _NO_TEXT.search(described) or not filters:
            continue
        size = _unpacked_size(data, match.end(), filters)
        if size > _MUCH:
            bytearray(_COPIES * size)


def _unpacked_size(data: bytes, start: int, filters: int) -> int:
    pieces = _unpacked(_cut(data, start))
    for _ in range(filters - 1):
        pieces = _unpacked(pieces)
    return sum(map(len, pieces))


def _cut(data: bytes, start: int) -> Iterator[bytes]:
    for at in range(start, len(data), _PIECE):
        yield data[at : at + _PIECE]


def _unpacked(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what the pieces unpack to, none of it large; nothing more where they are damaged."""
    unpacking = zlib.decompressobj()
    try:
        for piece in packed:
            if unpacking.eof:
                return
            while piece and not unpacking.eof:
                yield unpacking.decompress(piece, _UNPACKED)
                piece = unpacking.unconsumed_tail
    except zlib.error:
        return
