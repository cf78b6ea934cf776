"""The pages of a document: one passage at a time, with the words that were cited marked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from bot.replies.quotations import Collection
from retrieval.documents import Document, Passage, Span


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The passage `number`, counted from 1, of a document's `passages`.

    `cited` are the words for whose sake the document was opened, on this page or elsewhere.
    """

    passages: tuple[Passage, ...]
    number: int
    cited: Span

    @classmethod
    def at(
        cls, offset: int, document: Document, cited: Span, collection: Collection
    ) -> DocumentPage:
        """Open the document at the passage that holds `offset`; cuts it up, so it blocks."""
        passages = collection.passages(document)
        starts = [passage.span.start for passage in passages]
        return cls(passages, max(1, bisect_right(starts, offset)), cited)

    @property
    def passage(self) -> Passage:
        """The passage that this page shows."""
        return self.passages[self.number - 1]

    @property
    def document(self) -> Document:
        """The document that is read."""
        return self.passage.document

    @property
    def neighbours(self) -> tuple[Passage | None, Passage | None]:
        """The passages before and after this one."""
        around = (None, *self.passages, None)
        return around[self.number - 1], around[self.number + 1]

    @property
    def highlight(self) -> Span | None:
        """What of this page was cited; None where nothing stands out: none of it, or all."""
        span = self.passage.span
        common = Span(max(span.start, self.cited.start), min(span.end, self.cited.end))
        return common if common.start < common.end and common != span else None
