"""The pages of an answer: three of its quotations at a time, best first, in one message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.replies.paging import Paging
from bot.replies.quotations import Collection, Quotation
from bot.store import GivenAnswer
from retrieval.answers import Answer

PER_PAGE = 3


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page of an answer. Pages and quotations are numbered from 1; there are `count` pages.

    Where the question was not `answered`, these are the passages nearest to it. `restored` is the
    question with its diacritics put back, None where it had them.
    """

    quotations: tuple[Quotation, ...]
    number: int
    count: int
    answered: bool
    restored: str | None = None

    @classmethod
    def first(cls, answer: Answer) -> AnswerPage:
        """Return the page that shows the best hits of a new answer."""
        page = Paging.of(len(answer.hits), PER_PAGE, 1)
        quotations = tuple(Quotation.of(hit) for hit in answer.hits[page.start : page.end])
        return cls(quotations, page.number, page.count, answer.answered, answer.restored)

    @classmethod
    def again(cls, given: GivenAnswer, number: int, collection: Collection) -> AnswerPage:
        """Return a page of an answer given earlier, the nearest one where it has not so many.

        Its words are looked for in the collection, so it blocks.
        """
        page = Paging.of(len(given.citations), PER_PAGE, number)
        cited = given.citations[page.start : page.end]
        quotations = tuple(Quotation.again(citation, collection) for citation in cited)
        return cls(quotations, page.number, page.count, given.answered, given.restored)

    def numbered(self) -> Iterator[tuple[int, Quotation]]:
        """Yield the quotations with their numbers within the whole answer."""
        return enumerate(self.quotations, (self.number - 1) * PER_PAGE + 1)
