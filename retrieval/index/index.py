"""An index: documents, their passages and sentences, and everything that finds them.

    documents.*, passages.npy, sentences.npy, languages.npy, dates.npy, sources.*
                      see `retrieval.index.corpus`
    passages.faiss    one vector a passage, language bias removed
    sentences.faiss   one vector a sentence, in the order of the passages
    lexical/          BM25 over the passages' folded words
    tokens.*          the passages' token vectors: see `retrieval.index.tokens`
    means.npz         the mean vectors of each language: see `retrieval.index.language_bias`
    levels.json, everyday.npz
                      what everyday questions score: see `retrieval.index.levels`
    duplicates.npy    which documents are the same report: see `retrieval.index.duplicates`
    diacritics.json   how the collection's Vietnamese words are written

All parts use the same numbers for passages and sentences. `retrieval.collection.builder` writes
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.documents import Document, Passage
from retrieval.index.blas_threads import limit_blas_threads
from retrieval.index.corpus import Corpus, Documents, Ids
from retrieval.index.duplicates import Duplicates
from retrieval.index.language_bias import Biases
from retrieval.index.levels import Levels
from retrieval.index.lexical import LexicalIndex
from retrieval.index.maxsim import TokenIndex
from retrieval.index.provenance import Mask
from retrieval.index.vectors import VectorIndex
from retrieval.language.diacritics import Restorer
from retrieval.scopes import Scope


class Index:
    """Passages under the numbers 0 to n - 1, searchable by vector and by word.

    The sentences of passage i have the numbers `first_sentence[i]` up to `first_sentence[i + 1]`.
    """

    def __init__(
        self,
        corpus: Corpus,
        passage_vectors: VectorIndex,
        sentence_vectors: VectorIndex,
        lexical: LexicalIndex,
        tokens: TokenIndex,
        biases: Biases,
        restorer: Restorer,
        levels: Levels,
        duplicates: Duplicates,
    ) -> None:
        """Store the parts, which must be about the same passages in the same order."""
        self._corpus = corpus
        self.passage_vectors = passage_vectors
        self.sentence_vectors = sentence_vectors
        self.lexical = lexical
        self.tokens = tokens
        self.biases = biases
        self.restorer = restorer
        self.levels = levels
        self._duplicates = duplicates

    @classmethod
    def load(cls, folder: Path) -> Index:
        """Open the index in a folder, and limit the process's BLAS threads to one.

        Large parts stay on disk until they are read. On Linux and macOS the folder may be removed
        while the index is open.

        Raises:
            Exception: A part is missing or damaged; its library decides on the class.
        """
        limit_blas_threads()
        return cls(
            Corpus.load(folder),
            VectorIndex.load(folder / "passages.faiss"),
            VectorIndex.load(folder / "sentences.faiss"),
            LexicalIndex.load(folder),
            TokenIndex.load(folder),
            Biases.load(folder),
            Restorer.load(folder),
            Levels.load(folder),
            Duplicates.load(folder),
        )

    def with_levels(self, levels: Levels) -> Index:
        """Return the same index with other levels."""
        changed = copy(self)
        changed.levels = levels
        return changed

    @property
    def documents(self) -> Documents:
        """The documents that have a passage, in the order of the passages."""
        return self._corpus.documents

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages, each made on access."""
        return self._corpus.passages

    def passages_of(self, document: Document) -> tuple[Passage, ...]:
        """Return a document's passages, in its order; none where the document is not here."""
        return self._corpus.passages_of(document)

    @property
    def first_sentence(self) -> Ids:
        """The number of each passage's first sentence, then the count of all sentences."""
        return self._corpus.first_sentence

    @property
    def passage_of_sentence(self) -> NDArray[np.int32]:
        """The number of each sentence's passage."""
        return self._corpus.passage_of_sentence

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The distinct languages of the passages, sorted."""
        return tuple(np.unique(self._corpus.languages).tolist())

    def language_of(self, number: int) -> str:
        """Return the language of a passage's document."""
        return str(self._corpus.languages[number])

    def admitted(self, scope: Scope) -> Mask | None:
        """Return which passages are within a scope's limits, None where it has no limits."""
        if not scope.is_limited:
            return None
        return self._corpus.provenance.admitted(scope)[self._corpus.document_numbers]

    def passages_having(self, digits: Iterable[str]) -> Mask:
        """Return which passages are of documents whose text's hash begins with one of `digits`."""
        return self.documents.having(digits)[self._corpus.document_numbers]

    def first_day(self, number: int) -> int:
        """Return the ordinal of the day on which a passage's document is dated, 0 without a date.

        It is the first day of a date that covers more than one.
        """
        return self._corpus.provenance.first_day(self._document(number))

    def group_of(self, number: int) -> int | None:
        """Return the number of the group of documents that are the same report as a passage's.

        None where that document has no duplicate.
        """
        return self._duplicates.group(self._document(number))

    def also_in(self, document: Document) -> tuple[Document, ...]:
        """Return the other documents that are the same report, in the order of their names."""
        number = self.documents.number_of(document)
        others = [] if number is None else self._duplicates.others(number)
        return tuple(self.documents[other] for other in others)

    def _document(self, number: int) -> int:
        return int(self._corpus.document_numbers[number])
