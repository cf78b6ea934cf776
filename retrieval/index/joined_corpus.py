"""The corpora of several segments as one, in the order of their documents' names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.documents import Document
from retrieval.index.corpus import Corpus, FileDocuments
from retrieval.index.numbering import Numbering, Order
from retrieval.index.provenance import Provenance


@dataclass(frozen=True)
class JoinedCorpus:
    """A corpus, and where its passages and sentences lie in the segments."""

    corpus: Corpus
    passages: Numbering
    sentences: Numbering

    @classmethod
    def of(cls, segments: Sequence[Corpus], order: Order) -> JoinedCorpus:
        """Join segments.

        Small arrays are copied into memory, about a hundred bytes a passage; the documents stay on
        disk.

        Args:
            segments: What the segments hold.
            order: The documents that are in the joined corpus.
        """
        sizes = [len(one.documents) for one in segments]
        documents = Numbering.of(order, sizes)
        passages = documents.of_parts([one.first_passage for one in segments])
        sentences = passages.of_parts([one.first_sentence for one in segments])
        rows = passages.gathered([one.rows for one in segments])
        rows["document"] = passages.gathered(
            [
                joined[one.rows["document"]]
                for joined, one in zip(documents.joined, segments, strict=True)
            ]
        )
        corpus = Corpus(
            _documents(segments, order, documents),
            rows,
            sentences.gathered([one.spans for one in segments]),
            passages.gathered([one.languages for one in segments]),
            Provenance.joined([one.provenance for one in segments], documents),
        )
        return cls(corpus, passages, sentences)


def _documents(segments: Sequence[Corpus], order: Order, numbering: Numbering) -> FileDocuments:
    parts = [one.documents for one in segments]

    def read(number: int) -> Document:
        segment, own = map(int, order[number])
        return parts[segment][own]

    return FileDocuments(read, numbering.gathered([part.keys for part in parts]))
