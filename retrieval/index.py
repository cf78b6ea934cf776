"""An index: documents, their passages and sentences, and everything that finds them.

    documents.jsonl   text, origin and spans, a document a line
    passages.faiss    one vector a passage, language bias taken out
    sentences.faiss   one vector a sentence, numbered in the passages' order
    lexical/          BM25 over the passages' folded words
    means.npz         each language's mean vector
    diacritics.json   how the collection's Vietnamese words are written

All parts number the passages and their sentences alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.bias import LanguageBias
from retrieval.corpus import load_passages, save_passages
from retrieval.diacritics import Restorer
from retrieval.documents import Document, Passage
from retrieval.embedder import Vectors
from retrieval.lexical import LexicalIndex
from retrieval.vectors import VectorIndex

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
        bias: LanguageBias,
        restorer: Restorer,
    ) -> None:
        """Store the parts; they must number the same passages and sentences."""
        self.passages = tuple(passages)
        self.passage_vectors = passage_vectors
        self.sentence_vectors = sentence_vectors
        self.lexical = lexical
        self.bias = bias
        self.restorer = restorer

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        encode: Callable[[Sequence[str]], Vectors],
        faiss_index: str = "",
    ) -> Index:
        """Index `passages`, at least one, in their documents' order.

        `encode` gives unit vectors, float32 of shape (texts, dimension); `faiss_index` is an
        index string of FAISS, empty to choose by size.
        """
        texts = texts_of(passages)
        whole, sentences = np.split(encode(texts), [len(passages)])
        languages = [passage.document.language for passage in passages]
        spoken = [passage.document.language for passage in passages for _ in passage.sentences]
        bias = LanguageBias.measure(whole, languages)
        return cls(
            passages,
            VectorIndex.build(bias.removed(whole, languages), faiss_index),
            VectorIndex.build(bias.removed(sentences, spoken), faiss_index),
            LexicalIndex.build(texts[: len(passages)]),
            bias,
            Restorer.learn(p.text for p in passages if p.document.language == "vi"),
        )

    @classmethod
    def load(cls, folder: Path) -> Index:
        """Open what `save` wrote; raises whatever the damaged part's library raises."""
        return cls(
            load_passages(folder / "documents.jsonl"),
            VectorIndex.load(folder / "passages.faiss"),
            VectorIndex.load(folder / "sentences.faiss"),
            LexicalIndex.load(folder),
            LanguageBias.load(folder),
            Restorer.load(folder),
        )

    def save(self, folder: Path) -> None:
        """Write everything into an existing folder."""
        save_passages(self.passages, folder / "documents.jsonl")
        self.passage_vectors.save(folder / "passages.faiss")
        self.sentence_vectors.save(folder / "sentences.faiss")
        self.lexical.save(folder)
        self.bias.save(folder)
        self.restorer.save(folder)

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


def texts_of(passages: Sequence[Passage]) -> list[str]:
    """Return all texts that an index of `passages` encodes: the passages', then the sentences'."""
    sentences = [span.of(p.document.text) for p in passages for span in p.sentences]
    return [*(passage.text for passage in passages), *sentences]
