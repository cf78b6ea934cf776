"""Which part of a list a page shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """Page `number` of `count`, both from 1, and the list's places that it shows, half-open."""

    number: int
    count: int
    start: int
    end: int

    @classmethod
    def of(cls, total: int, per_page: int, number: int) -> Paging:
        """Return page `number` of `total` things, the nearest one where there are not so many."""
        count = max(1, -(-total // per_page))
        number = min(max(number, 1), count)
        return cls(number, count, (number - 1) * per_page, number * per_page)
