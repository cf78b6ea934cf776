"""How much one person may ask: a burst at once, and then so many questions a minute.

The generic cell rate algorithm (ATM Forum, "Traffic Management Specification 4.0", 1996): all
there is to know of a person is the moment at which their questions so far are paid off. It says
how long to wait without anybody waiting, which limiters that hold calls back do not.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, field

BURST = 5
MINUTE = 60.0
MOST_PEOPLE = 10_000
INSTANT = 0.001  # seconds: what rounding may leave of no time at all


@dataclass(frozen=True, slots=True)
class Wait:
    """There is no question left for `seconds`; `first` if the last one was not refused yet."""

    seconds: int
    first: bool


@dataclass(slots=True)
class _Account:
    paid_off: float
    latest: int
    refused: int | None = None


@dataclass(frozen=True, slots=True)
class RateLimit:
    """What everyone has left, by id, at `per_minute` questions in the long run, 1 or more.

    At most 10,000 people are remembered; who asked longest ago is forgotten first. Not for
    several threads at once.
    """

    per_minute: int
    accounts: OrderedDict[int, _Account] = field(default_factory=OrderedDict)

    def take(self, person: int, question: int, now: float) -> Wait | None:
        """Take one question from what `person` has left; `now` is any clock's, in seconds.

        The number `question` tells it from others: one that is tried again takes nothing, and
        fares as before. Returns None where there was one, else how long it takes until there is
        one again.
        """
        interval = MINUTE / self.per_minute
        burst = min(BURST, self.per_minute) * interval
        account = self.accounts.get(person)
        if account and account.latest == question:
            return None
        paid_off = max(account.paid_off if account else now, now) + interval
        seconds = paid_off - burst - now
        if account and seconds > INSTANT:
            wait = Wait(math.ceil(seconds), first=account.refused in (None, question))
            account.refused = account.refused or question
            return wait
        self._remember(person, _Account(paid_off, question))
        return None

    def _remember(self, person: int, account: _Account) -> None:
        self.accounts[person] = account
        self.accounts.move_to_end(person)
        if len(self.accounts) > MOST_PEOPLE:
            self.accounts.popitem(last=False)
