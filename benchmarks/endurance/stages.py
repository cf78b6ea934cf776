"""The two tests of endurance: kill -9 at random moments, and a storm of faults."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.endurance.bot_process import Bot
from benchmarks.endurance.conversations import Conversations
from tests.helpers.controlled_server.server import ControlledServer

MOMENT = 1.5  # a process is killed within so many seconds after its first answer
LONGEST_START = 300.0  # seconds; the first process has to build an index
WARM_UP = 0.1  # of the storm, before memory is measured for the first time
FAULTY = 0.2  # of all calls
# Faults are added for each call that is seen, and only the calls without a fault are seen.
FAULTS_PER_CALL = FAULTY / (1 - FAULTY)
FAULTS: Sequence[dict[str, object]] = (
    {"code": 429, "retry_after": 1},
    {"code": 500},
    {"code": 502},
    {"drop": True},
    {"seconds": 3.0},
    {"body": '{"ok": tr'},
)


@dataclass(frozen=True, slots=True)
class Memory:
    """The resident memory of a process during a storm, in MB."""

    warmed_up: int
    at_end: int

    def line(self) -> str:
        """Return both figures and their ratio as a line."""
        ratio = self.at_end / self.warmed_up
        return (
            f"Memory in the storm: {self.warmed_up} MB after {WARM_UP:.0%} of it, "
            f"{self.at_end} MB at its end, ratio {ratio:.2f}."
        )


async def survive_kills(bot: Bot, talks: Conversations, kills: int) -> None:
    """Kill the bot `kills` times while people ask, then let it answer all that is left."""
    asking = asyncio.create_task(talks.ask_on())
    for _ in range(kills):
        bot.start()
        if not await talks.next_answer(seconds=LONGEST_START):
            raise SystemExit("the bot answers no more")
        await asyncio.sleep(talks.choice.uniform(0, MOMENT))
        bot.kill()
    talks.enough = True
    await asking
    bot.start()
    await talks.all_answered()


async def survive_storm(bot: Bot, talks: Conversations, seconds: float) -> Memory:
    """Give the bot faults while people ask; return its memory.

    The faults end with the last question, so that questions still waiting are answered without any.
    """
    bot.start()
    asking = asyncio.create_task(talks.ask_on())
    await talks.next_answer(seconds=LONGEST_START)
    began, first = time.monotonic(), 0
    seen = len(await talks.call("getCalls", after=0))
    while (passed := time.monotonic() - began) < seconds:
        if not first and passed > WARM_UP * seconds:
            first = bot.megabytes()
        calls = await talks.call("getCalls", after=seen)
        seen += len(calls)
        for call in calls:
            if talks.choice.random() < FAULTS_PER_CALL:
                await talks.call("addFault", method=call["method"], **talks.choice.choice(FAULTS))
        await asyncio.sleep(0.1)
    talks.enough = True
    await asking
    await talks.all_answered()
    return Memory(first, bot.megabytes())


@asynccontextmanager
async def stage(by_webhook: bool, seed: int) -> AsyncIterator[tuple[Bot, Conversations]]:
    """Give a new bot, and people whose random choices are decided by `seed`."""
    with ControlledServer.running() as server, TemporaryDirectory() as folder:
        bot = Bot.beside(server, Path(folder), by_webhook)
        try:
            async with Conversations.with_server(server.url, seed) as talks:
                yield bot, talks
        finally:
            bot.kill()
