"""What a test has arranged on a controlled server: faults to come, and a token that is revoked.

The same object keeps the calls that the server has recorded, for the test to read.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one call of `method`.

    The server first waits `seconds`. A fault that is nothing but a delay then lets the call pass.
    Every other one takes the call's place: the server refuses it with `code` (a 429 names
    `retry_after`), answers it with `body` as it stands, or, with `drop`, closes the connection.
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


@dataclass
class Control:
    """The state that the server's request handlers and its control methods share.

    `faults` wait for their calls, in the order in which they were added. `calls` are the bot's
    calls that were carried out, each as its "method" and its "parameters".
    """

    faults: list[Fault] = field(default_factory=list)
    calls: list[dict[str, object]] = field(default_factory=list)
    revoked: bool = False

    def take_fault(self, method: str) -> Fault | None:
        """Remove and return the first fault that waits for a call of `method`, None without one."""
        for fault in self.faults:
            if fault.method.lower() == method.lower():
                self.faults.remove(fault)
                return fault
        return None
