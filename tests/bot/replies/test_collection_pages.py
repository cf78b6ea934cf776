from __future__ import annotations

import pytest

from bot.replies.sources import CollectionPage
from tests.helpers.samples import SUMMIT, VISIT


def test_ten_documents_are_one_page() -> None:
    assert CollectionPage.of([VISIT] * 10, 1) == CollectionPage((VISIT,) * 10, 1, 1, 10)


def test_the_eleventh_stands_on_the_second() -> None:
    page = CollectionPage.of([*[VISIT] * 10, SUMMIT], 2)
    assert page == CollectionPage((SUMMIT,), number=2, count=2, total=11)
    assert list(page.numbered()) == [(11, SUMMIT)]


@pytest.mark.parametrize(
    ("documents", "asked", "shown"), [(0, 9, 1), (10, 9, 1), (21, 9, 3), (21, 0, 1)]
)
def test_a_page_that_there_is_not_is_the_nearest_one(
    documents: int, asked: int, shown: int
) -> None:
    assert CollectionPage.of([VISIT] * documents, asked).number == shown
