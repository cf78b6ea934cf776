"""Handmade documents and answers, and a retriever that gives them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.answers import Answer, Hit, Outcome
from retrieval.documents import Document, Passage, Span
from retrieval.passages import passages_of
from retrieval.reading.parse_cache import ParsedFile
from retrieval.settings import RetrievalSettings

SUMMIT = Document(
    name="2021/hoi_nghi_ammtc_15.txt",
    text=(
        "Hội nghị diễn ra theo hình thức trực tuyến. "
        "Trung tướng Lương Tam Quang dự hội nghị sáng 29/9. "
        "Brunei là nước chủ nhà."
    ),
    title="Hội nghị AMMTC 15",
    date="2021-09-29",
    source="TTXVN",
    url="https://example.org/ammtc?id=15&lang=vi",
    language="vi",
)
VISIT = Document(
    name="visit.pdf",
    text="Minister Quang met Kao Kim Hourn in Vientiane. They spoke about training.",
    date="2024-08",
    language="en",
)


def hit(document: Document, highlight: str, score: float = 0.9) -> Hit:
    """Return the whole document as a passage, cut after full stops, with `highlight` in it."""
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"\S[^.]*\.", document.text))
    start = document.text.index(highlight)
    whole = Span(0, len(document.text))
    passage = Passage(document=document, span=whole, sentences=sentences)
    return Hit(passage=passage, highlight=Span(start, start + len(highlight)), score=score)


SUMMIT_HIT = hit(SUMMIT, "Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.")
VISIT_HIT = hit(VISIT, "Minister Quang met Kao Kim Hourn in Vientiane.", score=0.5)


EXAMPLES = {
    "vi": ("Ai dự hội nghị?", "Nước nào là chủ nhà?"),
    "en": ("Who met Minister Quang?", "What did they speak about?"),
}


def answer(
    *hits: Hit,
    language: str = "vi",
    restored: str | None = None,
    answered: bool = True,
    missing: tuple[str, ...] | None = None,
) -> Answer:
    """Return an answer with `hits`; with `missing` they are only nearest."""
    refused = Outcome.NONE if missing is None else Outcome.NEAREST
    return Answer(
        question="Ai dự hội nghị?",
        language=language,
        restored=restored,
        outcome=Outcome.ANSWER if answered and missing is None else refused,
        hits=hits,
        missing=missing or (),
    )


if TYPE_CHECKING:
    from retrieval.collection.collection import Collection
    from retrieval.library import Library
    from retrieval.searcher import Shelf
    from retrieval.selection import Selection

    class Both(Library, Selection):
        """A library of one collection, which is all that it selects."""
else:
    Both = object  # the real classes take seconds to import, and a fake needs nothing of them


@dataclass
class FakeRetriever(Both):
    """Gives `answer` to every question, or raises `error`; keeps what it was asked."""

    answer: Answer = field(default_factory=lambda: answer(SUMMIT_HIT, VISIT_HIT))
    documents: tuple[Document, ...] = (SUMMIT, VISIT)
    error: Exception | None = None
    copies: tuple[Document, ...] = ()
    questions: list[str] = field(default_factory=list)
    previous: list[str | None] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    @property
    def passage_count(self) -> int:
        return sum(len(self.passages(document)) for document in self.documents)

    def passages(self, document: Document) -> tuple[Passage, ...]:
        return tuple(passages_of(document)) if document in self.documents else ()

    @property
    def digits(self) -> frozenset[str]:
        return frozenset(one.digits for one in self.documents)

    def ask_among(self, question: str, documents: Set[str], limit: int = 3) -> Answer:
        """Give those hits of `answer` that are of the documents."""
        self.questions.append(question)
        hits = tuple(one for one in self.answer.hits if one.document.digits in documents)
        outcome = self.answer.outcome if hits else Outcome.NONE
        return replace(self.answer, hits=hits, outcome=outcome)

    def with_hash(self, digits: str) -> Document | None:
        return next((one for one in self.documents if one.hash.startswith(digits)), None)

    def named(self, name: str) -> Document | None:
        return next((one for one in self.documents if one.name == name), None)

    def also_in(self, document: Document) -> tuple[Document, ...]:
        return self.copies

    settings: RetrievalSettings = RetrievalSettings(seeds=Path("nowhere"))

    @property
    def names(self) -> tuple[str, ...]:
        return ("",)

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        return ()

    def select(self, names: Iterable[str] = ("",)) -> FakeRetriever:
        return self if "" in names else FakeRetriever(documents=(), answer=answer())

    def settings_of(self, name: str = "") -> RetrievalSettings:
        return self.settings

    def reopen(
        self, name: str = "", *parsed: ParsedFile, unfinished: Set[str] = frozenset()
    ) -> Collection | None:
        """Do nothing: the documents do not change."""
        return None

    def examples(self, language: str) -> tuple[str, ...]:
        return EXAMPLES[language]

    def ask(self, question: str, limit: int = 3, previous: str | None = None) -> Answer:
        self.questions.append(question)
        self.previous.append(previous)
        self.threads.append(threading.current_thread())
        if self.error:
            raise self.error
        return self.answer
