"""What a question limits the documents to."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.periods import Period
from retrieval.scopes import Scope

AUGUST = Period.of(2024, 8)


@pytest.mark.parametrize(
    ("scope", "published", "source", "admitted"),
    [
        (Scope(), "2021", "", True),
        (Scope(AUGUST), "2024-08-31", "", True),
        (Scope(AUGUST), "2024", "", True),  # it may be of August
        (Scope(AUGUST), "2024-09", "", False),
        (Scope(AUGUST), "", "", True),  # of any time
        (Scope(source="bao muong thanh"), "", "Báo Mường Thanh, theo TTXVN", True),
        (Scope(source="TTXVN"), "", "theo ttxvn", True),
        (Scope(source="Báo Mường"), "", "Báo Tin Mường", False),
        (Scope(source="TTX"), "", "TTXVN", False),
        (Scope(source="TTXVN"), "", "", False),
    ],
)
def test_documents_are_within_or_not(
    scope: Scope, published: str, source: str, admitted: bool
) -> None:
    assert scope.admits(published, source) is admitted


def test_limits_are_written_as_they_are_typed() -> None:
    assert Scope(AUGUST, "Báo Lao động").typed == (
        'after:2024-08 before:2024-09 source:"Báo Lao động"'
    )
    assert Scope(Period(None, date(2023, 1, 1)), "TTXVN").typed == "before:2023 source:TTXVN"
    assert Scope(newest=True).typed == ""


def test_a_scope_takes_over_the_limits_that_it_lacks() -> None:
    own = Scope(AUGUST, newest=True)
    assert own.within(Scope(Period.of(2022), "TTXVN")) == Scope(AUGUST, "TTXVN", newest=True)
