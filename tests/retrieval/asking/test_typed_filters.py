"""Filters that are typed into a question."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.asking.typed_filters import without_filters


@pytest.mark.parametrize(
    ("message", "text", "typed"),
    [
        ("Ai lái đò?", "Ai lái đò?", ""),
        (
            "after:2024-08 before:2024-10 source:TTXVN ai lái đò?",
            "ai lái đò?",
            "after:2024-08 before:2024-10 source:TTXVN",
        ),
        ("ai lái đò after:8/2024", "ai lái đò", "after:2024-08"),
        ("ai lái đò before:15/8/2024?", "ai lái đò", "before:2024-08-15"),
        ('Who rows? source:"Báo Bến Đò"', "Who rows?", 'source:"Báo Bến Đò"'),
        ("Who rows? source:“Báo Bến Đò”", "Who rows?", 'source:"Báo Bến Đò"'),
        ("Who rows? AFTER:2023 after:2024", "Who rows?", "after:2024"),
        ("What came after: the flood?", "What came after: the flood?", ""),
        ("Who rows? after:flood", "Who rows? after:flood", ""),
        ("Who rows? after:2024-13", "Who rows? after:2024-13", ""),
        ("the data source:", "the data source:", ""),
        ("source:TTXVN", "", "source:TTXVN"),
    ],
)
def test_filters_are_taken_out(message: str, text: str, typed: str) -> None:
    left, scope = without_filters(message)
    assert (left, scope.typed) == (text, typed)
    assert without_filters(f"{left} {scope.typed}".strip()) == (left, scope)


def test_a_bound_is_the_first_day_of_its_date() -> None:
    period = without_filters("after:2024-08 before:2024-10")[1].period
    assert period is not None
    assert (period.first, period.end) == (date(2024, 8, 1), date(2024, 10, 1))


def test_words_for_the_newest_are_told_apart() -> None:
    newest = "giá chè mới nhất", "gia che moi nhat", "the latest price", "Hiện nay ai lái đò?"
    assert all(without_filters(one)[1].newest for one in newest)
    assert not without_filters("ai là người mới?")[1].newest
