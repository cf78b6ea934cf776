"""BM25 over folded words and numbers (bm25s): how many of a question's words each passage holds.

Coverage is a passage's BM25 score divided by the score of a passage of average length that holds
every word of the question once. It is near 0 where question and passage are in different
languages, so it can be added to a dense score. Ranks would lose that.

The collection is read once, text by text, and takes four bytes a word. A saved index is mapped
into memory, so that opening a large collection takes only the memory of its vocabulary.

This module alone imports bm25s.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import bm25s
import numpy as np
from bm25s.tokenization import Tokenized
from numpy.typing import NDArray

from retrieval.index.arrays import Ids, Values
from retrieval.language.numbers import terms
from retrieval.language.references import references

K1, B = 1.5, 0.75
"""BM25's parameters: how soon a repeated word stops counting, and how much length counts."""

_FOLDER = "lexical"

logging.getLogger("bm25s").setLevel(logging.WARNING)  # by default it logs every step


@dataclass(frozen=True)
class Postings:
    """What each word weighs in the passages that hold it.

    Word i is held by the passages `passages[first[i] : first[i + 1]]`, ascending, and `weights` at
    the same places are its parts of their BM25 scores.
    """

    words: Sequence[str]
    first: Ids
    passages: NDArray[np.int32]
    weights: Values

    @property
    def frequencies(self) -> Ids:
        """How many passages hold each word, shape (words,)."""
        return np.diff(self.first)


class LexicalIndex:
    """BM25 scores of all passages for a question, as Lucene computes them."""

    def __init__(self, bm25: bm25s.BM25) -> None:
        """Store a bm25s model that holds an index."""
        # Picking from a memmap takes several times as long as from a plain view of the same memory.
        for part in ("data", "indices", "indptr"):
            bm25.scores[part] = np.asarray(bm25.scores[part])
        self._bm25 = bm25

    @classmethod
    def build(cls, texts: Iterable[Iterable[str]]) -> LexicalIndex:
        """Index the words of at least one text; a text's number is its place, from 0 on.

        The same words always give the same bytes.
        """
        numbered = _NumberedTexts.read(texts)
        bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
        bm25.index(
            Tokenized(ids=numbered, vocab=numbered.vocabulary),
            create_empty_token=False,
            show_progress=False,
        )
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what `save` wrote under `folder`; only the vocabulary is read at once."""
        return cls(bm25s.BM25.load(str(folder / _FOLDER), mmap=True, show_progress=False))

    def save(self, folder: Path) -> None:
        """Write the index under `folder`."""
        self._bm25.save(str(folder / _FOLDER), show_progress=False)

    def coverage(self, weights: Mapping[str, float]) -> Values:
        """Return how much of a question each passage covers.

        Args:
            weights: The question's words as `weights` returns them.

        Returns:
            Float32 of shape (passages,), from 0 to about 2: a word may occur several times.
        """
        known = [word for word in weights if word in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: Values = self._bm25.get_scores(known)
        scores /= full_score(weights)
        return scores

    def weights(self, question: str) -> dict[str, float]:
        """Return each distinct word of the question with its inverse document frequency.

        A reference such as "Điều 5" is a word too (see `retrieval.language.references`). A word
        that no passage holds weighs most, so that a question with such words is covered less.
        """
        return {word: self._idf(word) for word in words_of(question)}

    def holds(self, word: str) -> bool:
        """Tell whether any passage holds a folded word."""
        return word in self._bm25.vocab_dict

    @property
    def postings(self) -> Postings:
        """All words with their weights, in the order of the words' numbers."""
        scores = self._bm25.scores
        words = sorted(self._bm25.vocab_dict, key=self._bm25.vocab_dict.__getitem__)
        first = np.asarray(scores["indptr"], dtype=np.int64)
        return Postings(words, first, scores["indices"], scores["data"])

    def _idf(self, word: str) -> float:
        number = self._bm25.vocab_dict.get(word)
        frequency = 0 if number is None else int(self._frequencies[number])
        return idf(self._size, frequency)

    @property
    def _size(self) -> int:
        return int(self._bm25.scores["num_docs"])

    @cached_property
    def _frequencies(self) -> NDArray[np.int64]:
        """The number of passages that hold each word of the vocabulary."""
        frequencies: NDArray[np.int64] = np.diff(self._bm25.scores["indptr"])
        return frequencies


def words_of(question: str) -> list[str]:
    """Return the distinct folded words, numbers and references of a question."""
    return list(dict.fromkeys((*terms(question), *references(question))))


def full_score(weights: Mapping[str, float]) -> np.float32:
    """Return the score of a passage of average length that holds each word of a question once."""
    return np.float32(sum(weights.values()) / (1 + K1))


def idf(passages: int, frequency: int) -> float:
    """Return a word's inverse document frequency, as Lucene computes it.

    Args:
        passages: How many passages there are.
        frequency: How many of them hold the word.
    """
    return float(np.log1p((passages - frequency + 0.5) / (frequency + 0.5)))


def share_of_words(weights: Mapping[str, float], texts: Iterable[str]) -> Values:
    """Return the weighted share of the words that each text holds, float32 of shape (texts,).

    >>> share_of_words({"rice": 3.0, "staple": 1.0}, ["Rice grows.", "A staple."]).tolist()
    [0.75, 0.25]
    """
    held = [sum(weights.get(word, 0.0) for word in set(terms(text))) for text in texts]
    return np.array(held, dtype=np.float32) / np.float32(sum(weights.values()))


class _NumberedTexts:
    """Texts as numbers of words in a sorted vocabulary, iterated text by text."""

    def __init__(
        self, vocabulary: dict[str, int], words: NDArray[np.int32], ends: NDArray[np.int64]
    ) -> None:
        self.vocabulary = vocabulary
        self._words = words
        self._ends = ends

    @classmethod
    def read(cls, texts: Iterable[Iterable[str]]) -> _NumberedTexts:
        met: dict[str, int] = {}
        words, ends = array("i"), array("q")
        for text in texts:
            words.extend([met.setdefault(word, len(met)) for word in text])
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
