"""When and where the documents of an index were published, as arrays that are small and searched.

    dates.npy       the days that each document's date covers, 0 and 0 where it has none
    sources.npy     the number of each document's source
    sources.json    the distinct sources by these numbers

A question that is limited to a period or a source reads no document that it leaves out.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import Document
from retrieval.index.array_file import mapped
from retrieval.index.arrays import Mask
from retrieval.periods import Period
from retrieval.scopes import Scope

_DATES, _SOURCES, _NAMES = "dates.npy", "sources.npy", "sources.json"


class ProvenanceWriter:
    """Gathers the dates and sources of documents, in the order of the documents."""

    def __init__(self) -> None:
        """Begin without a document."""
        self._dates: list[tuple[int, int]] = []
        self._sources: list[int] = []
        self._numbers: dict[str, int] = {}

    def append(self, document: Document) -> None:
        """Note the next document's date and source."""
        period = Period.of_iso(document.date)
        self._dates.append(period.ordinals if period else (0, 0))
        number = self._numbers.setdefault(document.source, len(self._numbers))
        self._sources.append(number)

    def save(self, folder: Path) -> None:
        """Write the files into an existing folder."""
        np.save(folder / _DATES, np.array(self._dates, dtype="<i4").reshape(-1, 2))
        np.save(folder / _SOURCES, np.array(self._sources, dtype="<i4"))
        names = json.dumps(list(self._numbers), ensure_ascii=False)
        (folder / _NAMES).write_text(names, encoding="utf-8")


class Provenance:
    """Dates and sources of the documents under their numbers."""

    def __init__(
        self, dates: NDArray[np.int32], sources: NDArray[np.int32], names: list[str]
    ) -> None:
        """Store the arrays, shapes (documents, 2) and (documents,), and the distinct sources."""
        self._dates = dates
        self._sources = sources
        self._names = names

    @classmethod
    def load(cls, folder: Path) -> Provenance:
        """Open what a `ProvenanceWriter` saved; raises OSError or ValueError."""
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        return cls(mapped(folder / _DATES), mapped(folder / _SOURCES), names)

    def admitted(self, scope: Scope) -> Mask:
        """Return which documents are within a scope's limits, those without a date included."""
        admitted = np.ones(len(self._sources), dtype=np.bool_)
        if scope.period:
            first, end = scope.period.ordinals
            undated = self._dates[:, 1] == 0
            admitted &= undated | ((self._dates[:, 0] < end) & (first < self._dates[:, 1]))
        if scope.source:
            named = np.array([scope.admits_source(name) for name in self._names], dtype=np.bool_)
            admitted &= named[self._sources]
        return admitted

    def first_day(self, number: int) -> int:
        """Return the ordinal of the first day that a document's date covers, 0 without a date."""
        return int(self._dates[number, 0])
