"""What one reader may ask and see of the documents: a search that is bound to their collections.

Handlers get a `Search` from `bot.searches` and have no other way to the documents. Every look into
them is awaited, and runs in a thread. A search keeps a core busy for some hundredths of a second,
so more searches at once than there are cores would only make all of them slower. The others wait
their turn in the event loop. A look that only reads a document does not wait behind searches.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import joblib

from bot.access.access import Readable
from bot.citations import Citation
from bot.lookups import (
    find_answer_page,
    find_document_page,
    find_quotation,
    find_readable_page,
)
from bot.monitoring.metrics import Metrics
from bot.replies.answers import AnswerPage
from bot.replies.collection import CollectionPage
from bot.replies.deep_links import Place
from bot.replies.quotations import Quotation
from bot.replies.reader import DocumentPage
from bot.store import GivenAnswer
from bot.threads import in_thread
from retrieval.answers import Answer
from retrieval.documents import Document
from retrieval.page_pictures import PagePicture

if TYPE_CHECKING:
    from retrieval.library import Library  # takes seconds to import
    from retrieval.selection import Selection

CORES: int = joblib.cpu_count()
DRAWN_AT_ONCE = 2  # quotes: each takes a process and, at its limit, as much memory as parsing
# Where a question is asked, as the metrics name it.
MESSAGE, INLINE, GUEST, WATCHED = "message", "inline", "guest", "watched"
FAILED = "failed"  # the outcome of a search that gave no answer


@dataclass(frozen=True, slots=True)
class Places:
    """The searches that run at once, of all readers together, and where they are counted."""

    metrics: Metrics
    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CORES))
    drawing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(DRAWN_AT_ONCE))

    async def ask(
        self, documents: Selection, question: str, limit: int, previous: str | None
    ) -> Answer:
        """Search when there is a place for it."""
        async with self.free:
            with self.metrics.search_seconds.time():
                return await asyncio.to_thread(documents.ask, question, limit, previous)

    async def examples(self, documents: Selection, language: str) -> Sequence[str]:
        """Find examples when there is a place for it: each is searched for."""
        async with self.free:
            return await asyncio.to_thread(documents.examples, language)


class Search:
    """Answers questions and shows documents of some collections, and of no other."""

    def __init__(
        self, library: Library, readable: Readable, titles: Mapping[str, str] | None, places: Places
    ) -> None:
        """Store what may be read.

        Args:
            library: All collections.
            readable: The collections that may be read, and those of them that are asked.
            titles: The titles of these collections by name; None where the documents are not
                divided, so that everybody reads all of them.
            places: Where searches wait their turn.
        """
        self._library = library
        self._readable = readable
        self._documents = library.select(readable.names)
        self._asked = library.select(readable.asked)
        self._places = places
        self.is_divided = titles is not None
        self.titles = titles or {}

    @property
    def is_nothing(self) -> bool:
        """Whether there is no collection that may be read."""
        return not self._readable.names

    @property
    def asked(self) -> frozenset[str]:
        """The names of the collections that questions are put to."""
        return self._readable.asked

    async def ask(
        self, question: str, limit: int, asked: str = MESSAGE, previous: str | None = None
    ) -> Answer:
        """Return the answer with at most `limit` hits, when there is a place for the search.

        Args:
            question: What was asked, in the user's words.
            limit: The most hits to return.
            asked: `MESSAGE`, `INLINE` or `GUEST`, the label in the metrics.
            previous: The question before it in the conversation, as it was understood.
        """
        # A thread cannot be stopped: a search keeps its place even if nobody waits for it any more.
        searching = asyncio.create_task(self._places.ask(self._asked, question, limit, previous))
        outcome = FAILED
        try:
            answer = await asyncio.shield(searching)
            outcome = answer.outcome.value
            return answer
        finally:
            self._places.metrics.questions.labels(asked, outcome).inc()

    async def examples(self, language: str) -> Sequence[str]:
        """Return up to two questions in "vi" or "en" that the documents answer."""
        return await self._places.examples(self._asked, language)

    async def answer_page(self, given: GivenAnswer, number: int) -> AnswerPage | None:
        """Return page `number` of an answer that was given earlier, None if it is lost.

        Where the documents are divided, it shows nothing of a collection that may not be read, nor
        of a document that is not where it was.
        """
        if self.is_divided:
            named = self.titles if len(self.asked) > 1 else {}
            look = find_readable_page
            return await asyncio.to_thread(look, given, number, self._collection, named)
        return await asyncio.to_thread(find_answer_page, given, number, self._documents)

    async def quotation(self, citation: Citation) -> Quotation:
        """Return a citation with its words, or with what has become of them."""
        documents = self._collection(citation.collection)
        return await asyncio.to_thread(find_quotation, citation, documents)

    def question_of(self, given: GivenAnswer) -> str:
        """Return the question of an earlier answer as it was understood, for a follow-up.

        Documents that may no longer be read lend it no spelling.
        """
        may_read = all(one.collection in self._readable.names for one in given.citations)
        return (given.restored if may_read else None) or given.question

    async def document_page(self, place: Place, offset: int) -> DocumentPage | None:
        """Open the document of `place` at `offset`; None where that place is no longer there."""
        return await asyncio.to_thread(find_document_page, place, offset, self._documents)

    async def collection_page(self, number: int) -> CollectionPage:
        """Return page `number` of the list of the documents that are asked."""
        return await asyncio.to_thread(CollectionPage.of, self._asked.documents, number)

    async def with_hash(self, digits: str) -> Document | None:
        """Return a document whose text's hash begins with `digits`, if there is one."""
        return await asyncio.to_thread(self._documents.with_hash, digits)

    async def named(self, name: str) -> Document | None:
        """Return the document of this name, if there is one."""
        return await asyncio.to_thread(self._documents.named, name)

    async def named_between(self, first: str, behind: str) -> Sequence[Document]:
        """Return the documents whose names lie from `first` up to, not including, `behind`.

        Only for one collection, whose documents stand in the order of their names.
        """
        return await asyncio.to_thread(self._between, first, behind)

    async def count_passages(self, document: Document) -> int:
        """Return how many passages a document has."""
        return len(await asyncio.to_thread(self._documents.passages, document))

    @property
    def document_count(self) -> int:
        """How many documents may be read."""
        return len(self._documents.documents)

    async def ask_among(self, question: str, documents: Set[str], limit: int) -> Answer:
        """Return what some documents alone answer to a watched question.

        Args:
            question: The question.
            documents: The digits of these documents' hashes.
            limit: The most hits to return.
        """
        async with self._places.free:
            answer = await in_thread(self._asked.ask_among, question, documents, limit)
        self._places.metrics.questions.labels(WATCHED, answer.outcome.value).inc()
        return answer

    async def page_pictures(self, page: DocumentPage) -> Sequence[PagePicture]:
        """Return pictures of the file's pages on which the words cited of a document stand.

        Raises:
            UnreadableError: The file has changed or is gone, or cannot be drawn within the limits.
            CollectionError: No process starts that draws.
        """
        async with self._places.drawing:
            return await asyncio.to_thread(self._documents.page_pictures, page.document, page.cited)

    def _collection(self, name: str) -> Selection:
        return self._library.select(self._readable.names & {name})

    def _between(self, first: str, behind: str) -> Sequence[Document]:
        # Few documents have to be read to find these.
        documents = self._documents.documents
        start, end = (bisect_left(documents, name, key=_name) for name in (first, behind))
        return documents[start:end]


def _name(document: Document) -> str:
    return document.name
