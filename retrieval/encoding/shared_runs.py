"""Runs of a model that texts of equal length share when they come at the same time.

A run reads all weights of the model, which for a short text takes as long as a third of the
products. Texts that wait for a processor while others run are put together, so that the weights are
read once for all of them. Only texts of equal length are, since then each has the same vectors as
alone, to the last bit.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock, Semaphore

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors

LARGEST = 128
"""The tokens in a run above which sharing saves nothing more."""

Ids = NDArray[np.int64]
Run = Callable[[Ids], Vectors]
"""From token ids, shape (texts, n), to their vectors, float32 of shape (texts, n, dimension)."""


@dataclass(frozen=True, eq=False)
class _Waiting:
    """A text; two of them are never equal, so that a list tells them apart."""

    ids: Ids
    vectors: Future[Vectors] = field(default_factory=Future)


class SharedRuns:
    """At most so many runs at a time as there are processors; any thread may ask for vectors."""

    def __init__(self, run: Run, processors: int | None = None) -> None:
        """Store what runs the model, and on how many processors; by default on all of them."""
        self._run = run
        self._free = Semaphore(processors or _processors())
        self._lock = Lock()
        self._waiting: list[_Waiting] = []

    def vectors(self, ids: Ids) -> Vectors:
        """Return the vectors of a text's tokens, shape (n, dimension), for ids of shape (n,)."""
        own = _Waiting(ids)
        with self._lock:
            self._waiting.append(own)
        with self._free:
            if taken := self._taken_with(own):
                self._finish(taken)
        return own.vectors.result()

    def _taken_with(self, own: _Waiting) -> list[_Waiting]:
        """Take a text and those that fit to it; none where another thread has taken it."""
        with self._lock:
            if own not in self._waiting:
                return []
            alike = [other for other in self._waiting if len(other.ids) == len(own.ids)]
            alike.sort(key=lambda other: other is not own)
            taken = alike[: max(1, LARGEST // len(own.ids))]
            self._waiting = [other for other in self._waiting if other not in taken]
        return taken

    def _finish(self, taken: list[_Waiting]) -> None:
        try:
            found = self._run(np.stack([text.ids for text in taken]))
        except BaseException as error:
            for text in taken:
                text.vectors.set_exception(error)
            raise
        for text, vectors in zip(taken, found, strict=True):
            text.vectors.set_result(vectors)


def _processors() -> int:
    """Return how many processors there are; to know a container's quota takes a slow import."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
