"""An index: documents, their passages and sentences, and everything that finds them.

    documents.jsonl   text, origin and spans, a document a line
    passages.faiss    one vector a passage, language bias taken out
    sentences.faiss   one vector a sentence, numbered in the passages' order
    lexical/          BM25 over the passages' folded words
    tokens.*.npy      the passages' token vectors, one byte a dimension
    means.npz         each language's mean vectors
    levels.json       what everyday questions score, by language
    diacritics.json   how the collection's Vietnamese words are written

All parts number the passages and their sentences alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.bias import Biases
from retrieval.cache import Kind, VectorCache
from retrieval.corpus import DOCUMENTS, load_passages, save_passages
from retrieval.diacritics import Restorer
from retrieval.documents import Document, Passage
from retrieval.embedder import Encoded, Vectors
from retrieval.everyday import LANGUAGES, everyday_questions
from retrieval.levels import Levels
from retrieval.lexical import LexicalIndex
from retrieval.token_vectors import PassageTokens, TokenIndex
from retrieval.vectors import VectorIndex
from retrieval.words import unmarked

Ids = NDArray[np.int64]


class Index:
    """Passages under the numbers 0 to n - 1, searchable by vector and by word.

    The sentences of passage i have the numbers `first_sentence[i]` up to `first_sentence[i + 1]`.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        passage_vectors: VectorIndex,
        sentence_vectors: VectorIndex,
        lexical: LexicalIndex,
        tokens: TokenIndex,
        biases: Biases,
        restorer: Restorer,
        levels: Levels,
    ) -> None:
        """Store the parts; they must number the same passages and sentences."""
        self.passages = tuple(passages)
        self.passage_vectors = passage_vectors
        self.sentence_vectors = sentence_vectors
        self.lexical = lexical
        self.tokens = tokens
        self.biases = biases
        self.restorer = restorer
        self.levels = levels

    @classmethod
    def build(cls, passages: Sequence[Passage], cache: VectorCache, faiss_index: str = "") -> Index:
        """Index `passages`, at least one, in their documents' order; its levels are not known.

        `faiss_index` is an index string of FAISS, empty to choose by size.
        """
        encoded = cache.encoded([passage.text for passage in passages], Kind.PASSAGE)
        biases = _biases(passages, encoded, cache)
        return cls(
            passages,
            VectorIndex.build(_passage_vectors(passages, encoded, biases), faiss_index),
            VectorIndex.build(_sentence_vectors(passages, cache, biases), faiss_index),
            LexicalIndex.build([passage.text for passage in passages]),
            TokenIndex.build(
                [_tokens(*pair, biases) for pair in zip(passages, encoded, strict=True)]
            ),
            biases,
            Restorer.learn(p.text for p in passages if p.document.language == "vi"),
            Levels({}),
        )

    @classmethod
    def load(cls, folder: Path) -> Index:
        """Open what `save` wrote; raises whatever the damaged part's library raises."""
        return cls(
            load_passages(folder / DOCUMENTS),
            VectorIndex.load(folder / "passages.faiss"),
            VectorIndex.load(folder / "sentences.faiss"),
            LexicalIndex.load(folder),
            TokenIndex.load(folder),
            Biases.load(folder),
            Restorer.load(folder),
            Levels.load(folder),
        )

    def save(self, folder: Path) -> None:
        """Write everything into an existing folder."""
        save_passages(self.passages, folder / DOCUMENTS)
        self.passage_vectors.save(folder / "passages.faiss")
        self.sentence_vectors.save(folder / "sentences.faiss")
        self.lexical.save(folder)
        self.tokens.save(folder)
        self.biases.save(folder)
        self.restorer.save(folder)
        self.levels.save(folder)

    def with_levels(self, levels: Levels) -> Index:
        """Return the same index with other levels."""
        changed = copy(self)
        changed.levels = levels
        return changed

    def language_of(self, number: int) -> str:
        """Return the language of a passage's document."""
        return self.passages[number].document.language

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents that have a passage, in the passages' order."""
        return tuple({id(p.document): p.document for p in self.passages}.values())

    @cached_property
    def first_sentence(self) -> Ids:
        """The number of each passage's first sentence, and behind them the count of all."""
        return np.cumsum([0, *(len(passage.sentences) for passage in self.passages)])

    @cached_property
    def passage_of_sentence(self) -> Ids:
        """The number of the passage in which each sentence stands."""
        return np.repeat(np.arange(len(self.passages)), np.diff(self.first_sentence))


def _biases(passages: Sequence[Passage], encoded: Sequence[Encoded], cache: VectorCache) -> Biases:
    asked = [(text, name) for name in LANGUAGES for text in everyday_questions(name)]
    return Biases.measure(
        encoded,
        [passage.document.language for passage in passages],
        cache.encoded([unmarked(text) for text, _ in asked], Kind.QUESTION),
        [language for _, language in asked],
    )


def _passage_vectors(
    passages: Sequence[Passage], encoded: Sequence[Encoded], biases: Biases
) -> Vectors:
    pairs = zip(passages, encoded, strict=True)
    return np.vstack([biases.passage(e.vector[np.newaxis], p.document.language) for p, e in pairs])


def _sentence_vectors(passages: Sequence[Passage], cache: VectorCache, biases: Biases) -> Vectors:
    sentences = [(p.document, span) for p in passages for span in p.sentences]
    texts = [span.of(document.text) for document, span in sentences]
    pairs = zip(sentences, cache.encoded(texts, Kind.SENTENCE), strict=True)
    return np.vstack([biases.passage(e.vector[np.newaxis], d.language) for (d, _), e in pairs])


def _tokens(passage: Passage, encoded: Encoded, biases: Biases) -> PassageTokens:
    """Take the bias out of a passage's tokens and find the sentence in which each one ends."""
    starts = [span.start - passage.span.start for span in passage.sentences]
    sentences = np.searchsorted(starts, encoded.ends - 1, side="right") - 1
    vectors = biases.passage_token(encoded.tokens, passage.document.language)
    return PassageTokens(vectors, sentences.astype(np.int32))
