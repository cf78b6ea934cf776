"""Files as a failing disk or a stopped copy leaves them."""

from __future__ import annotations

from random import Random


class Mutations:
    """Damage at random places, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311

    def flipped(self, data: bytes) -> bytes:
        """Return `data`, at least a byte, with one bit the other way."""
        flipped = bytearray(data)
        flipped[self._random.randrange(len(data))] ^= 1 << self._random.randrange(8)
        return bytes(flipped)

    def half_written(self, data: bytes) -> bytes:
        """Return `data` with zeros from some place on, as blocks that never reached the disk."""
        end = self._random.randrange(len(data.rstrip(b"\0")))
        return data[:end] + bytes(len(data) - end)

    def truncated(self, data: bytes) -> bytes:
        """Return the beginning of `data`, at least a byte short."""
        return data[: self._random.randrange(len(data))]
