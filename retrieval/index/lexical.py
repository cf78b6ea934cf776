"""BM25 over folded tokens (bm25s): which passages hold the question's own words, and how fully.

Coverage is a passage's BM25 score over the score that a passage of average length holding every
word of the question once would have. It is near 0 where question and passage are in different
languages, so that it can be added to a dense score without harm; ranks would throw that away.

The collection is read once, a text at a time, into four bytes a word; what is saved is mapped
into memory, so that opening a large collection costs no more than its vocabulary.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import bm25s
import numpy as np
from bm25s.tokenization import Tokenized
from numpy.typing import NDArray

from retrieval.language.words import tokens

_K1, _B = 1.5, 0.75
_FOLDER = "lexical"

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it tells every step


class LexicalIndex:
    """BM25 scores of all passages for a question, as Lucene computes them."""

    def __init__(self, bm25: bm25s.BM25) -> None:
        """Store a bm25s model that holds an index."""
        # Views: picking from a mapped array itself takes several times as long.
        for part in ("data", "indices", "indptr"):
            bm25.scores[part] = np.asarray(bm25.scores[part])
        self._bm25 = bm25

    @classmethod
    def build(cls, texts: Iterable[str]) -> LexicalIndex:
        """Index `texts`, at least one, each read once; a text's number is its place among them.

        The vocabulary is sorted, so that the same texts always give the same bytes.
        """
        numbered = _NumberedTexts.read(texts)
        bm25 = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        bm25.index(
            Tokenized(ids=numbered, vocab=numbered.vocabulary),
            create_empty_token=False,
            show_progress=False,
        )
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what `save` wrote under `folder`; all but the words stays on disk until read."""
        return cls(bm25s.BM25.load(str(folder / _FOLDER), mmap=True, show_progress=False))

    def save(self, folder: Path) -> None:
        """Write the index under `folder`."""
        self._bm25.save(str(folder / _FOLDER), show_progress=False)

    def coverage(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """Return each passage's share of a question's words, which have these `weights`.

        Its shape is (passages,), its values 0 to about 2.
        """
        known = [word for word in weights if word in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores(known)
        scores /= np.float32(sum(weights.values()) / (1 + _K1))
        return scores

    def weights(self, question: str) -> dict[str, float]:
        """Return each distinct word of the question with its inverse document frequency.

        A word that no passage holds weighs most: its absence is what tells an uncovered question.
        """
        return {word: self._idf(word) for word in dict.fromkeys(tokens(question))}

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


def share_of_words(weights: Mapping[str, float], texts: Iterable[str]) -> NDArray[np.float32]:
    """Return the weighted share of some words that each text holds: shape (texts,), 0 to 1."""
    held = [sum(weights.get(word, 0.0) for word in set(tokens(text))) for text in texts]
    return np.array(held, dtype=np.float32) / np.float32(sum(weights.values()))


class _NumberedTexts:
    """Texts as their words' numbers, which are the words' places in a sorted vocabulary."""

    def __init__(
        self, vocabulary: dict[str, int], words: NDArray[np.int32], ends: NDArray[np.int64]
    ) -> None:
        self.vocabulary = vocabulary
        self._words = words
        self._ends = ends

    @classmethod
    def read(cls, texts: Iterable[str]) -> _NumberedTexts:
        met: dict[str, int] = {}
        words, ends = array("i"), array("q")
        for text in texts:
            words.extend([met.setdefault(word, len(met)) for word in tokens(text)])
            ends.append(len(words))
        vocabulary = {word: number for number, word in enumerate(sorted(met))}
        numbers = np.array([vocabulary[word] for word in met], dtype=np.int32)
        return cls(vocabulary, numbers[np.array(words, dtype=np.int32)], np.array(ends))

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[list[int]]:
        start = 0
        for end in self._ends.tolist():
            yield self._words[start:end].tolist()
            start = end
