"""How the items of several segments are numbered where these are joined into one index.

An item is a document, a passage or a sentence. Some items of a segment may have no number: they
were removed, or changed and stand in a later segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.index.arrays import Ids, Mask

Order = NDArray[np.int32]
"""The segment of each document and its number there, in a joined index's order, shape (n, 2)."""


@dataclass(frozen=True)
class Own:
    """The items of one segment among some numbers.

    Attributes:
        segment: The segment.
        places: Where among the numbers these items stand, shape (n,).
        numbers: Their numbers in the segment, shape (n,).
    """

    segment: int
    places: Ids
    numbers: Ids


class Numbering:
    """Where the item of each number lies, and which number each item of a segment has."""

    def __init__(self, segments: NDArray[np.int32], numbers: Ids, sizes: Sequence[int]) -> None:
        """Store where each item lies.

        Args:
            segments: The segment of each item, shape (n,).
            numbers: Its number in that segment, shape (n,).
            sizes: How many items each segment has.
        """
        self._segments = segments
        self._numbers = numbers
        self.joined = [np.full(size, -1, dtype=np.int64) for size in sizes]
        for own in self.split(np.arange(len(segments))):
            self.joined[own.segment][own.numbers] = own.places
        self.live: list[Mask] = [joined >= 0 for joined in self.joined]

    @classmethod
    def of(cls, order: Order, sizes: Sequence[int]) -> Numbering:
        """Return the numbering of documents, given how many documents each segment has."""
        return cls(order[:, 0], order[:, 1].astype(np.int64), sizes)

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self._segments)

    def split(self, numbers: Ids) -> Iterator[Own]:
        """Yield the items of these numbers, segment by segment."""
        segments = self._segments[numbers]
        for segment in np.unique(segments).tolist():
            places = np.flatnonzero(segments == segment)
            yield Own(segment, places, self._numbers[numbers[places]])

    def gathered(self, rows: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """Return the rows of all items in their order, given those of each segment."""
        gathered = np.empty((len(self), *rows[0].shape[1:]), dtype=np.result_type(*rows))
        for own in self.split(np.arange(len(self))):
            gathered[own.places] = rows[own.segment][own.numbers]
        return gathered

    def of_parts(self, firsts: Sequence[Ids]) -> Numbering:
        """Return the numbering of what the items consist of, in the same order.

        Args:
            firsts: For each segment the number of each item's first part, then the count of all
                parts.
        """
        starts = self.gathered([first[:-1] for first in firsts])
        counts = self.gathered([np.diff(first) for first in firsts])
        ends = np.cumsum(counts)
        within = np.arange(counts.sum()) - np.repeat(ends - counts, counts)
        sizes = [int(first[-1]) for first in firsts]
        return Numbering(
            np.repeat(self._segments, counts), np.repeat(starts, counts) + within, sizes
        )
