"""BM25 over folded tokens (bm25s): which passages hold the question's own words, and how fully.

Coverage is a passage's BM25 score over the score that a passage of average length holding every
word of the question once would have. It is near 0 where question and passage are in different
languages, so that it can be added to a dense score without harm; ranks would throw that away.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import bm25s
import numpy as np
from bm25s.tokenization import Tokenized
from numpy.typing import NDArray

from retrieval.words import tokens

_K1, _B = 1.5, 0.75
_FOLDER = "lexical"

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it tells every step


class LexicalIndex:
    """BM25 scores of all passages for a question, as Lucene computes them."""

    def __init__(self, bm25: bm25s.BM25) -> None:
        """Store a bm25s model that holds an index."""
        self._bm25 = bm25

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index `texts`; a text's number is its place among them.

        The vocabulary is sorted, so that the same texts always give the same bytes.
        """
        words = [tokens(text) for text in texts]
        vocabulary = {word: i for i, word in enumerate(sorted({w for text in words for w in text}))}
        ids = [[vocabulary[word] for word in text] for text in words]
        bm25 = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        bm25.index(
            Tokenized(ids=ids, vocab=vocabulary), create_empty_token=False, show_progress=False
        )
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what `save` wrote under `folder`."""
        return cls(bm25s.BM25.load(str(folder / _FOLDER), show_progress=False))

    def save(self, folder: Path) -> None:
        """Write the index under `folder`."""
        self._bm25.save(str(folder / _FOLDER), show_progress=False)

    def coverage(self, question: str) -> NDArray[np.float32]:
        """Return each passage's share of the question's words: shape (passages,), 0 to about 2."""
        weights = self.weights(question)
        full = sum(weights.values()) / (1 + _K1)
        known = [word for word in weights if word in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores(known)
        return scores / np.float32(full)

    def weights(self, question: str) -> dict[str, float]:
        """Return each distinct word of the question with its inverse document frequency.

        A word that no passage holds weighs most: its absence is what tells an uncovered question.
        """
        return {word: self._idf(word) for word in dict.fromkeys(tokens(question))}

    def share_of_words(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the weighted share of the question's words in each text: (texts,), 0 to 1."""
        weights = self.weights(question)
        total = sum(weights.values())
        held = [sum(weights.get(word, 0.0) for word in set(tokens(text))) for text in texts]
        return np.array(held, dtype=np.float32) / np.float32(total)

    def _idf(self, word: str) -> float:
        number = self._bm25.vocab_dict.get(word)
        frequency = 0 if number is None else int(self._frequencies[number])
        return float(np.log1p((self._size - frequency + 0.5) / (frequency + 0.5)))

    @property
    def _size(self) -> int:
        return int(self._bm25.scores["num_docs"])

    @cached_property
    def _frequencies(self) -> NDArray[np.int64]:
        """In how many passages each word of the vocabulary stands: the columns' lengths."""
        frequencies: NDArray[np.int64] = np.diff(self._bm25.scores["indptr"])
        return frequencies
