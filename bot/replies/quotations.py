"""A citation with its words: those that the collection holds now, or why it no longer does.

An answer may be asked for its words months later, when documents were renamed, corrected or
removed. The same text under another name is as good as the first one; another text under the
same name is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from bot.citations import Citation
from retrieval.answers import Hit
from retrieval.documents import Document, Passage, Span


class Collection(Protocol):
    """The documents that answers quote, as they are now."""

    @property
    def documents(self) -> Sequence[Document]:
        """The documents of the collection, in the order of their names; may be read from disk."""

    def with_hash(self, digits: str) -> Document | None:
        """Return a document whose hash begins with `digits`, if there is one."""

    def named(self, name: str) -> Document | None:
        """Return the document of this name, if there is one."""

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return a document's passages, in its order."""


class Loss(Enum):
    """What has become of a document whose cited words are no longer there."""

    CHANGED = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A citation, and its passage unless that was lost."""

    citation: Citation
    passage: Passage | Loss

    @classmethod
    def of(cls, hit: Hit) -> Quotation:
        """Quote what was found just now."""
        return cls(Citation.of(hit), hit.passage)

    @classmethod
    def again(cls, citation: Citation, collection: Collection) -> Quotation:
        """Look for the very words that were cited; may read a document, so it blocks."""
        document = collection.with_hash(citation.hash)
        if document and citation.highlight.of(document.text) == citation.quote:
            return cls(citation, _passage(document, citation.span, collection))
        known = collection.named(citation.document)
        return cls(citation, Loss.CHANGED if known else Loss.GONE)


def _passage(document: Document, span: Span, collection: Collection) -> Passage:
    # Passages may be cut differently by now; the offsets of the text are still the same.
    sentences = (s for passage in collection.passages(document) for s in passage.sentences)
    within = tuple(s for s in sentences if span.start <= s.start and s.end <= span.end)
    return Passage(document, span, within)
