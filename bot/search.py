"""The bot's one way to the documents: every look into them is awaited, and runs in a thread.

A search keeps a core busy for some hundredths of a second, so more searches at once than there are
cores would only make all of them slower. The others wait their turn in the event loop. A look that
only reads a document does not wait behind searches.
"""

from __future__ import annotations

import asyncio
import itertools
from bisect import bisect_left
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

import joblib

from bot.citations import Citation
from bot.monitoring.metrics import Metrics
from bot.replies.answers import PER_PAGE, AnswerPage
from bot.replies.collection import CollectionPage
from bot.replies.deep_links import Place
from bot.replies.paging import Paging
from bot.replies.quotations import Loss, Quotation
from bot.replies.reader import DocumentPage
from bot.store import GivenAnswer
from bot.threads import in_thread
from retrieval.answers import Answer, Outcome
from retrieval.documents import Document, Passage, Span
from retrieval.page_pictures import PagePicture
from retrieval.reading.parse_cache import ParsedFile

if TYPE_CHECKING:
    from retrieval.retriever import Retriever  # takes seconds to import

CORES: int = joblib.cpu_count()
DRAWN_AT_ONCE = 2  # quotes: each takes a process and, at its limit, as much memory as parsing
# Where a question is asked, as the metrics name it.
MESSAGE, INLINE, WATCHED = "message", "inline", "watched"
FAILED = "failed"  # the outcome of a search that gave no answer


class Search:
    """Answers questions and shows documents, from a retriever that blocks.

    `reopened` is set whenever the documents may have changed.
    """

    def __init__(self, retriever: Retriever, metrics: Metrics, places: int = CORES) -> None:
        """Store the retriever.

        Args:
            retriever: Answers from the documents; its methods are called in threads.
            metrics: Where questions and the seconds of a search are counted.
            places: How many searches may run at once.
        """
        self._retriever = retriever
        self._metrics = metrics
        self._places = asyncio.Semaphore(places)
        self._drawing = asyncio.Semaphore(DRAWN_AT_ONCE)
        self.reopened = asyncio.Event()

    async def ask(
        self, question: str, limit: int, asked: str = MESSAGE, previous: str | None = None
    ) -> Answer:
        """Return the answer with at most `limit` hits, when there is a place for the search.

        Args:
            question: What was asked, in the user's words.
            limit: The most hits to return.
            asked: `MESSAGE` or `INLINE`, the label in the metrics.
            previous: The question before it in the conversation, as it was understood.
        """
        # A thread cannot be stopped: a search keeps its place even if nobody waits for it any more.
        searching = asyncio.create_task(self._search(question, limit, previous))
        outcome = FAILED
        try:
            answer = await asyncio.shield(searching)
            outcome = answer.outcome.value
            return answer
        finally:
            self._metrics.questions.labels(asked, outcome).inc()

    async def ask_among(self, question: str, documents: Set[str], limit: int) -> Answer:
        """Return what some documents alone answer to a watched question.

        Args:
            question: The question.
            documents: The digits of these documents' hashes.
            limit: The most hits to return.
        """
        async with self._places:
            answer = await in_thread(self._retriever.ask_among, question, documents, limit)
        self._metrics.questions.labels(WATCHED, answer.outcome.value).inc()
        return answer

    async def digits(self) -> frozenset[str]:
        """Return the first digits of the hash of every document's text."""
        return await in_thread(lambda: self._retriever.digits)

    async def examples(self, language: str) -> Sequence[str]:
        """Return up to two questions in "vi" or "en" that the documents answer."""
        async with self._places:
            return await asyncio.to_thread(self._retriever.examples, language)

    async def answer_page(self, given: GivenAnswer, number: int) -> AnswerPage:
        """Return page `number` of an answer that was given earlier."""
        return await asyncio.to_thread(find_answer_page, given, number, self._retriever)

    async def quotation(self, citation: Citation) -> Quotation:
        """Return a citation with its words, or with what has become of them."""
        return await asyncio.to_thread(find_quotation, citation, self._retriever)

    async def document_page(self, place: Place, offset: int) -> DocumentPage | None:
        """Open the document of `place` at `offset`; None where that place is no longer there."""
        return await asyncio.to_thread(find_document_page, place, offset, self._retriever)

    async def page_pictures(self, page: DocumentPage) -> Sequence[PagePicture]:
        """Return pictures of the file's pages on which the words cited of a document stand.

        Raises:
            UnreadableError: The file has changed or is gone, or cannot be drawn within the limits.
            CollectionError: No process starts that draws.
        """
        async with self._drawing:
            return await asyncio.to_thread(self._retriever.page_pictures, page.document, page.cited)

    async def collection_page(self, number: int) -> CollectionPage:
        """Return page `number` of the list of all documents."""
        return await asyncio.to_thread(CollectionPage.of, self._retriever.documents, number)

    async def with_hash(self, digits: str) -> Document | None:
        """Return a document whose text's hash begins with `digits`, if there is one."""
        return await asyncio.to_thread(self._retriever.with_hash, digits)

    async def named(self, name: str) -> Document | None:
        """Return the document of this name, if there is one."""
        return await asyncio.to_thread(self._retriever.named, name)

    async def named_between(self, first: str, behind: str) -> Sequence[Document]:
        """Return the documents whose names lie from `first` up to, not including, `behind`."""
        return await asyncio.to_thread(self._between, first, behind)

    async def reopen(self, *parsed: ParsedFile, unfinished: Set[str] = frozenset()) -> None:
        """Take up what has changed in the documents; questions are answered meanwhile.

        Args:
            parsed: Files that need not be parsed again.
            unfinished: The names of documents whose files are still being written; they stay as
                they were.

        Raises:
            CollectionError: The documents cannot be indexed; the old index stays.
        """
        await in_thread(self._retriever.reopen, *parsed, unfinished=unfinished)
        self.reopened.set()

    async def count_passages(self, document: Document) -> int:
        """Return how many passages a document has."""
        return len(await asyncio.to_thread(self._retriever.passages, document))

    @property
    def document_count(self) -> int:
        """How many documents there are to answer from."""
        return len(self._retriever.documents)

    def show_counts(self) -> None:
        """Show in the metrics how much there is to answer from, and every kind of question at 0."""
        for asked, outcome in itertools.product((MESSAGE, INLINE), (*Outcome, FAILED)):
            # Prometheus sees no increase where a count appears at 1.
            self._metrics.questions.labels(asked, str(outcome))
        show, retriever = self._metrics.show, self._retriever
        show("documents", "Documents in the collection.", lambda: len(retriever.documents))
        show("passages", "Passages in the collection.", lambda: retriever.passage_count)

    async def _search(self, question: str, limit: int, previous: str | None) -> Answer:
        async with self._places:
            with self._metrics.search_seconds.time():
                return await asyncio.to_thread(self._retriever.ask, question, limit, previous)

    def _between(self, first: str, behind: str) -> Sequence[Document]:
        # Documents stand in the order of their names, so few have to be read to find these.
        documents = self._retriever.documents
        start, end = (bisect_left(documents, name, key=_name) for name in (first, behind))
        return documents[start:end]


