"""What happened in the demo's chats, in order; the page and the tests follow it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a chat page shows; `data` is what the Bot API's objects look like as JSON."""

    kind: str
    data: dict[str, Any]


class EventLog:
    """All events since the start; a reader asks for those after the last one it has seen."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._events: list[Event] = []
        self._appended = asyncio.Event()

    def append(self, kind: str, **data: Any) -> None:  # noqa: ANN401 - JSON of any shape
        """Add an event and wake everyone who waits."""
        self._events.append(Event(kind, data))
        self._appended.set()
        self._appended = asyncio.Event()

    async def after(self, position: int, seconds: float) -> tuple[Event, ...]:
        """Return the events from `position` on; wait up to `seconds` for a first one."""
        if position >= len(self._events):
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._appended.wait()
        return tuple(self._events[position:])
