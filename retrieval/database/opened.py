"""A generation that is open to questions: what reads its rows, and what of them is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from retrieval.database.conditions import Condition
from retrieval.database.database_documents import DatabaseDocuments
from retrieval.database.reader import Reader, Statement
from retrieval.database.words import KnownWords
from retrieval.index.filters import Filter

_COMPARED_ALONE = 20_000  # passages: where no more are searched among, each of them is compared


@dataclass(frozen=True)
class OpenedGeneration:
    """What questions share.

    `row_type` is that of the rows of tokens. `has_neighbours` tells whether HNSW indexes find the
    nearest vectors; else all are compared. `settings` hold while candidates are searched for.
    """

    reader: Reader
    documents: DatabaseDocuments
    words: KnownWords
    row_type: np.dtype[Any]
    has_neighbours: bool
    settings: Sequence[str]

    def condition(self, among: Filter) -> Condition:
        """Return the condition that the documents of a filter meet."""
        return Condition.of(among, self._sources if among.scope.source else ())

    def is_approximate(self, condition: Condition) -> bool:
        """Tell whether the nearest passages of some documents are found by HNSW.

        It is no good where few passages are searched among: their neighbours are others.
        """
        if not self.has_neighbours or not condition.text:
            return self.has_neighbours
        counted = Statement(_COUNTED.replace("{where}", condition.where), condition.values)
        (((count,),),) = self.reader.read(counted)
        return bool(count > _COMPARED_ALONE)

    @cached_property
    def _sources(self) -> list[str]:
        (rows,) = self.reader.read(Statement(_SOURCES))
        return [source for (source,) in rows]


_COUNTED = "SELECT count(*) FROM {schema}.passages {where}"
_SOURCES = "SELECT DISTINCT source FROM {schema}.documents"
