"""A sequence whose items are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

_T = TypeVar("_T")


class OnDemand(Sequence[_T]):
    """A read-only sequence that keeps none of its items.

    >>> squares = OnDemand(4, lambda number: number**2)
    >>> squares[-1], squares[1:3], len(squares)
    (9, (1, 4), 4)
    """

    def __init__(self, length: int, make: Callable[[int], _T]) -> None:
        """Store how many items there are, and what makes the item of a number from 0 on."""
        self._numbers = range(length)
        self._make = make

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self._numbers)

    @overload
    def __getitem__(self, key: int) -> _T: ...

    @overload
    def __getitem__(self, key: slice) -> tuple[_T, ...]: ...

    def __getitem__(self, key: int | slice) -> _T | tuple[_T, ...]:
        """Make one item, or the items of a slice."""
        if isinstance(key, slice):
            return tuple(self._make(number) for number in self._numbers[key])
        return self._make(self._numbers[key])
