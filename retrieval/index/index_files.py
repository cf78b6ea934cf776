"""The files of an index that are searched, opened together.

    documents.*, passages.npy, sentences.npy, languages.npy, dates.npy, sources.*
                      see `retrieval.index.corpus`
    passages.faiss    one vector a passage, language bias removed
    sentences.faiss   one vector a sentence, in the order of the passages
    lexical/          BM25 over the passages' folded words
    tokens.*          the passages' token vectors: see `retrieval.index.tokens`
    duplicates.npy    which documents are the same report: see `retrieval.index.duplicates`
    sketches.npy      by which further documents are compared with these

All parts use the same numbers for passages and sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.index.arrays import Mask
from retrieval.index.corpus import Corpus
from retrieval.index.duplicates import Duplicates
from retrieval.index.filters import Filter
from retrieval.index.joined_corpus import JoinedCorpus
from retrieval.index.joined_parts import JoinedLexical, JoinedTokens, JoinedVectors
from retrieval.index.lexical import LexicalIndex, LexicalSearch
from retrieval.index.maxsim import TokenIndex, TokenSearch
from retrieval.index.numbering import Order
from retrieval.index.vectors import VectorIndex, VectorSearch


@dataclass(frozen=True)
class IndexFiles:
    """The parts of an index, all about the same passages in the same order."""

    corpus: Corpus
    passage_vectors: VectorSearch
    sentence_vectors: VectorSearch
    lexical: LexicalSearch
    tokens: TokenSearch
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

    @classmethod
    def joined(
        cls, segments: Sequence[IndexFiles], order: Order, duplicates: Duplicates
    ) -> IndexFiles:
        """Return several segments as one index.

        Args:
            segments: What is open already.
            order: The documents that are in the index; the segments may hold older ones too.
            duplicates: Which of these documents are the same report.
        """
        joined = JoinedCorpus.of([one.corpus for one in segments], order)
        passages, sentences = joined.passages, joined.sentences
        return cls(
            joined.corpus,
            JoinedVectors([one.passage_vectors for one in segments], passages),
            JoinedVectors([one.sentence_vectors for one in segments], sentences),
            JoinedLexical([one.lexical for one in segments], passages),
            JoinedTokens([one.tokens for one in segments], passages),
            duplicates,
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
