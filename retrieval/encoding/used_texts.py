"""Which texts of the vector cache an index was made with, kept with the index in eight bytes each.

Indexes that share a cache must not delete each other's vectors: a text is deleted only where no
index uses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FILE = "used.npy"
_BYTES = 8  # of a key's 32: two of a billion texts share them with a chance of one in forty


@dataclass(frozen=True)
class UsedTexts:
    """The beginnings of the keys of some texts.

    `beginnings` are unsigned integers of 64 bits, shape (texts,), ascending, without repetition.
    """

    beginnings: NDArray[np.uint64]

    @classmethod
    def of(cls, keys: Iterable[bytes]) -> UsedTexts:
        """Return the texts that have these keys in the cache."""
        joined = b"".join(key[:_BYTES] for key in keys)
        return cls(np.unique(np.frombuffer(joined, dtype=">u8").astype(np.uint64)))

    @classmethod
    def load(cls, folder: Path) -> UsedTexts | None:
        """Open what `save` wrote into an index's folder, None where nothing was written."""
        path = folder / _FILE
        return cls(np.load(path)) if path.exists() else None

    @classmethod
    def together(cls, several: Iterable[UsedTexts]) -> UsedTexts:
        """Return the texts of all of them."""
        parts = [np.zeros(0, dtype=np.uint64), *(one.beginnings for one in several)]
        return cls(np.unique(np.concatenate(parts)))

    def save(self, folder: Path) -> None:
        """Write the texts into an index's folder."""
        np.save(folder / _FILE, self.beginnings)

    def __contains__(self, key: bytes) -> bool:
        """Tell whether a text with this key is one of them, or, by a rare chance, begins alike."""
        beginning = np.uint64(int.from_bytes(key[:_BYTES], "big"))
        place = int(np.searchsorted(self.beginnings, beginning))
        return place < len(self.beginnings) and bool(self.beginnings[place] == beginning)
