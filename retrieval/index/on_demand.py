"""A sequence whose items are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class OnDemand(Sequence[T]):
    """`length` items, of which `make` makes the one of a number from 0 on; none is kept."""

    def __init__(self, length: int, make: Callable[[int], T]) -> None:
        """Store how many there are and what makes one."""
        self._numbers = range(length)
        self._make = make

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)

    @overload
    def __getitem__(self, key: int) -> T: ...

    @overload
    def __getitem__(self, key: slice) -> tuple[T, ...]: ...

    def __getitem__(self, key: int | slice) -> T | tuple[T, ...]:
        """Make one item, or those of a slice."""
        if isinstance(key, slice):
            return tuple(self._make(number) for number in self._numbers[key])
        return self._make(self._numbers[key])
