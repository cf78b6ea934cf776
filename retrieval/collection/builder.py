"""Passages -> an index in a folder, without ever holding all their vectors in memory.

The passages are written first and read from there afterwards, some at a time. Their encodings are
needed twice: to measure each language's mean vectors, which are taken out of all vectors, and to
be written. Vectors go to scratch files of plain numbers, which FAISS then reads; token vectors go
straight to their place. The finished index is asked everyday questions to measure its levels.

The means and the spelling of words are learned from all passages of a small collection. Of a large
one they are learned from passages taken at even distances.
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

from retrieval.collection.near_duplicates import duplicate_groups
from retrieval.context import searched_text, searched_words
from retrieval.documents import Passage
from retrieval.encoding.cache import Encodings, TextKind
from retrieval.encoding.encoder import Encoded, Vectors
from retrieval.index.array_file import ArrayFile, mapped
from retrieval.index.corpus import Corpus
from retrieval.index.duplicates import Duplicates
from retrieval.index.file_index import FileIndex
from retrieval.index.language_bias import Biases
from retrieval.index.levels import Levels
from retrieval.index.lexical import LexicalIndex
from retrieval.index.tokens import PassageTokens, TokenWriter
from retrieval.index.vectors import VectorIndex
from retrieval.language.diacritics import Restorer
from retrieval.language.everyday_questions import LANGUAGES, everyday_questions
from retrieval.language.words import unmarked
from retrieval.ranking.calibration import calibrated
from retrieval.reranking.reranker import Reranker

_CHUNK = 128  # texts whose vectors are in memory at once
_MEASURED = 20_000  # passages for the languages' means; twice as many would not change them
_LEARNED_FROM = 50_000  # passages whose words are counted: about ten million words
_PATIENCE = 2  # seconds before a progress bar is shown


@dataclass(frozen=True)
class IndexBuilder:
    """Builds indexes of the vectors that `encodings` gives.

    `faiss_index` is an index string of FAISS's `index_factory`, empty to choose by size. The levels
    are those of questions asked with `reranker`.
    """

    encodings: Encodings
    faiss_index: str = ""
    reranker: Reranker | None = None

    def build(self, passages: Iterable[Passage], folder: Path) -> FileIndex:
        """Write an index with its levels into an empty folder, and open it there.

        Args:
            passages: At least one, in their documents' order; each document's stand together.
            folder: Exists and is empty. It may be renamed once the index is no longer in use.

        Raises:
            OSError: The folder cannot be written.
            CollectionError: FAISS cannot build the index that `faiss_index` names.
        """
        Corpus.write(passages, folder)
        corpus = Corpus.load(folder)
        self.encodings.encode(corpus.searched_texts, TextKind.PASSAGE)
        biases = self._biases(corpus)
        biases.save(folder)
        self.write_vectors(corpus, biases, folder, len(corpus.texts))
        LexicalIndex.build(map(searched_words, corpus.passages)).save(folder)
        _restorer(corpus).save(folder)
        Duplicates(duplicate_groups(corpus.documents)).save(folder)
        return self._with_levels(folder)

    def build_temporary(self, passages: Iterable[Passage]) -> FileIndex:
        """Return an index as `build` does, in a temporary folder that is removed at once.

        The system keeps the removed files on disk for as long as the index has them open.
        """
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            return self.build(passages, Path(folder))

    def write_vectors(self, corpus: Corpus, biases: Biases, folder: Path, passages: int) -> None:
        """Write the vectors and the token vectors of the passages of `corpus`.

        Args:
            corpus: The passages.
            biases: The means that are taken out of the vectors.
            folder: Where the files go.
            passages: How many passages the index has, which decides how precise tokens are.
        """
        with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
            tokens = TokenWriter(folder, passages)
            self._write_passages(corpus, biases, tokens, Path(scratch) / "passages.npy")
            self._write_sentences(corpus, biases, Path(scratch) / "sentences.npy")
            for part in ("passages", "sentences"):
                vectors = mapped(Path(scratch) / f"{part}.npy")
                VectorIndex.build(vectors, self.faiss_index).save(folder / f"{part}.faiss")
                del vectors  # Windows removes no file that is mapped

    def _with_levels(self, folder: Path) -> FileIndex:
        Levels({}).save(folder)  # an index is asked before its levels can be known
        index = calibrated(FileIndex.load(folder), self.encodings, self.reranker)
        index.levels.save(folder)
        return index

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
        texts = corpus.searched_texts
        return self.encodings.encoded([texts[n] for n in numbers], TextKind.PASSAGE)

    def _write_passages(
        self, corpus: Corpus, biases: Biases, writer: TokenWriter, path: Path
    ) -> None:
        """Write the passages' vectors to `path` and their tokens by `writer`."""
        count = len(corpus.texts)
        with (
            closing(writer) as tokens,
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
    """Yield some of the numbers at a time, with a progress bar if the work takes a while."""
    # disable=None hides the bar where standard error is a log and no terminal.
    with tqdm(total=len(numbers), desc=does, unit=unit, disable=None, delay=_PATIENCE) as bar:
        for first in range(0, len(numbers), _CHUNK):
            chunk = numbers[first : first + _CHUNK]
            yield chunk
            bar.update(len(chunk))


def _evenly(count: int, limit: int) -> range:
    """Return at most `limit` of the numbers below `count`, at even distances."""
    return range(0, count, max(1, -(-count // limit)))


def _vector_file(path: Path, biases: Biases) -> ArrayFile:
    return ArrayFile(path, np.float32, (biases.dimension,))


def _unbiased(encoded: Sequence[Encoded], languages: NDArray[np.str_], biases: Biases) -> Vectors:
    return biases.passage_each(np.stack([one.vector for one in encoded]), languages)


def _tokens(corpus: Corpus, biases: Biases, number: int, encoded: Encoded) -> PassageTokens:
    """Take the bias out of a passage's tokens; find the sentence in which each token ends.

    Those of the context come last and make one more sentence.
    """
    searched = searched_text(corpus.passage(number))
    starts = corpus.sentence_starts(number)
    sentences = np.searchsorted(starts, encoded.ends - searched.own - 1, side="right") - 1
    sentences[encoded.ends <= searched.own] = len(starts)
    order = np.argsort(sentences, kind="stable")
    order = order[encoded.ends[order] > searched.uncompared]
    vectors = biases.passage_token(encoded.tokens[order], str(corpus.languages[number]))
    return PassageTokens(vectors, sentences[order].astype(np.int32))


def _restorer(corpus: Corpus) -> Restorer:
    """Learn how the collection's Vietnamese words are written."""
    vietnamese = np.flatnonzero(corpus.languages == "vi")
    chosen = vietnamese[_evenly(len(vietnamese), _LEARNED_FROM)]
    return Restorer.learn(corpus.texts[number] for number in chosen.tolist())
