"""Passages into an index's folder, as they come by: never all their vectors in memory.

First the passages are written, and from then on read from there, some at a time. Their encodings
come by twice: for the means of the languages, which are taken out of all vectors, and to be
written. Vectors go to files of plain numbers, which FAISS then reads, and which are removed; the
tokens go straight to their place. Of a large collection, the means and the spelling of words are
learned from passages taken at even distances; of others, from all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from retrieval.documents import Passage
from retrieval.encoding.cache import Encodings, TextKind
from retrieval.encoding.encoder import Encoded, Vectors
from retrieval.index.array_file import ArrayFile, mapped
from retrieval.index.corpus import Corpus
from retrieval.index.index import Index
from retrieval.index.language_bias import Biases
from retrieval.index.levels import Levels
from retrieval.index.lexical import LexicalIndex
from retrieval.index.tokens import PassageTokens, TokenWriter
from retrieval.index.vectors import VectorIndex
from retrieval.language.diacritics import Restorer
from retrieval.language.everyday_questions import LANGUAGES, everyday_questions
from retrieval.language.words import unmarked

_CHUNK = 128  # texts whose vectors are in memory at once
_MEASURED = 20_000  # passages that tell a language's mean: twice as many would not move it
_LEARNED_FROM = 50_000  # passages whose words are counted: ten million words
_PATIENCE = 2  # seconds that work may take without a progress bar


@dataclass(frozen=True)
class IndexBuilder:
    """Builds indexes of vectors from `encodings`.

    `faiss_index` is an index string of FAISS, empty to choose by size.
    """

    encodings: Encodings
    faiss_index: str = ""

    def build(self, passages: Iterable[Passage], folder: Path) -> Index:
        """Index passages, at least one, in their documents' order, in an empty folder.

        Its levels are not known. Raises OSError where the folder cannot be written, and
        CollectionError where FAISS cannot index the passages as it was told.
        """
        Corpus.write(passages, folder)
        corpus = Corpus.load(folder)
        self.encodings.encode(corpus.texts, TextKind.PASSAGE)
        biases = self._biases(corpus)
        biases.save(folder)
        with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
            self._write_passages(corpus, biases, folder, Path(scratch) / "passages.npy")
            self._write_sentences(corpus, biases, Path(scratch) / "sentences.npy")
            for part in ("passages", "sentences"):
                vectors = mapped(Path(scratch) / f"{part}.npy")
                VectorIndex.build(vectors, self.faiss_index).save(folder / f"{part}.faiss")
                del vectors  # what is mapped cannot be removed on Windows
        LexicalIndex.build(corpus.texts).save(folder)
        _restorer(corpus).save(folder)
        Levels({}).save(folder)
        return Index.load(folder)

    def in_memory(self, passages: Iterable[Passage]) -> Index:
        """Index passages for as long as this process needs them, in a folder of no name."""
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            return self.build(passages, Path(folder))

    def _biases(self, corpus: Corpus) -> Biases:
        numbers = _evenly(len(corpus.texts), _MEASURED)
        asked = [(text, name) for name in LANGUAGES for text in everyday_questions(name)]
        return Biases.measure(
            (one for chunk in _chunks(numbers) for one in self._passages(corpus, chunk)),
            (str(corpus.languages[number]) for number in numbers),
            self.encodings.encoded([unmarked(text) for text, _ in asked], TextKind.QUESTION),
            [language for _, language in asked],
        )

    def _passages(self, corpus: Corpus, numbers: range) -> list[Encoded]:
        return self.encodings.encoded([corpus.texts[n] for n in numbers], TextKind.PASSAGE)

    def _write_passages(self, corpus: Corpus, biases: Biases, folder: Path, path: Path) -> None:
        """Write the passages' vectors to `path` and their tokens into the index's folder."""
        count = len(corpus.texts)
        with (
            closing(TokenWriter(folder, count)) as tokens,
            closing(_vector_file(path, biases)) as vectors,
        ):
            for numbers in _chunks(range(count), "Indexing", " passages"):
                encoded = self._passages(corpus, numbers)
                vectors.append(_unbiased(encoded, corpus.languages[numbers], biases))
                pairs = zip(numbers, encoded, strict=True)
                tokens.append([_tokens(corpus, biases, *pair) for pair in pairs])

    def _write_sentences(self, corpus: Corpus, biases: Biases, path: Path) -> None:
        """Write the sentences' vectors to `path`."""
        texts = corpus.sentence_texts
        self.encodings.encode(texts, TextKind.SENTENCE)
        with closing(_vector_file(path, biases)) as vectors:
            for numbers in _chunks(range(len(texts)), "Indexing", " sentences"):
                encoded = self.encodings.encoded([texts[n] for n in numbers], TextKind.SENTENCE)
                languages = corpus.languages[corpus.passage_of_sentence[numbers]]
                vectors.append(_unbiased(encoded, languages, biases))


def _chunks(numbers: range, does: str = "Measuring", unit: str = " passages") -> Iterator[range]:
    """Yield some of the numbers at a time, with a progress bar where it takes a while."""
    # None leaves the bar out where standard error is no terminal, but a log.
    with tqdm(total=len(numbers), desc=does, unit=unit, disable=None, delay=_PATIENCE) as bar:
        for first in range(0, len(numbers), _CHUNK):
            chunk = numbers[first : first + _CHUNK]
            yield chunk
            bar.update(len(chunk))


def _evenly(count: int, limit: int) -> range:
    """Return at most `limit` numbers below `count`, at even distances: all where they are few."""
    return range(0, count, max(1, -(-count // limit)))


def _vector_file(path: Path, biases: Biases) -> ArrayFile:
    return ArrayFile(path, np.float32, (biases.dimension,))


def _unbiased(encoded: Sequence[Encoded], languages: NDArray[np.str_], biases: Biases) -> Vectors:
    return biases.passage_each(np.stack([one.vector for one in encoded]), languages)


def _tokens(corpus: Corpus, biases: Biases, number: int, encoded: Encoded) -> PassageTokens:
    """Take the bias out of a passage's tokens and find the sentence in which each one ends."""
    starts = corpus.sentence_starts(number)
    sentences = np.searchsorted(starts, encoded.ends - 1, side="right") - 1
    vectors = biases.passage_token(encoded.tokens, str(corpus.languages[number]))
    return PassageTokens(vectors, sentences.astype(np.int32))


def _restorer(corpus: Corpus) -> Restorer:
    vietnamese = np.flatnonzero(corpus.languages == "vi")
    chosen = vietnamese[_evenly(len(vietnamese), _LEARNED_FROM)]
    return Restorer.learn(corpus.texts[number] for number in chosen.tolist())
