"""Times several ways of doing the same in turns, so that a busy machine slows all of them alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter


def medians(ways: Sequence[Callable[[str], object]], questions: Sequence[str]) -> list[float]:
    """Return the median time of each way in milliseconds; they take turns at every question."""
    times: list[list[float]] = [[] for _ in ways]
    for question in questions:
        for way, taken in zip(ways, times, strict=True):
            start = perf_counter()
            way(question)
            taken.append(1000 * (perf_counter() - start))
    return [median(taken) for taken in times]
