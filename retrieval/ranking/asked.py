"""A question put to one index."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answers import CollectionLabel
from retrieval.index.index import Index
from retrieval.ranking.query import Query


@dataclass(frozen=True)
class Asked:
    """An index, and the question as it was prepared for this index.

    `collection` is what its hits say of where they come from.
    """

    index: Index
    query: Query
    collection: CollectionLabel = CollectionLabel()
