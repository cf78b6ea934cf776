from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.citations import Citation
from bot.replies.answers import AnswerPage
from bot.replies.quotations import Loss, Quotation
from bot.store import GivenAnswer
from tests.helpers.samples import SUMMIT_HIT, VISIT, VISIT_HIT, FakeRetriever, answer

BOTH = FakeRetriever()


def given(citations: int, answered: bool = True) -> GivenAnswer:
    cited = (Citation.of(SUMMIT_HIT), *[Citation.of(VISIT_HIT)] * (citations - 1))
    return GivenAnswer(
        chat_id=7,
        message_id=2,
        thread_id=None,
        user_id=7,
        question_id=1,
        question="Ai?",
        language="vi",
        answered=answered,
        asked_at=datetime(2021, 9, 29, tzinfo=UTC),
        citations=cited,
    )


def test_the_first_page_shows_the_best_three() -> None:
    page = AnswerPage.first(answer(SUMMIT_HIT, *[VISIT_HIT] * 9))
    summit, visit = Quotation.of(SUMMIT_HIT), Quotation.of(VISIT_HIT)
    assert page == AnswerPage((summit, visit, visit), number=1, count=4, answered=True)


def test_the_first_page_is_shown_again_as_it_was() -> None:
    page = AnswerPage.first(answer(SUMMIT_HIT, *[VISIT_HIT] * 9))
    assert AnswerPage.again(given(10), 1, BOTH) == page


def test_quotations_are_numbered_through_all_pages() -> None:
    page = AnswerPage.again(given(10), 2, BOTH)
    assert [number for number, _ in page.numbered()] == [4, 5, 6]
    last = AnswerPage.again(given(10), 4, BOTH)
    assert [number for number, _ in last.numbered()] == [10]


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (2, 2), (3, 2), (999, 2)])
def test_a_page_that_there_is_not_is_the_nearest_one(asked: int, shown: int) -> None:
    assert AnswerPage.again(given(6), asked, BOTH).number == shown


def test_what_was_not_answered_stays_so() -> None:
    assert AnswerPage.again(given(3, answered=False), 1, BOTH).answered is False


def test_what_is_lost_keeps_its_place() -> None:
    page = AnswerPage.again(given(2), 1, FakeRetriever(documents=(VISIT,)))
    assert [quotation.passage for quotation in page.quotations] == [Loss.GONE, VISIT_HIT.passage]
