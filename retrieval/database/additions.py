"""Documents on their way into a generation: their vectors, tokens and words, ready to be written.

The means that are taken out of vectors, and the numbers that weights are counted with, are those of
the generation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, select

from retrieval.collection.builder import IndexBuilder
from retrieval.context import searched_words
from retrieval.database.copying import ROW_TYPE, numbered
from retrieval.database.generation import Generation
from retrieval.database.layout import Layout, Numbered, WordsOfPassages
from retrieval.database.schema import STATE
from retrieval.database.tables import TableWriter
from retrieval.database.vocabulary import Vocabulary
from retrieval.database.weights import term_weights
from retrieval.database.writer import Writer
from retrieval.index.corpus import Corpus
from retrieval.index.language_bias import Biases
from retrieval.index.tokens import TokenRows
from retrieval.index.vectors import VectorIndex
from retrieval.language.diacritics import Restorer
from retrieval.passages import passages_of
from retrieval.reading.parse_cache import ParsedFile

_SPELLING = "diacritics.json"


@dataclass(frozen=True)
class Additions:
    """New documents of a generation, each with at least one passage.

    Attributes:
        files: The documents with their files' hashes.
        first: The number of the first one; the others follow.
        folder: Vectors, tokens and texts of their passages lie here.
        corpus: Their passages.
        vocabulary: The words of these.
        words: The words by passage.
        spelling: What the collection knows of spelling once they are in it.
    """

    files: Sequence[ParsedFile]
    first: int
    folder: Path
    corpus: Corpus
    vocabulary: Vocabulary
    words: WordsOfPassages
    spelling: bytes

    @classmethod
    def of(
        cls,
        writer: Writer,
        generation: Generation,
        files: Sequence[ParsedFile],
        builder: IndexBuilder,
        folder: Path,
    ) -> Additions:
        """Encode the passages of at least one document, and count their words.

        Args:
            writer: Reads the generation's tables.
            generation: What the documents are added to.
            files: The documents.
            builder: Encodes.
            folder: Empty.
        """
        Corpus.write((one for file in files for one in passages_of(file.document)), folder)
        corpus = Corpus.load(folder)
        with writer.within(generation.schema) as connection:
            read_state(connection, folder)
        builder.write_vectors(corpus, Biases.load(folder), folder, generation.built_passages)
        counted = [Counter(searched_words(one)) for one in corpus.passages]
        with writer.within(generation.schema) as connection:
            vocabulary = Vocabulary.of(connection, counted)
        words = _words(counted, vocabulary, generation)
        first = generation.next_document
        return cls(files, first, folder, corpus, vocabulary, words, _spelling(corpus, folder))

    @property
    def numbers(self) -> range:
        """The numbers of the documents."""
        return range(self.first, self.first + len(self.files))

    def write(self, tables: TableWriter) -> None:
        """Write the rows of the documents, and of words that are new."""
        tables.documents(
            (number, file.document, None, file.sha256)
            for number, file in zip(self.numbers, self.files, strict=True)
        )
        layout = Layout.of(
            [Numbered(self.first + one.document, one.place, one.passage) for one in self._passages]
        )
        passages = np.arange(len(layout.documents))
        vectors, of_sentences = (
            VectorIndex.load(self.folder / f"{part}.faiss") for part in ("passages", "sentences")
        )
        tables.passages(
            layout,
            self.corpus.languages[passages].tolist(),
            vectors.get(passages),
            self.words,
            TokenRows.load(self.folder).of(passages),
        )
        tables.sentences(layout, of_sentences.get(np.arange(layout.first[-1])))
        tables.postings(layout, self.words)
        most = self.most
        terms = sorted((self.vocabulary.terms[word].number, word) for word in self.vocabulary.new)
        tables.terms(
            (number, word, self.vocabulary.terms[word].frequency, most[number])
            for number, word in terms
        )
        tables.state(_SPELLING, self.spelling)

    @property
    def most(self) -> dict[int, float]:
        """The largest weight of each term in the new passages."""
        most: dict[int, float] = {}
        for term, weight in zip(
            self.words.terms.tolist(), self.words.weights.tolist(), strict=True
        ):
            most[term] = max(weight, most.get(term, 0.0))
        return most

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return int(self.corpus.first_sentence[-1])

    @property
    def _passages(self) -> Sequence[Numbered]:
        return list(numbered(self.corpus))


def read_state(connection: Connection, folder: Path) -> None:
    """Write the small files that a generation keeps into a folder, as they were."""
    for row in connection.execute(select(STATE).where(STATE.c.name != ROW_TYPE)):
        (folder / row.name).write_bytes(row.content)


def _words(
    counted: Sequence[Counter[str]], vocabulary: Vocabulary, generation: Generation
) -> WordsOfPassages:
    """Weigh the words of passages with the numbers of the generation."""
    passages, average = generation.built_passages, generation.average_words
    weighed = [
        sorted(
            (vocabulary.terms[word].number, weight)
            for word, weight in term_weights(
                words, vocabulary.frequencies, passages, average
            ).items()
        )
        for words in counted
    ]
    flat = [pair for each in weighed for pair in each]
    return WordsOfPassages(
        np.cumsum([0, *map(len, weighed)]),
        np.array([term for term, _ in flat], dtype=np.int32),
        np.array([weight for _, weight in flat], dtype=np.float32),
    )


def _spelling(corpus: Corpus, folder: Path) -> bytes:
    """Return what the generation, whose state lies in `folder`, and new passages know together."""
    texts = (one.text for one in corpus.passages if one.document.language == "vi")
    together = Restorer.together([Restorer.load(folder), Restorer.learn(texts)])
    together.save(folder)
    return (folder / _SPELLING).read_bytes()
