"""Three replicas on one PostgreSQL database and behind one address: one is killed at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks.endurance.bot_process import Bot, free_ports
from benchmarks.endurance.conversations import Conversations
from benchmarks.endurance.stages import LONGEST_START, MOMENT
from bot.demo.server import DemoServer
from tests.helpers.balancer import Balancer
from tests.helpers.controlled_server.server import ControlledServer
from tests.helpers.postgres import PostgresServer, find_postgres, running_postgres

COUNT = 3


@contextmanager
def replicas_beside(
    server: DemoServer, folder: Path, database: str, count: int = COUNT
) -> Iterator[list[Bot]]:
    """Give `count` replicas behind one address; they share index and database.

    They are killed at the end.
    """
    alone = Bot.beside(server, folder, by_webhook=False)
    ports = free_ports(2 * count)
    with Balancer.running(ports[:count]) as balancer:
        given = [
            {"WEBHOOK_LISTEN": f"127.0.0.1:{port}", "METRICS_LISTEN": f"127.0.0.1:{health}"}
            for port, health in zip(ports[:count], ports[count:], strict=True)
        ]
        shared = {"DATABASE_URL": database, "WEBHOOK_URL": f"http://{balancer.address}"}
        bots = [replace(alone, environment=alone.environment | shared | own) for own in given]
        try:
            yield bots
        finally:
            for bot in bots:
                bot.kill()


def postgres_server() -> AbstractContextManager[PostgresServer]:
    """Run a PostgreSQL server of Debian's."""
    if programs := find_postgres():
        return running_postgres(programs)
    raise SystemExit("Debian's postgresql is not installed")


async def until_healthy(bot: Bot) -> None:
    """Wait until the bot receives updates; raises TimeoutError if it never does."""
    address = f"http://{bot.environment['METRICS_LISTEN']}/healthz"
    async with httpx.AsyncClient() as http, asyncio.timeout(LONGEST_START):
        while True:
            with suppress(httpx.TransportError):
                if (await http.get(address)).is_success:
                    return
            await asyncio.sleep(0.1)


async def survive_replica_kills(bots: Sequence[Bot], talks: Conversations, kills: int) -> None:
    """Kill one replica `kills` times while people ask, and start it again each time."""
    for bot in bots:  # the first one builds the index
        bot.start()
        await until_healthy(bot)
    asking = asyncio.create_task(talks.ask_on())
    for _ in range(kills):
        await talks.next_answer(LONGEST_START)
        await asyncio.sleep(talks.choice.uniform(0, MOMENT))
        bot = talks.choice.choice(bots)
        bot.kill()
        bot.start()
        await until_healthy(bot)
    talks.enough = True
    await asking
    await talks.all_answered()


@asynccontextmanager
async def replicas_stage(seed: int) -> AsyncIterator[tuple[list[Bot], Conversations]]:
    """Give new replicas, and people whose random choices are decided by `seed`."""
    with (
        postgres_server() as postgres,
        ControlledServer.running() as server,
        TemporaryDirectory() as folder,
        replicas_beside(server, Path(folder), postgres.new_database()) as bots,
    ):
        async with Conversations.with_server(server.url, seed) as talks:
            yield bots, talks
