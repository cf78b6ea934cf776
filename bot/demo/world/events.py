"""The log of everything that the page shows: messages, deletions, typing, answers."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log; objects of the Bot API are in `data` as their JSON."""

    kind: str
    data: dict[str, Any]


class EventLog:
    """All events since the start; a reader asks for those that it has not seen."""

    def __init__(self) -> None:
        """Start empty."""
        self._events: list[Event] = []
        self._appended = asyncio.Event()

    def append(self, kind: str, **data: Any) -> None:  # noqa: ANN401 - JSON of any shape
        """Add an event and wake the readers that wait."""
        self._events.append(Event(kind, data))
        self._appended.set()
        self._appended = asyncio.Event()

    async def after(self, position: int, seconds: float) -> tuple[Event, ...]:
        """Return the events from `position` on; wait up to `seconds` if there are none yet."""
        if position >= len(self._events):
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._appended.wait()
        return tuple(self._events[position:])
