"""An index's documents and passages, each read from disk when it is asked for.

    documents.jsonl   text and origin, one document a line
    documents.npy     where each line starts, and the first digits of two hashes: text and name
    passages.npy      each passage's document, its span there and how many sentences it has
    sentences.npy     the sentences' spans in their documents, in the order of the passages
    languages.npy     the language of each passage
    dates.npy, sources.*   see `retrieval.index.provenance`

All these files are mapped into memory, so that a collection of any size opens at once.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.context import searched_text
from retrieval.documents import HASH_DIGITS, Document, Passage, Span, spans_of
from retrieval.index.array_file import ArrayFile, mapped
from retrieval.index.arrays import Ids, Mask
from retrieval.index.documents import Documents
from retrieval.index.on_demand import OnDemand
from retrieval.index.provenance import Provenance, ProvenanceWriter

DOCUMENTS = "documents.jsonl"
_LINE = np.dtype([("start", "<i8"), ("hash", "<u8"), ("name", "<u8")])
_PASSAGE = np.dtype([("document", "<i4"), ("start", "<i4"), ("end", "<i4"), ("sentences", "<i4")])
_SPAN = np.dtype("<i4")
_KEPT = 64  # documents kept after they were read: hits often share a document


class FileDocuments(OnDemand[Document], Documents):
    """The documents that have a passage, in the order of the passages."""

    def __init__(self, lines: mmap.mmap, index: NDArray[Any]) -> None:
        """Store the mapped lines and, for each, its start and its document's hashes."""
        # The cached function must not refer to this object: a cycle would keep the file open.
        super().__init__(len(index), lru_cache(_KEPT)(partial(_read, lines, index["start"])))
        self._index = index

    @property
    def digits(self) -> frozenset[str]:
        """The first `HASH_DIGITS` of the hash of every document's text."""
        return frozenset(f"{one:0{HASH_DIGITS}x}" for one in self._index["hash"].tolist())

    def having(self, digits: Iterable[str]) -> Mask:
        """Return which documents have a text whose hash begins with one of `digits`, shape (n,)."""
        wanted = np.array([int(one, 16) for one in digits], dtype=np.uint64)
        return np.isin(self._index["hash"], wanted)

    def number_of(self, document: Document) -> int | None:
        """Return the number of the document with this name and text, if there is one."""
        found = np.flatnonzero(
            (self._index["hash"] == np.uint64(_first_digits(document.hash)))
            & (self._index["name"] == np.uint64(_first_digits(_hash(document.name))))
        )
        return int(found[0]) if len(found) else None

    def with_hash(self, digits: str) -> Document | None:
        """Return a document whose hash begins with `digits`, hexadecimal, if there is one."""
        least, most = (int(digits[:HASH_DIGITS].ljust(HASH_DIGITS, fill), 16) for fill in "0f")
        hashes = self._index["hash"]
        found = np.flatnonzero((hashes >= np.uint64(least)) & (hashes <= np.uint64(most)))
        return next((one for n in found if (one := self[int(n)]).hash.startswith(digits)), None)

    def named(self, name: str) -> Document | None:
        """Return the document of this name, if there is one."""
        found = np.flatnonzero(self._index["name"] == np.uint64(_first_digits(_hash(name))))
        return next((one for n in found if (one := self[int(n)]).name == name), None)


