"""A limit on each person's questions: a burst at once, and in the long run some per minute.

It is the generic cell rate algorithm (ATM Forum, "Traffic Management Specification 4.0", 1996).
Each question costs a fixed time. For each person the algorithm stores only the moment at which all
questions so far are paid off. From that it tells at once how long the person has to wait, which a
limiter that delays calls cannot do.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, field

BURST = 5  # questions
MINUTE = 60.0  # seconds
MOST_PEOPLE = 10_000
ROUNDING_ERROR = 0.001  # seconds; a wait as short as this is none


@dataclass(frozen=True, slots=True)
class Wait:
    """A refusal: the person may ask again in `seconds`.

    `first` is set if no other question was refused since the last one that was allowed.
    """

    seconds: int
    first: bool


@dataclass(slots=True)
class _Account:
    paid_off: float  # the moment at which all questions are paid off
    latest: int  # the question allowed last
    refused: int | None = None  # the first one refused since


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The limit for everyone; not safe for use from several threads.

    At most `MOST_PEOPLE` people are remembered. The person who asked longest ago is forgotten
    first.

    Attributes:
        per_minute: How many questions a person may ask per minute in the long run, at least 1.
        accounts: The state of each person, by id.
    """

    per_minute: int
    accounts: OrderedDict[int, _Account] = field(default_factory=OrderedDict)

    def take(self, person: int, question: int, now: float) -> Wait | None:
        """Take one question from those that a person has left.

        A question that is tried again takes nothing and gets the same result as before.

        Args:
            person: The person's id.
            question: A number that identifies the question.
            now: The time of any clock that only moves forward, in seconds.

        Returns:
            None if the person may ask the question, else the wait until they may ask one.
        """
        interval = MINUTE / self.per_minute
        burst = min(BURST, self.per_minute) * interval
        account = self.accounts.get(person)
        if account and account.latest == question:
            return None
        paid_off = max(account.paid_off if account else now, now) + interval
        seconds = paid_off - burst - now
        if account and seconds > ROUNDING_ERROR:
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
