"""A citation with its passage as the collection holds it now, or with the reason why it is lost.

An old answer may be opened months later, when documents were renamed, corrected or removed. The
same text under another name is quoted; another text under the same name is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.citations import Citation
from bot.texts import Texts
from retrieval.answers import Hit
from retrieval.documents import Document, Passage, Span

if TYPE_CHECKING:
    from retrieval.retriever import Retriever


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
        """Return the quotation of a new hit."""
        return cls(Citation.of(hit), hit.passage)

    @classmethod
    def again(cls, citation: Citation, retriever: Retriever) -> Quotation:
        """Look for the very words that were cited; it may read a document, so it blocks."""
        document = retriever.with_hash(citation.hash)
        if document and citation.highlight.of(document.text) == citation.quote:
            return cls(citation, _passage(document, citation.span, retriever))
        known = retriever.named(citation.document)
        return cls(citation, Loss.CHANGED if known else Loss.GONE)


def _passage(document: Document, span: Span, retriever: Retriever) -> Passage:
    # Passages may be cut differently by now; the offsets of the text are still the same.
    sentences = (s for passage in retriever.passages(document) for s in passage.sentences)
    within = tuple(s for s in sentences if span.start <= s.start and s.end <= span.end)
    return Passage(document, span, within)


def loss_reply(loss: Loss | None, texts: Texts) -> str:
    """Say what has become of a document; None where it is not known which of the two."""
    return {Loss.CHANGED: texts.changed, Loss.GONE: texts.gone, None: texts.changed_or_gone}[loss]