class Corpus:
    """Documents, passages and sentences, each numbered from 0 in one common order."""

    def __init__(
        self,
        documents: FileDocuments,
        passages: NDArray[Any],
        sentences: NDArray[np.int32],
        languages: NDArray[np.str_],
        provenance: Provenance,
    ) -> None:
        """Store the arrays that `load` opens."""
        self.documents = documents
        self.languages = languages
        self._passages = passages
        self._sentences = sentences
        self.provenance = provenance

    @classmethod
    def write(cls, passages: Iterable[Passage], folder: Path) -> None:
        """Write passages and their documents; the passages of a document follow each other."""
        languages: list[str] = []
        provenance = ProvenanceWriter()
        with (
            (folder / DOCUMENTS).open("wb") as lines,
            closing(ArrayFile(folder / "documents.npy", _LINE)) as index,
            closing(ArrayFile(folder / "passages.npy", _PASSAGE)) as spans,
            closing(ArrayFile(folder / "sentences.npy", _SPAN, (2,))) as sentences,
        ):
            of_documents = groupby(passages, key=lambda passage: id(passage.document))
            for number, (_, group) in enumerate(of_documents):
                own = list(group)
                index.append(_line(own[0].document, lines.tell()))
                lines.write(_json(own[0].document))
                spans.append(np.array([_row(number, passage) for passage in own], dtype=_PASSAGE))
                sentences.append(np.array([s.pair for p in own for s in p.sentences]))
                languages += [own[0].document.language] * len(own)
                provenance.append(own[0].document)
        np.save(folder / "languages.npy", np.array(languages, dtype=np.str_))
        provenance.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Corpus:
        """Open what `write` wrote.

        Raises:
            OSError: A file cannot be read.
            ValueError: A file is damaged.
        """
        with (folder / DOCUMENTS).open("rb") as file:
            lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        index, passages, sentences, languages = (
            mapped(folder / f"{name}.npy")
            for name in ("documents", "passages", "sentences", "languages")
        )
        provenance = Provenance.load(folder)
        return cls(FileDocuments(lines, index), passages, sentences, languages, provenance)

    # These are made anew each time: they refer to this object, so keeping one here would be
    # a cycle, which keeps files open after the last use of the corpus.

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages, each made on access."""
        return OnDemand(len(self._passages), self.passage)

    @property
    def texts(self) -> Sequence[str]:
        """The passages' texts."""
        return OnDemand(len(self._passages), self._text)

    @property
    def searched_texts(self) -> Sequence[str]:
        """The texts by which the passages are found: their contexts and their own words."""
        return OnDemand(
            len(self._passages), lambda number: searched_text(self.passage(number)).text
        )

    @property
    def sentence_texts(self) -> Sequence[str]:
        """The sentences' texts."""
        return OnDemand(len(self._sentences), self._sentence_text)

    @cached_property
    def first_sentence(self) -> Ids:
        """The number of each passage's first sentence, then the count of all sentences."""
        first = np.zeros(len(self._passages) + 1, dtype=np.int64)
        np.cumsum(self._passages["sentences"], out=first[1:])
        return first

    @cached_property
    def passage_of_sentence(self) -> NDArray[np.int32]:
        """The number of each sentence's passage."""
        numbers = np.arange(len(self._passages), dtype=np.int32)
        return np.repeat(numbers, self._passages["sentences"])

    def passage(self, number: int) -> Passage:
        """Return the passage with this number."""
        document, start, end, _ = self._passages[number].tolist()
        first, stop = self.first_sentence[number : number + 2]
        sentences = self._sentences[first:stop].tolist()
        return Passage(self.documents[document], Span(start, end), spans_of(sentences))

    def passages_of(self, document: Document) -> tuple[Passage, ...]:
        """Return a document's passages, in its order; none where the document is not here."""
        number = self.documents.number_of(document)
        if number is None:
            return ()
        owners = self._passages["document"]  # ascending; bisect reads few of them from disk
        own = range(bisect_left(owners, number), bisect_right(owners, number))
        return tuple(self.passage(one) for one in own)

    @property
    def document_numbers(self) -> NDArray[np.int32]:
        """The number of each passage's document, shape (passages,)."""
        numbers: NDArray[np.int32] = self._passages["document"]
        return numbers

    def sentence_starts(self, number: int) -> NDArray[np.int32]:
        """Return where a passage's sentences start, in code points from the passage's start."""
        first, stop = self.first_sentence[number : number + 2]
        starts: NDArray[np.int32] = self._sentences[first:stop, 0] - self._passages["start"][number]
        return starts

    def _text(self, number: int) -> str:
        document, start, end, _ = self._passages[number].tolist()
        return Span(start, end).of(self.documents[document].text)

    def _sentence_text(self, number: int) -> str:
        document = self._passages["document"][self.passage_of_sentence[number]]
        start, end = self._sentences[number].tolist()
        return Span(start, end).of(self.documents[int(document)].text)


def load_documents(path: Path) -> Iterator[Document]:
    """Yield the documents of `documents.jsonl`, one in memory at a time.

    Raises:
        OSError: The file cannot be read.
        ValueError, KeyError, TypeError: A line is damaged.
    """
    with path.open("rb") as lines:
        for line in lines:
            yield Document.from_record(json.loads(line))


def _read(lines: mmap.mmap, starts: NDArray[np.int64], number: int) -> Document:
    end = int(starts[number + 1]) if number + 1 < len(starts) else len(lines)
    return Document.from_record(json.loads(lines[int(starts[number]) : end]))


def _json(document: Document) -> bytes:
    return json.dumps(document.to_record(), ensure_ascii=False).encode() + b"\n"


def _line(document: Document, start: int) -> NDArray[Any]:
    row = (start, _first_digits(document.hash), _first_digits(_hash(document.name)))
    return np.array([row], dtype=_LINE)


def _hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def _first_digits(hexadecimal: str) -> int:
    return int(hexadecimal[:HASH_DIGITS], 16)


def _row(document: int, passage: Passage) -> tuple[int, ...]:
    return document, passage.span.start, passage.span.end, len(passage.sentences)
