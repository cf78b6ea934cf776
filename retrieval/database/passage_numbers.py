"""A passage's number: that of its document, and its place there, as one number of 64 bits."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from retrieval.database.reader import Row
from retrieval.database.schema import PLACES
from retrieval.index.arrays import Ids


def number_of(document: int, place: int) -> int:
    """Return the number of the passage at a place of a document."""
    return document << PLACES | place


def numbers_of(rows: Iterable[Row]) -> Ids:
    """Return the numbers of passages, of which each row has the document and the place."""
    return np.array([number_of(*row) for row in rows], dtype=np.int64)


def document_of(number: int) -> int:
    """Return the number of a passage's document."""
    return number >> PLACES


def values_of(numbers: Ids) -> dict[str, list[int]]:
    """Return the documents and places of passages, as parameters of a statement."""
    return {
        "documents": (numbers >> PLACES).tolist(),
        "places": (numbers & ((1 << PLACES) - 1)).tolist(),
    }
