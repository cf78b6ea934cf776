"""Which part of a list a page shows."""

import pytest

from bot.replies.paging import Paging


@pytest.mark.parametrize(
    ("total", "number", "expected"),
    [
        (7, 1, Paging(1, 3, 0, 3)),
        (7, 3, Paging(3, 3, 6, 9)),
        (7, 9, Paging(3, 3, 6, 9)),
        (7, 0, Paging(1, 3, 0, 3)),
        (6, 2, Paging(2, 2, 3, 6)),
        (0, 1, Paging(1, 1, 0, 3)),
    ],
)
def test_the_nearest_page_there_is(total: int, number: int, expected: Paging) -> None:
    assert Paging.of(total, 3, number) == expected
