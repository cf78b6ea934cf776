"""The search as the bot runs it: as many at once as there are cores to use, each of them counted.

A search keeps a core busy for some hundredths of a second, so more at once would only make all of
them slower. Each call of the bot's waits in a thread, and there are threads enough (`THREADS`)
that a quick look into the database never waits behind searches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Semaphore
from typing import ClassVar

import joblib

from bot.delivery.chat_order import PLACES
from bot.handlers.questions import Retriever
from bot.monitoring.metrics import Metrics
from retrieval.answers import Answer
from retrieval.documents import Document, Passage

CORES: int = joblib.cpu_count()
THREADS = 2 * PLACES  # of them some handlers use two at once


@dataclass(frozen=True, slots=True)
class MeasuredRetriever:
    """A retriever of which at most `CORES` searches run at once in the whole process.

    `asked` says in the metrics where the questions come from.
    """

    retriever: Retriever
    metrics: Metrics
    asked: str

    places: ClassVar[Semaphore] = Semaphore(CORES)

    @property
    def documents(self) -> Sequence[Document]:
        """The documents of the collection."""
        return self.retriever.documents

    @property
    def passage_count(self) -> int:
        """How many passages there are to answer from."""
        return self.retriever.passage_count

    def with_hash(self, digits: str) -> Document | None:
        """Return a document whose hash begins with `digits`, if there is one."""
        return self.retriever.with_hash(digits)

    def named(self, name: str) -> Document | None:
        """Return the document of this name, if there is one."""
        return self.retriever.named(name)

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the passages of one document, in its order."""
        return self.retriever.passages(document)

    def ask(self, question: str, limit: int = 3) -> Answer:
        """Answer `question` when there is a place; blocks, and may be called from any thread."""
        outcome = "failed"
        try:
            with self.places, self.metrics.searching.time():
                answer = self.retriever.ask(question, limit)
            outcome = "answered" if answer.answered else "not_found"
            return answer
        finally:
            self.metrics.questions.labels(self.asked, outcome).inc()

    def reopen(self) -> None:
        """Take in what has changed in the documents; blocks, and searches go on meanwhile."""
        self.retriever.reopen()


def count_collection(retriever: Retriever, metrics: Metrics) -> None:
    """Show in the metrics how many documents and passages there are to answer from."""
    metrics.show("documents", "Documents in the collection.", lambda: len(retriever.documents))
    metrics.show("passages", "Passages in the collection.", lambda: retriever.passage_count)
