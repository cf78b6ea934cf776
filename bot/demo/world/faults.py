"""What can go wrong between a bot and Telegram, on demand: each fault befalls one call."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls the next call of `method`; it is not carried out, save after a mere delay.

    The call first waits `seconds`. Then it is refused with `code` (a 429 names `retry_after`), or
    answered with `body` as it stands, or, where `drop` says so, the connection is closed.
    """

    method: str
    code: int = 0
    retry_after: int = 0
    seconds: float = 0.0
    body: str | None = None
    drop: bool = False

    @property
    def is_delay(self) -> bool:
        """Whether the call is carried out all the same, only late."""
        return not (self.code or self.drop or self.body is not None)


class Faults:
    """The faults that wait for their calls, and whether the bot may call at all."""

    def __init__(self) -> None:
        """Start without faults."""
        self.revoked = False
        self._waiting: list[Fault] = []

    def add(self, fault: Fault, times: int = 1) -> None:
        """Let a fault befall the next `times` calls of its method."""
        self._waiting += [fault] * times

    def take(self, method: str) -> Fault | None:
        """Return the fault for a call, if one waits; it befalls no other."""
        for fault in self._waiting:
            if fault.method.lower() == method.lower():
                self._waiting.remove(fault)
                return fault
        return None
