"""All parts of what goes on beside the updates, and what becomes of one that fails."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.incoming import incoming
from bot.incoming.incoming import Incoming


async def test_a_part_that_fails_begins_again_and_costs_the_others_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    monkeypatch.setattr(incoming, "AGAIN", 0.01)
    begun: list[str] = []
    asked = "Ai dự hội nghị?"

    async def failing() -> None:
        begun.append("failing")
        if begun.count("failing") < 3:
            raise ValueError(asked)

    async def sound() -> None:
        begun.append("sound")

    await asyncio.wait_for(Incoming([failing, sound]).run(), 10)
    assert (begun.count("failing"), begun.count("sound")) == (3, 1)
    assert [message.splitlines()[0] for message in caplog.messages] == [
        "work beside the updates failed: ValueError"
    ] * 2
    assert asked not in caplog.text


async def test_when_cancelled_it_ends_with_the_last_of_its_parts() -> None:
    ended: list[str] = []

    async def slow() -> None:
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(0.1)
            ended.append("slow")

    async def quick() -> None:
        await asyncio.sleep(10)

    running = asyncio.create_task(Incoming([quick, slow]).run())
    await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert ended == ["slow"]
