"""The measures of a ranking, worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from retrieval.evaluation.judged_ranking import JudgedRanking

SECOND_AND_FOURTH = JudgedRanking.of(["a", "b", "c", "d"], {"b", "d", "elsewhere"})
NOTHING_FOUND = JudgedRanking.of([], {"a"})


@pytest.mark.parametrize(("depth", "share"), [(1, 0), (2, 1 / 3), (3, 1 / 3), (10, 2 / 3)])
def test_recall_is_the_share_of_all_that_is_relevant(depth: int, share: float) -> None:
    assert SECOND_AND_FOURTH.recall(depth) == pytest.approx(share)


@pytest.mark.parametrize(("depth", "success"), [(1, 0), (2, 1)])
def test_success_asks_for_one(depth: int, success: float) -> None:
    assert SECOND_AND_FOURTH.success(depth) == success


@pytest.mark.parametrize(("depth", "value"), [(1, 0), (2, 1 / 2), (10, 1 / 2)])
def test_the_reciprocal_rank_is_that_of_the_first(depth: int, value: float) -> None:
    assert SECOND_AND_FOURTH.reciprocal_rank(depth) == value


def test_ndcg_is_a_share_of_the_best_order() -> None:
    best = 1 + 1 / log2(3) + 1 / log2(4)
    assert SECOND_AND_FOURTH.ndcg(10) == pytest.approx((1 / log2(3) + 1 / log2(5)) / best)
    assert JudgedRanking.of(["b"], {"b"}).ndcg(10) == 1
    # no more than two can stand among the first two
    assert JudgedRanking.of(["b", "d"], {"b", "d", "e"}).ndcg(2) == 1


def test_nothing_found_is_zero() -> None:
    found = NOTHING_FOUND
    assert (found.recall(5), found.success(1), found.reciprocal_rank(10), found.ndcg(10)) == (
        *(0, 0),
        *(0, 0),
    )
