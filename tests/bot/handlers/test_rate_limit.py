from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from itertools import count
from threading import Thread

import pytest

from bot.handlers.rate_limit import RateLimit, Wait
from bot.store import Account, KeptAccounts, Store

LAN, TOM = 7, 8
NOON = 43_200.1

Limit = Callable[[int], RateLimit]

numbers = count(1)


@pytest.fixture
def limit(store: Store) -> Limit:
    return lambda per_minute: RateLimit(per_minute, KeptAccounts(store.engine, "ask"))


def ask(allowed: RateLimit, person: int, now: float) -> Wait | None:
    """Take one question that never came before."""
    return allowed.take(person, next(numbers), now)


def test_five_questions_may_come_at_once_and_then_one_every_three_seconds(limit: Limit) -> None:
    allowed = limit(20)
    assert [ask(allowed, LAN, NOON) for _ in range(5)] == 5 * [None]
    assert ask(allowed, LAN, NOON) == Wait(3, first=True)
    assert ask(allowed, LAN, NOON + 2.9) == Wait(1, first=False)
    assert ask(allowed, LAN, NOON + 3) is None
    assert ask(allowed, LAN, NOON + 3) == Wait(3, first=True)


def test_after_a_pause_the_burst_is_whole_again_and_no_more(limit: Limit) -> None:
    allowed = limit(20)
    for moment in (NOON, NOON + 3600):
        assert [ask(allowed, LAN, moment) for _ in range(5)] == 5 * [None]
        assert ask(allowed, LAN, moment) == Wait(3, first=True)


def test_in_the_long_run_it_is_the_rate(limit: Limit) -> None:
    allowed = limit(20)
    taken = sum(ask(allowed, LAN, NOON + second) is None for second in range(600))
    assert taken == 5 + 199  # ten minutes, the last second not reached


@pytest.mark.parametrize(("per_minute", "burst", "seconds"), [(1, 1, 60), (2, 2, 30), (60, 5, 1)])
def test_a_burst_is_never_more_than_a_minute_s(
    limit: Limit, per_minute: int, burst: int, seconds: int
) -> None:
    allowed = limit(per_minute)
    assert [ask(allowed, LAN, NOON) for _ in range(burst)] == burst * [None]
    assert ask(allowed, LAN, NOON) == Wait(seconds, first=True)


def test_each_person_has_their_own(limit: Limit) -> None:
    allowed = limit(1)
    assert ask(allowed, LAN, NOON) is None
    assert ask(allowed, TOM, NOON) is None
    assert ask(allowed, LAN, NOON) == Wait(60, first=True)


def test_an_account_is_forgotten_an_hour_after_it_is_paid_off(store: Store) -> None:
    accounts = KeptAccounts(store.engine, "ask")
    for person, moment in ((LAN, NOON), (TOM, NOON + 1800)):
        RateLimit(1, accounts).take(person, 1, moment)
    RateLimit(1, accounts).take(3, 2000, NOON + 3700)
    known = [accounts.change(one, lambda found: (found, found)) for one in (LAN, TOM)]
    assert known == [Account(), Account(NOON + 1860, 1)]


def test_questions_and_codes_count_apart(store: Store) -> None:
    limits = [RateLimit(1, KeptAccounts(store.engine, kind)) for kind in ("ask", "join")]
    assert [one.take(LAN, 1, NOON) for one in limits] == [None, None]
    assert [one.take(LAN, 2, NOON) for one in limits] == 2 * [Wait(60, first=True)]


def test_replicas_count_together(database_url: str) -> None:
    allowed: list[bool] = []

    def ask_often(first: int) -> None:
        with closing(Store.open(database_url)) as store:
            limit = RateLimit(20, KeptAccounts(store.engine, "ask"))
            for number in range(first, first + 10):
                allowed.append(limit.take(LAN, number, NOON) is None)

    threads = [Thread(target=ask_often, args=(100 * number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(allowed), sum(allowed)) == (30, 5)


def test_what_is_tried_again_takes_nothing_and_fares_as_before(limit: Limit) -> None:
    allowed = limit(2)
    assert [allowed.take(LAN, number, NOON) for number in (1, 1, 1, 2, 2)] == 5 * [None]
    assert [allowed.take(LAN, 3, NOON) for _ in range(2)] == 2 * [Wait(30, first=True)]
    assert allowed.take(LAN, 4, NOON) == Wait(30, first=False)
