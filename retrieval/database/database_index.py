"""An index in PostgreSQL: one generation, of which only small parts are read whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from retrieval.database.connection import Database
from retrieval.database.copying import ROW_TYPE
from retrieval.database.database_documents import DatabaseDocuments
from retrieval.database.database_search import DatabaseSearch
from retrieval.database.generation import Generation
from retrieval.database.opened import OpenedGeneration
from retrieval.database.passage_numbers import numbers_of
from retrieval.database.passage_rows import read_rows
from retrieval.database.reader import Reader, Statement
from retrieval.database.words import KnownWords
from retrieval.documents import Document, Passage
from retrieval.encoding.encoder import Vectors
from retrieval.index.blas_threads import limit_blas_threads
from retrieval.index.index import Index
from retrieval.index.language_bias import Biases
from retrieval.index.levels import Levels
from retrieval.language.diacritics import Restorer
from retrieval.settings import EF_SEARCH


class DatabaseIndex(Index):
    """The passages of one generation, under the numbers of `retrieval.database.passage_numbers`."""

    def __init__(
        self,
        opened: OpenedGeneration,
        generation: Generation,
        biases: Biases,
        restorer: Restorer,
        levels: Levels,
    ) -> None:
        """Store the opened generation, its row and what was learned from its documents."""
        super().__init__(biases, restorer, levels)
        self.generation = generation
        self._opened = opened

    @classmethod
    def load(
        cls, database: Database, generation: Generation, ef_search: int = EF_SEARCH
    ) -> DatabaseIndex:
        """Open a generation, and limit the process's BLAS threads to one.

        Args:
            database: Where it is.
            generation: Its row.
            ef_search: How many neighbours HNSW keeps in view, where the generation has its indexes.

        Raises:
            CollectionError: The server does not do what it is asked.
        """
        limit_blas_threads()
        reader = Reader(database, generation.schema)
        rows, citus = reader.read(Statement(_STATE), Statement(_CITUS))
        state: dict[str, bytes] = dict(rows)
        opened = OpenedGeneration(
            reader,
            DatabaseDocuments(reader, generation.manifest.documents),
            KnownWords(reader, generation.built_passages),
            np.load(BytesIO(state.pop(ROW_TYPE))).dtype,
            generation.approximate,
            _settings(ef_search if generation.approximate else 0, on_citus=bool(citus)),
        )
        with TemporaryDirectory() as folder:
            for name, content in state.items():
                (Path(folder) / name).write_bytes(content)
            small = Path(folder)
            return cls(
                opened, generation, Biases.load(small), Restorer.load(small), Levels.load(small)
            )

    @property
    def documents(self) -> DatabaseDocuments:
        """The documents that have a passage, in the order of their names."""
        return self._opened.documents

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return self.generation.manifest.passages

    @property
    def languages(self) -> tuple[str, ...]:
        """The distinct languages of the passages, sorted."""
        (rows,) = self._opened.reader.read(Statement(_LANGUAGES))
        return tuple(sorted(language for (language,) in rows))

    def passages_of(self, document: Document) -> tuple[Passage, ...]:
        """Return a document's passages, in its order; none where the document is not here."""
        values = {"name": document.name, "hash": document.hash}
        (keys,) = self._opened.reader.read(Statement(_PASSAGES, values))
        rows = read_rows(self._opened.reader, numbers_of(keys), tokens=False)
        return tuple(row.of(document) for _, row in sorted(rows.items()))

    def also_in(self, document: Document) -> tuple[Document, ...]:
        """Return the other documents that are the same report, in the order of their names."""
        return self.documents.same_report(document)

    def word_weights(self, question: str) -> dict[str, float]:
        """Return each distinct word of the question with its inverse document frequency."""
        return self._opened.words.weights(question)

    def holds_any(self, words: Iterable[str]) -> bool:
        """Tell whether any passage holds any of some folded words."""
        return self._opened.words.holds_any(words)

    def search(self, vector: Vectors, words: Mapping[str, float]) -> DatabaseSearch:
        """Put a question to the index."""
        return DatabaseSearch.of(self._opened, vector, words)


def _settings(ef_search: int, *, on_citus: bool) -> list[str]:
    """Return what holds while candidates are searched for.

    Args:
        ef_search: 0 where no HNSW index is read.
        on_citus: Whether the other servers must be told as well.
    """
    handed_on = ["citus.propagate_set_commands = 'local'"] if on_citus else []
    of_neighbours = [
        f"hnsw.ef_search = {ef_search}",
        "hnsw.iterative_scan = relaxed_order",  # so that a filter leaves enough of them
    ]
    # Compiling a statement takes longer than running it.
    return [*handed_on, "jit = off", *(of_neighbours if ef_search else [])]


_STATE = "SELECT name, content FROM {schema}.state"
_CITUS = "SELECT 1 FROM pg_extension WHERE extname = 'citus'"
_LANGUAGES = "SELECT DISTINCT language FROM {schema}.documents"
_PASSAGES = """
SELECT p.document, p.place FROM {schema}.passages p JOIN {schema}.documents d USING (document)
WHERE d.name = %(name)s::text AND d.hash = %(hash)s::text
"""
