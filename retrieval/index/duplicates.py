"""Which documents of an index are the same report: see `retrieval.collection.near_duplicates`.

duplicates.npy   the first document of each document's group, -1 where it has no duplicate
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.index.array_file import mapped

_FILE = "duplicates.npy"


class Duplicates:
    """The groups of documents under their numbers."""

    def __init__(self, groups: NDArray[np.int32]) -> None:
        """Store the first document of each document's group, -1 where it has no duplicate."""
        self._groups = groups

    @classmethod
    def load(cls, folder: Path) -> Duplicates:
        """Open what `save` wrote; raises OSError or ValueError."""
        return cls(mapped(folder / _FILE))

    def save(self, folder: Path) -> None:
        """Write the groups into an existing folder."""
        np.save(folder / _FILE, self._groups)

    def group(self, document: int) -> int | None:
        """Return the number of a document's group, None where it has no duplicate."""
        first = int(self._groups[document])
        return None if first < 0 else first

    def others(self, document: int) -> list[int]:
        """Return the numbers of the documents that are the same report, ascending."""
        first = self.group(document)
        if first is None:
            return []
        members: list[int] = np.flatnonzero(self._groups == first).tolist()
        return [member for member in members if member != document]
