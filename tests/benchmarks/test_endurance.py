"""The short form of `benchmarks.endurance`: the bot without its model, and a fixed seed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.endurance.bot_process import Bot
from benchmarks.endurance.conversations import Conversations
from benchmarks.endurance.stages import survive_kills, survive_storm
from bot.delivery.inbox import ATTEMPTS
from bot.store import Store
from tests.helpers.bot_process import WITHOUT_MODEL
from tests.helpers.controlled_server.server import ControlledServer
from tests.helpers.paths import ROOT

SEED = 5
POISON = "Câu hỏi có độc?"
DIES_OF_POISON = f"""
import os
from tests.helpers import samples
ask = samples.FakeRetriever.ask
samples.FakeRetriever.ask = lambda self, question, *rest: (
    os._exit(9) if question == {POISON!r} else ask(self, question, *rest)
)
{WITHOUT_MODEL}
"""


@asynccontextmanager
async def stage(
    folder: Path, by_webhook: bool, program: str = WITHOUT_MODEL
) -> AsyncIterator[tuple[Bot, Conversations]]:
    path = {"PYTHONPATH": str(ROOT)}
    with ControlledServer.running() as server:
        bot = Bot.beside(server, folder, by_webhook)
        bot = replace(bot, environment=bot.environment | path, command=("-c", program))
        try:
            async with Conversations.with_server(server.url, SEED) as talks:
                yield bot, talks
        finally:
            bot.kill()


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
async def test_no_question_is_lost_to_a_kill(tmp_path: Path, by_webhook: bool) -> None:
    async with stage(tmp_path, by_webhook) as (bot, talks):
        await survive_kills(bot, talks, kills=2)
    assert len(talks.asked) > 40
    assert talks.asked == talks.answers.keys()
    assert talks.excused == set()
    with closing(Store.open(bot.environment["DATABASE_URL"])) as store:
        assert store.set_aside() == ()


async def test_no_question_is_lost_to_a_storm_of_faults(tmp_path: Path) -> None:
    async with stage(tmp_path, by_webhook=False) as (bot, talks):
        await survive_storm(bot, talks, seconds=2)
    assert len(talks.asked) > 40
    assert talks.asked == talks.answers.keys()


async def test_a_question_that_ends_the_process_does_not_block_the_others(tmp_path: Path) -> None:
    async with stage(tmp_path, by_webhook=False, program=DIES_OF_POISON) as (bot, talks):
        poisoned, other = talks.people[:2]
        for person, text in ((poisoned, POISON), (poisoned, "Ai?"), (other, "Ai dự hội nghị?")):
            await talks.ask(person, text)
        for _ in range(ATTEMPTS):
            bot.start()
            assert bot.process is not None
            assert await asyncio.to_thread(bot.process.wait, 60) == 9
        bot.start()
        while len(talks.answers) < 3:
            assert await talks.next_answer(60)
    assert talks.excused == {min(talks.asked)}
    with closing(Store.open(bot.environment["DATABASE_URL"])) as store:
        assert [kept.error for kept in store.set_aside()] == ["begun 3 times and never finished"]
