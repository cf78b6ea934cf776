"""Whether this process does what only one of several replicas may do, such as reading feeds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

Part = Callable[[], Awaitable[None]]


class Lead:
    """The lead, which passes to another replica when the one that has it dies."""

    def __init__(self, is_here: bool = False) -> None:
        """Start with or without the lead."""
        self._taken, self._lost = asyncio.Event(), asyncio.Event()
        self.show(is_here)

    @property
    def is_here(self) -> bool:
        """Whether this process has the lead."""
        return self._taken.is_set()

    def show(self, is_here: bool) -> None:
        """Note whether this process has the lead."""
        gained, ended = (self._taken, self._lost) if is_here else (self._lost, self._taken)
        gained.set()
        ended.clear()

    def only_here(self, part: Part) -> Part:
        """Return a part that runs while this process has the lead, and waits for it before."""

        async def run() -> None:
            while True:
                await self._taken.wait()
                if await self._until_lost(part):
                    return

        return run

    async def _until_lost(self, part: Part) -> bool:
        """Run a part until the lead is lost; return whether it has ended before."""
        working = asyncio.ensure_future(part())
        losing = asyncio.ensure_future(self._lost.wait())
        try:
            await asyncio.wait({working, losing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            losing.cancel()
            if not working.done():
                working.cancel()
                await asyncio.wait({working})
        if working.cancelled():
            return False
        working.result()  # raises what has ended it
        return True
