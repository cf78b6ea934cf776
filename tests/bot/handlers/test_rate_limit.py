from __future__ import annotations

from itertools import count

import pytest

from bot.handlers import rate_limit
from bot.handlers.rate_limit import RateLimit, Wait

LAN, TOM = 7, 8
NOON = 43_200.1

numbers = count(1)


def ask(allowed: RateLimit, person: int, now: float) -> Wait | None:
    """Take one question that never came before."""
    return allowed.take(person, next(numbers), now)


def test_five_questions_may_come_at_once_and_then_one_every_three_seconds() -> None:
    allowed = RateLimit(per_minute=20)
    assert [ask(allowed, LAN, NOON) for _ in range(5)] == 5 * [None]
    assert ask(allowed, LAN, NOON) == Wait(3, first=True)
    assert ask(allowed, LAN, NOON + 2.9) == Wait(1, first=False)
    assert ask(allowed, LAN, NOON + 3) is None
    assert ask(allowed, LAN, NOON + 3) == Wait(3, first=True)


def test_after_a_pause_the_burst_is_whole_again_and_no_more() -> None:
    allowed = RateLimit(per_minute=20)
    for moment in (NOON, NOON + 3600):
        assert [ask(allowed, LAN, moment) for _ in range(5)] == 5 * [None]
        assert ask(allowed, LAN, moment) == Wait(3, first=True)


def test_in_the_long_run_it_is_the_rate() -> None:
    allowed = RateLimit(per_minute=20)
    taken = sum(ask(allowed, LAN, NOON + second / 10) is None for second in range(6000))
    assert taken == 5 + 199  # ten minutes, the last tenth of a second not reached


@pytest.mark.parametrize(("per_minute", "burst", "seconds"), [(1, 1, 60), (2, 2, 30), (60, 5, 1)])
def test_a_burst_is_never_more_than_a_minute_s(per_minute: int, burst: int, seconds: int) -> None:
    allowed = RateLimit(per_minute)
    assert [ask(allowed, LAN, NOON) for _ in range(burst)] == burst * [None]
    assert ask(allowed, LAN, NOON) == Wait(seconds, first=True)


def test_each_person_has_their_own() -> None:
    allowed = RateLimit(per_minute=1)
    assert ask(allowed, LAN, NOON) is None
    assert ask(allowed, TOM, NOON) is None
    assert ask(allowed, LAN, NOON) == Wait(60, first=True)


def test_the_person_with_the_oldest_question_is_forgotten_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rate_limit, "MOST_PEOPLE", 3)
    allowed = RateLimit(per_minute=2)
    for person in (1, 2, 3, 1, 4):
        assert ask(allowed, person, NOON) is None
    assert list(allowed.accounts) == [3, 1, 4]


def test_what_is_tried_again_takes_nothing_and_fares_as_before() -> None:
    allowed = RateLimit(per_minute=2)
    assert [allowed.take(LAN, number, NOON) for number in (1, 1, 1, 2, 2)] == 5 * [None]
    assert [allowed.take(LAN, 3, NOON) for _ in range(2)] == 2 * [Wait(30, first=True)]
    assert allowed.take(LAN, 4, NOON) == Wait(30, first=False)
