"""Some collections that may be asked and read, as if they were one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Sequence, Set
from itertools import accumulate

from retrieval.answers import Answer
from retrieval.documents import Document, Passage, Span
from retrieval.index.on_demand import OnDemand
from retrieval.page_pictures import PagePicture
from retrieval.refusals import Cause, UnreadableError
from retrieval.searcher import Searcher, Shelf


class Selection(ABC):
    """What `shelves` hold now, and nothing else: no other document can be reached by it.

    All methods may be called from several threads at once.
    """

    def __init__(self, searcher: Searcher) -> None:
        """Store what answers questions."""
        self._searcher = searcher

    @property
    @abstractmethod
    def shelves(self) -> Sequence[Shelf]:
        """The open indexes, as they are now."""

    def ask(self, question: str, limit: int = 3, previous: str | None = None) -> Answer:
        """Return the answer to a question, with at most `limit` hits, best first.

        Args:
            question: What was written. Code points that UTF-8 cannot hold, such as half a surrogate
                pair, become "?".
            limit: The most hits to return.
            previous: The question before it in the same conversation, as it was understood, from
                which a follow-up ("And in 2022?") takes what it leaves out.
        """
        return self._searcher.ask(self.shelves, question, limit, previous)

    def ask_among(self, question: str, documents: Set[str], limit: int = 3) -> Answer:
        """Return what some documents alone answer to a question, with at most `limit` hits.

        Args:
            question: What was written.
            documents: The digits of these documents' hashes (`Document.digits`).
            limit: The most hits to return.
        """
        return self._searcher.ask_among(self.shelves, question, documents, limit)

    @property
    def documents(self) -> Sequence[Document]:
        """The documents, by collection and in the order of their names; each is read on access."""
        parts = [shelf.index.documents for shelf in self.shelves]
        if len(parts) == 1:
            return parts[0]
        ends = list(accumulate(map(len, parts), initial=0))

        def at(number: int) -> Document:
            part = bisect_right(ends, number) - 1
            return parts[part][number - ends[part]]

        return OnDemand(ends[-1], at)

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return sum(shelf.index.passage_count for shelf in self.shelves)

    @property
    def digits(self) -> frozenset[str]:
        """The first digits of the hash of every document's text (`Document.digits`)."""
        return frozenset[str]().union(*(one.index.documents.digits for one in self.shelves))

    def with_hash(self, digits: str) -> Document | None:
        """Return a document whose hash begins with the hexadecimal `digits`, if there is one."""
        found = (shelf.index.documents.with_hash(digits) for shelf in self.shelves)
        return next((one for one in found if one), None)

    def named(self, name: str) -> Document | None:
        """Return the document of this name, if there is one."""
        found = (shelf.index.documents.named(name) for shelf in self.shelves)
        return next((one for one in found if one), None)

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the passages of one document, in its order.

        There are none where no collection holds this name with this text, as after a document was
        changed or removed.
        """
        found = (shelf.index.passages_of(document) for shelf in self.shelves)
        return next((one for one in found if one), ())

    def page_pictures(self, document: Document, span: Span) -> tuple[PagePicture, ...]:
        """Return the pages of a document's file that `span` stands on, with `span` marked.

        Raises UnreadableError and CollectionError as `PageFiles.pictures` does.
        """
        for shelf in self.shelves:
            if shelf.files and shelf.index.passages_of(document):
                return shelf.files.pictures(document, span)
        raise UnreadableError(Cause.NO_FILE)

    def also_in(self, document: Document) -> tuple[Document, ...]:
        """Return the other documents that are the same report, none where it has no duplicate."""
        found = (shelf.index.also_in(document) for shelf in self.shelves)
        return next((one for one in found if one), ())

    def examples(self, language: str) -> tuple[str, ...]:
        """Return up to two questions in "vi" or "en" that the documents answer.

        They are found once for each state of the documents.
        """
        return self._searcher.examples(self.shelves, self.documents, language)
