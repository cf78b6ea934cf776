"""A limit on each person's questions: a burst at once, and in the long run some per minute.

It is the generic cell rate algorithm (ATM Forum, "Traffic Management Specification 4.0", 1996).
Each question costs a fixed time. For each person the algorithm stores only the moment at which all
questions so far are paid off. From that it tells at once how long the person has to wait, which a
limiter that delays calls cannot do. The moments are in the database, because a person's questions
may reach several replicas.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from bot.store import Account, KeptAccounts

BURST = 5  # questions
MINUTE = 60.0  # seconds
ROUNDING_ERROR = 0.001  # seconds; a wait as short as this is none
KEPT = 3600.0  # seconds that an account is kept after it is paid off
PRUNED_EVERY = 1000  # questions


@dataclass(frozen=True, slots=True)
class Wait:
    """A refusal: the person may ask again in `seconds`.

    `first` is set if no other question was refused since the last one that was allowed.
    """

    seconds: int
    first: bool


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The limit for everyone: `per_minute` questions in the long run, at least 1."""

    per_minute: int
    accounts: KeptAccounts

    def take(self, person: int, question: int, now: float) -> Wait | None:
        """Take one question from those that a person has left; blocks.

        A question that is tried again takes nothing and gets the same result as before.

        Args:
            person: The person's id.
            question: A number that identifies the question.
            now: The time in seconds since 1970.

        Returns:
            None if the person may ask the question, else the wait until they may ask one.

        Raises:
            StoreError: The database fails.
        """
        if question % PRUNED_EVERY == 0:
            self.accounts.prune(now - KEPT)
        return self.accounts.change(person, lambda account: self._taken(account, question, now))

    def _taken(self, account: Account, question: int, now: float) -> tuple[Account, Wait | None]:
        if account.latest == question:
            return account, None
        interval = MINUTE / self.per_minute
        paid_off = max(account.paid_off, now) + interval
        seconds = paid_off - min(BURST, self.per_minute) * interval - now
        if seconds <= ROUNDING_ERROR:
            return Account(paid_off, question), None
        wait = Wait(math.ceil(seconds), first=account.refused in (None, question))
        return replace(account, refused=account.refused or question), wait
