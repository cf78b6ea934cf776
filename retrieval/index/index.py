"""An index: documents and their passages, put to which a question finds candidates.

This is all that asking knows of an index. `retrieval.index.file_index` keeps one in files.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Self

from retrieval.documents import Document, Passage
from retrieval.encoding.encoder import Vectors
from retrieval.index.documents import Documents
from retrieval.index.language_bias import Biases
from retrieval.index.levels import Levels
from retrieval.index.search import Search
from retrieval.language.diacritics import Restorer


class Index(ABC):
    """Documents whose passages are searchable by vector and by word.

    All methods may be called from several threads at once.
    """

    def __init__(self, biases: Biases, restorer: Restorer, levels: Levels) -> None:
        """Store what was learned from the documents.

        Args:
            biases: The mean vectors of their languages and of questions.
            restorer: How their words are written.
            levels: What everyday questions score on them.
        """
        self.biases = biases
        self.restorer = restorer
        self.levels = levels

    def with_levels(self, levels: Levels) -> Self:
        """Return the same index with other levels."""
        changed = copy(self)
        changed.levels = levels
        return changed

    @property
    @abstractmethod
    def documents(self) -> Documents:
        """The documents that have a passage."""

    @property
    @abstractmethod
    def passage_count(self) -> int:
        """How many passages there are."""

    @property
    @abstractmethod
    def languages(self) -> tuple[str, ...]:
        """The distinct languages of the passages, sorted."""

    @abstractmethod
    def passages_of(self, document: Document) -> tuple[Passage, ...]:
        """Return a document's passages, in its order; none where the document is not here."""

    @abstractmethod
    def also_in(self, document: Document) -> tuple[Document, ...]:
        """Return the other documents that are the same report, in the order of their names."""

    @abstractmethod
    def word_weights(self, question: str) -> dict[str, float]:
        """Return each distinct word of the question with its inverse document frequency.

        A reference such as "Điều 5" is a word too (see `retrieval.language.references`). A word
        that no passage holds weighs most, so that a question with such words is covered less.
        """

    @abstractmethod
    def holds_any(self, words: Iterable[str]) -> bool:
        """Tell whether any passage holds any of some folded words."""

    @abstractmethod
    def search(self, vector: Vectors, words: Mapping[str, float]) -> Search:
        """Put a question to the index.

        Args:
            vector: The question's unit vector without its language bias, shape (dimension,).
            words: The question's words as `word_weights` gives them.
        """
