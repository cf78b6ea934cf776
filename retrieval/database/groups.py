"""Groups of documents that are the same report, as documents come and go.

A document that comes is compared with those that share much of its sketch, as at a build (see
`retrieval.collection.near_duplicates`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    cast,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from retrieval.collection.near_duplicates import are_duplicates, resemble, sketch_of
from retrieval.database.schema import DOCUMENTS
from retrieval.documents import Document

_COMPARED = 10  # documents whole: those of one form may be thousands


def join_group(connection: Connection, number: int, document: Document) -> None:
    """Put a document whose row is written into the group of those that say the same."""
    sketch = sketch_of(document)
    signed = sketch.view(np.int64).tolist()
    sharing = (
        select(DOCUMENTS.c.document, DOCUMENTS.c.sketch, DOCUMENTS.c.duplicates)
        .where(DOCUMENTS.c.sketch.overlap(cast(signed, ARRAY(BigInteger))))
        .where(DOCUMENTS.c.document != number)
        .order_by(DOCUMENTS.c.document.desc())
    )
    near = [
        row
        for row in connection.execute(sharing)
        if resemble(sketch, np.array(row.sketch, dtype=np.int64).view(np.uint64))
    ][:_COMPARED]
    same = [row for row in near if are_duplicates(_document(connection, row.document), document)]
    if same:
        groups = {row.document if row.duplicates is None else row.duplicates for row in same}
        members = [number, *(row.document for row in same)]
        joined = or_(_among(DOCUMENTS.c.document, members), _among(DOCUMENTS.c.duplicates, groups))
        connection.execute(update(DOCUMENTS).where(joined).values(duplicates=min(groups)))


def leave_groups(connection: Connection, groups: Iterable[int]) -> None:
    """Dissolve those of some groups that have one document left."""
    alone = (
        select(DOCUMENTS.c.duplicates)
        .where(_among(DOCUMENTS.c.duplicates, groups))
        .group_by(DOCUMENTS.c.duplicates)
        .having(func.count() == 1)
    )
    left = connection.execute(alone).scalars().all()
    of_left = _among(DOCUMENTS.c.duplicates, left)
    connection.execute(update(DOCUMENTS).where(of_left).values(duplicates=None))


def _document(connection: Connection, number: int) -> Document:
    record = select(DOCUMENTS.c.record).where(DOCUMENTS.c.document == number)
    return Document.from_record(json.loads(connection.execute(record).scalar_one()))


def _among(column: Column[int], numbers: Iterable[int]) -> ColumnElement[bool]:
    return column == func.any(cast(sorted(numbers), ARRAY(BigInteger)))
