"""Damages files like a failing disk or an interrupted copy."""

from __future__ import annotations

from random import Random


class Mutations:
    """Makes damage at random places; the same seed gives the same damage."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311

    def flipped(self, data: bytes) -> bytes:
        """Return `data`, which has at least one byte, with one bit flipped."""
        flipped = bytearray(data)
        flipped[self._random.randrange(len(data))] ^= 1 << self._random.randrange(8)
        return bytes(flipped)

    def half_written(self, data: bytes) -> bytes:
        """Return `data` with zeros from some place on, like blocks that never reached the disk."""
        end = self._random.randrange(len(data.rstrip(b"\0")))
        return data[:end] + bytes(len(data) - end)

    def truncated(self, data: bytes) -> bytes:
        """Return the beginning of `data`, at least one byte shorter."""
        return data[: self._random.randrange(len(data))]
