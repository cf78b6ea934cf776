"""An index in files: searched by FAISS and bm25s, and opened without being read.

    documents.*, passages.*, sentences.*, lexical/, tokens.*, …
                      what is searched: see `retrieval.index.index_files`
    means.npz         the mean vectors of each language: see `retrieval.index.language_bias`
    levels.json, everyday.npz
                      what everyday questions score: see `retrieval.index.levels`
    diacritics.json   how the collection's Vietnamese words are written

`retrieval.collection.builder` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from retrieval.documents import Document, Passage
from retrieval.encoding.encoder import Vectors
from retrieval.index.blas_threads import limit_blas_threads
from retrieval.index.corpus import FileDocuments
from retrieval.index.file_search import FileSearch
from retrieval.index.index import Index
from retrieval.index.index_files import IndexFiles
from retrieval.index.language_bias import Biases
from retrieval.index.levels import Levels
from retrieval.language.diacritics import Restorer


class FileIndex(Index):
    """Passages under the numbers 0 to n - 1, in files."""

    def __init__(
        self, files: IndexFiles, biases: Biases, restorer: Restorer, levels: Levels
    ) -> None:
        """Store the opened files and what was learned from the documents."""
        super().__init__(biases, restorer, levels)
        self.files = files

    @classmethod
    def load(cls, folder: Path) -> FileIndex:
        """Open the index in a folder, and limit the process's BLAS threads to one.

        Large parts stay on disk until they are read. On Linux and macOS the folder may be removed
        while the index is open.

        Raises:
            Exception: A part is missing or damaged; its library decides on the class.
        """
        limit_blas_threads()
        return cls(
            IndexFiles.load(folder),
            Biases.load(folder),
            Restorer.load(folder),
            Levels.load(folder),
        )

    @property
    def documents(self) -> FileDocuments:
        """The documents that have a passage, in the order of the passages."""
        return self.files.corpus.documents

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages, each made on access."""
        return self.files.corpus.passages

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return len(self.files.corpus.passages)

    @property
    def sentence_count(self) -> int:
        """How many sentences there are."""
        return int(self.files.corpus.first_sentence[-1])

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The distinct languages of the passages, sorted."""
        return tuple(np.unique(self.files.corpus.languages).tolist())

    def passages_of(self, document: Document) -> tuple[Passage, ...]:
        """Return a document's passages, in its order; none where the document is not here."""
        return self.files.corpus.passages_of(document)

    def also_in(self, document: Document) -> tuple[Document, ...]:
        """Return the other documents that are the same report, in the order of their names."""
        number = self.documents.number_of(document)
        others = [] if number is None else self.files.duplicates.others(number)
        return tuple(self.documents[other] for other in others)

    def word_weights(self, question: str) -> dict[str, float]:
        """Return each distinct word of the question with its inverse document frequency."""
        return self.files.lexical.weights(question)

    def holds_any(self, words: Iterable[str]) -> bool:
        """Tell whether any passage holds any of some folded words."""
        return any(map(self.files.lexical.holds, words))

    def search(self, vector: Vectors, words: Mapping[str, float]) -> FileSearch:
        """Put a question to the index."""
        return FileSearch(self.files, vector, self.files.lexical.coverage(words))
