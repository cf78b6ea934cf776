"""The files of an index that are searched, opened together.

    documents.*, passages.npy, sentences.npy, languages.npy, dates.npy, sources.*
                      see `retrieval.index.corpus`
    passages.faiss    one vector a passage, language bias removed
    sentences.faiss   one vector a sentence, in the order of the passages
    lexical/          BM25 over the passages' folded words
    tokens.*          the passages' token vectors: see `retrieval.index.tokens`
    duplicates.npy    which documents are the same report: see `retrieval.index.duplicates`

All parts use the same numbers for passages and sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from retrieval.index.arrays import Mask
from retrieval.index.corpus import Corpus
from retrieval.index.duplicates import Duplicates
from retrieval.index.filters import Filter
from retrieval.index.lexical import LexicalIndex
from retrieval.index.maxsim import TokenIndex
from retrieval.index.vectors import VectorIndex


@dataclass(frozen=True)
class IndexFiles:
    """The parts of an index, all about the same passages in the same order."""

    corpus: Corpus
    passage_vectors: VectorIndex
    sentence_vectors: VectorIndex
    lexical: LexicalIndex
    tokens: TokenIndex
    duplicates: Duplicates

    @classmethod
    def load(cls, folder: Path) -> IndexFiles:
        """Open the parts in a folder; large ones stay on disk until they are read.

        Raises:
            Exception: A part is missing or damaged; its library decides on the class.
        """
        return cls(
            Corpus.load(folder),
            VectorIndex.load(folder / "passages.faiss"),
            VectorIndex.load(folder / "sentences.faiss"),
            LexicalIndex.load(folder),
            TokenIndex.load(folder),
            Duplicates.load(folder),
        )

    def admitted(self, among: Filter) -> Mask | None:
        """Return which passages meet a filter, shape (passages,); None where all do."""
        if among.admits_all:
            return None
        documents = self.corpus.provenance.admitted(among.scope)
        if among.is_outside:
            documents = ~documents
        if among.digits is not None:
            documents &= self.corpus.documents.having(among.digits)
        return documents[self.corpus.document_numbers]

    def document_of(self, passage: int) -> int:
        """Return the number of a passage's document."""
        return int(self.corpus.document_numbers[passage])