def find_quotation(citation: Citation, retriever: Retriever) -> Quotation:
    """Look for the very words that were cited.

    The same text under another name is quoted; another text under the same name is not. It may read
    a document, so it blocks.
    """
    document = retriever.with_hash(citation.hash)
    if document and citation.highlight.of(document.text) == citation.quote:
        passage = _cited_passage(document, citation.span, retriever)
        return Quotation(citation, passage, retriever.also_in(document))
    known = retriever.named(citation.document)
    return Quotation(citation, Loss.CHANGED if known else Loss.GONE)


def find_answer_page(given: GivenAnswer, number: int, retriever: Retriever) -> AnswerPage:
    """Look for the words on a page of an answer that was given earlier; blocks.

    Args:
        given: The answer as it was kept.
        number: Which page; the nearest one is returned where there are not so many.
        retriever: Where the cited words are looked for.
    """
    page = Paging.of(len(given.citations), PER_PAGE, number)
    cited = given.citations[page.start : page.end]
    return AnswerPage.of(given, page, (find_quotation(one, retriever) for one in cited))


def find_document_page(place: Place, offset: int, retriever: Retriever) -> DocumentPage | None:
    """Open the document of `place` at `offset`; None where that place is not there; blocks."""
    document = retriever.with_hash(place.document)
    if document is None or not place.span.start < place.span.end <= len(document.text):
        return None
    # A document that was removed between the two calls has no passages.
    passages = retriever.passages(document)
    return DocumentPage.at(offset, passages, place.span) if passages else None


def _cited_passage(document: Document, span: Span, retriever: Retriever) -> Passage:
    # Passages may be cut differently by now; the offsets of the text are still the same.
    sentences = (s for passage in retriever.passages(document) for s in passage.sentences)
    within = tuple(s for s in sentences if span.start <= s.start and s.end <= span.end)
    return Passage(document, span, within)


def _name(document: Document) -> str:
    return document.name
