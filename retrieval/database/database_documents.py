"""The documents of a generation, read when they are asked for, the latest kept."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import overload

from retrieval.database.reader import Reader, Statement
from retrieval.documents import HASH_DIGITS, Document
from retrieval.index.documents import Documents

_KEPT = 64  # documents: hits often share one
_BATCH = 64  # documents read at a time


class DatabaseDocuments(Documents):
    """The documents of a generation, in the order of their names."""

    def __init__(self, reader: Reader, length: int) -> None:
        """Store what reads the generation, and how many documents it has."""
        self._reader = reader
        self._length = length
        self._kept: OrderedDict[int, Document] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many documents there are."""
        return self._length

    @overload
    def __getitem__(self, key: int) -> Document: ...

    @overload
    def __getitem__(self, key: slice) -> tuple[Document, ...]: ...

    def __getitem__(self, key: int | slice) -> Document | tuple[Document, ...]:
        """Read one document, or those of a slice."""
        places = range(self._length)[key]
        if isinstance(places, range):
            low, high = (min(places), max(places)) if places else (0, -1)
            read = self._at(low, high - low + 1)
            return tuple(read[place - low] for place in places if place - low < len(read))
        found = self._at(places, 1)
        if not found:  # fewer are left than there were
            raise IndexError(key)
        return found[0]

    def __iter__(self) -> Iterator[Document]:
        """Read the documents, some at a time."""
        last: str | None = None
        while found := self._read(_AFTER, last=last, limit=_BATCH):
            yield from found
            last = found[-1].name

    @property
    def digits(self) -> frozenset[str]:
        """The first `HASH_DIGITS` of the hash of every document's text."""
        (rows,) = self._reader.read(Statement(_DIGITS, {"count": HASH_DIGITS}))
        return frozenset(digits for (digits,) in rows)

    def with_hash(self, digits: str) -> Document | None:
        """Return a document whose hash begins with `digits`, hexadecimal, if there is one."""
        return next(iter(self._read(_WITH_HASH, digits=digits)), None)

    def named(self, name: str) -> Document | None:
        """Return the document of this name, if there is one."""
        return next(iter(self._read(_NAMED, name=name)), None)

    def of(self, numbers: Iterable[int]) -> dict[int, Document]:
        """Return those documents of some numbers that are still there, by their numbers."""
        asked = set(numbers)
        with self._lock:
            found = {number: self._kept[number] for number in asked if number in self._kept}
        if missing := sorted(asked - found.keys()):
            (rows,) = self._reader.read(Statement(_NUMBERED, {"numbers": missing}))
            read = {number: _document(record) for number, record in rows}
            self._keep(read)
            found |= read
        return found

    def same_report(self, document: Document) -> tuple[Document, ...]:
        """Return the other documents that are the same report, in the order of their names."""
        values = {"name": document.name, "hash": document.hash}
        return tuple(self._read(_SAME_REPORT, **values))

    def _at(self, first: int, limit: int) -> list[Document]:
        return self._read(_AT, first=first, limit=limit) if limit else []

    def _read(self, text: str, **values: object) -> list[Document]:
        (rows,) = self._reader.read(Statement(text, values))
        return [_document(record) for (record,) in rows]

    def _keep(self, read: dict[int, Document]) -> None:
        with self._lock:
            self._kept |= read
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def _document(record: str) -> Document:
    return Document.from_record(json.loads(record))


# Names are sorted by code points, as Python does; the database may go by the rules of a language.
_AT = """
SELECT record FROM {schema}.documents
ORDER BY name COLLATE "C" OFFSET %(first)s LIMIT %(limit)s
"""
_AFTER = """
SELECT record FROM {schema}.documents
WHERE %(last)s::text IS NULL OR name COLLATE "C" > %(last)s::text
ORDER BY name COLLATE "C" LIMIT %(limit)s
"""
_DIGITS = "SELECT DISTINCT left(hash, %(count)s) FROM {schema}.documents"
_WITH_HASH = """
SELECT record FROM {schema}.documents WHERE hash ^@ %(digits)s::text ORDER BY document LIMIT 1
"""
_NAMED = "SELECT record FROM {schema}.documents WHERE name = %(name)s::text"
_NUMBERED = """
SELECT document, record FROM {schema}.documents WHERE document = ANY(%(numbers)s::bigint[])
"""
_SAME_REPORT = """
SELECT record FROM {schema}.documents
WHERE name <> %(name)s::text AND duplicates = (
    SELECT duplicates FROM {schema}.documents
    WHERE name = %(name)s::text AND hash = %(hash)s::text
) ORDER BY name COLLATE "C"
"""
