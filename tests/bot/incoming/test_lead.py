from __future__ import annotations

import asyncio

import pytest

from bot.incoming.lead import Lead


class Part:
    """Runs until it is cancelled, or fails; counts how often it was started and ended."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.started = self.ended = 0
        self._failure = failure

    async def run(self) -> None:
        self.started += 1
        try:
            if self._failure:
                raise self._failure
            await asyncio.Event().wait()
        finally:
            self.ended += 1


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_part_runs_while_the_lead_is_here() -> None:
    lead, part = Lead(), Part()
    running = asyncio.ensure_future(lead.only_here(part.run)())
    for is_here, counts in (
        (False, (0, 0)),
        (True, (1, 0)),
        (True, (1, 0)),
        (False, (1, 1)),
        (True, (2, 1)),
    ):
        lead.show(is_here)
        await settle()
        assert (lead.is_here, part.started, part.ended) == (is_here, *counts)
    running.cancel()
    await asyncio.wait([running])
    assert (part.started, part.ended) == (2, 2)


async def test_a_failure_is_that_of_the_part() -> None:
    part = Part(ValueError("no"))
    with pytest.raises(ValueError, match="no"):
        await Lead(is_here=True).only_here(part.run)()
