"""Dates as exact as known, compared as the days that they cover."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.periods import Period, shortest


@pytest.mark.parametrize(
    ("iso", "first", "end"),
    [
        ("2021", date(2021, 1, 1), date(2022, 1, 1)),
        ("2021-09", date(2021, 9, 1), date(2021, 10, 1)),
        ("2021-12", date(2021, 12, 1), date(2022, 1, 1)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1)),
    ],
)
def test_a_date_covers_what_it_leaves_open(iso: str, first: date, end: date) -> None:
    period = Period.of_iso(iso)
    assert period == Period(first, end)
    assert period is not None
    assert period.iso == iso


@pytest.mark.parametrize("text", ["", "2021-13", "2023-02-29", "9999", "0000", "hôm qua", "2021-9"])
def test_what_is_no_date_is_no_period(text: str) -> None:
    assert Period.of_iso(text) is None


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("2021", "2021-09-29", True),
        ("2021-09", "2021-10-01", False),
        ("2021-12-31", "2022", False),
        ("2022-01-01", "2022", True),
    ],
)
def test_periods_overlap_where_they_share_a_day(one: str, other: str, overlap: bool) -> None:
    first, second = Period.of_iso(one), Period.of_iso(other)
    assert first is not None
    assert second is not None
    assert first.overlaps(second) is second.overlaps(first) is overlap


def test_a_period_may_have_one_bound() -> None:
    before = Period(None, date(2023, 1, 1))
    assert before.overlaps(Period.of(2022, 12))
    assert not before.overlaps(Period.of(2023))
    assert before.iso is None
    assert Period(date(2024, 6, 1), None).overlaps(Period.of(2024))


def test_the_shortest_date_that_begins_on_a_day() -> None:
    days = date(2024, 1, 1), date(2024, 8, 1), date(2024, 1, 15)
    assert [shortest(day) for day in days] == ["2024", "2024-08", "2024-01-15"]
