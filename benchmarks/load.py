"""Many chats ask at once: checks that each question is answered once, in order, and how soon.

    python -m benchmarks.load [--chats 200] [--questions 1000] [--replicas 3]

A real `python -m bot` answers through the demo's Bot API server, over HTTP and with its database,
as it does in Telegram. First all questions come at the same moment: the answers a second are the
bot's capacity. Then they come at random (Poisson) at `SHARE` of that rate, without waiting for
answers. Both are done twice: with Telegram's limit of 30 messages a second, which decides the
capacity in production, and without it, where the processor does. For comparison, the last row
encodes the same questions and does nothing else. With `--replicas`, one replica on PostgreSQL is
measured beside so many, all on this machine and without Telegram's limit.

A latency counts from the moment for which a question was planned. The demo's server and the clients
share the processor with the bot. Documents and questions are those of `benchmarks.real_questions`.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray

from benchmarks.endurance.replicas import postgres_server, replicas_beside, until_healthy
from benchmarks.real_questions import DOCUMENTS, questions
from bot.search import CORES
from tests.helpers.controlled_server.server import ControlledServer

PATIENCE = 300.0  # seconds without an answer, after which the run is given up
WAIT = 20.0
SHARE = 0.8  # of the capacity
SEED = 5
UNLIMITED = """
import sys
from telegram.ext import AIORateLimiter
from bot.__main__ import main
from bot.delivery.calls import FloodLimiter
FloodLimiter.__init__ = lambda self: AIORateLimiter.__init__(self, overall_max_rate=0)
sys.exit(main([]))
"""
BOTS = {"with Telegram's limit": ("-m", "bot"), "without it": ("-c", UNLIMITED)}

Plan = NDArray[np.float64]
"""When each question is asked, in seconds."""


@dataclass(frozen=True, slots=True)
class Times:
    """Questions answered a second, and the seconds that each answer took."""

    rate: float
    seconds: Sequence[float]

    def row(self, name: str) -> str:
        """Return a line of the table."""
        p50, p99 = np.percentile(self.seconds, [50, 99])
        return f"| {name} | {self.rate:.1f} | {p50:.3f} | {p99:.3f} | {p99 / p50:.1f} |"


@dataclass
class Crowd:
    """People asking in chats of their own; keeps when each question was planned and answered."""

    http: httpx.AsyncClient
    people: list[int]
    asked: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    answered: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    planned: dict[tuple[int, int], float] = field(default_factory=dict)
    came: dict[tuple[int, int], float] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def at(cls, server: ControlledServer, size: int) -> AsyncIterator[Crowd]:
        """Let `size` new people into the demo, each with a private chat."""
        limits = httpx.Limits(max_connections=32)
        async with httpx.AsyncClient(base_url=server.url, timeout=WAIT + 60, limits=limits) as http:
            crowd = cls(http, [])
            for _ in range(size):
                crowd.people.append((await crowd.call("addPerson", first_name="Lan"))["id"])
            yield crowd

    async def times(self, questions: Sequence[str], plan: Plan) -> Times:
        """Ask as planned, in turns.

        Raises:
            SystemExit: An answer is missing or out of order.
        """
        seen = len(await self.call("getEvents", after=0))
        began = time.perf_counter()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen(seen, len(questions)))
            for who, text, after in zip(cycle(self.people), questions, plan, strict=False):
                tasks.create_task(self._ask(who, text, began + after))
        self._check()
        rate = len(questions) / (max(self.came.values()) - began)
        return Times(rate, [self.came[question] - at for question, at in self.planned.items()])

    async def call(self, method: str, **parameters: object) -> Any:  # noqa: ANN401
        """Call one of the demo's methods for people."""
        answer = (await self.http.post(f"/demo/{method}", json=parameters)).json()
        if not answer["ok"]:
            raise SystemExit(f"{method}: {answer['description']}")
        return answer["result"]

    async def _ask(self, person: int, text: str, at: float) -> None:
        await asyncio.sleep(at - time.perf_counter())
        who = {"chat_id": person, "user_id": person, "language_code": "vi"}
        message = await self.call("postMessage", text=text, **who)
        self.asked[person].append(message["message_id"])
        self.planned[person, message["message_id"]] = at

    async def _listen(self, seen: int, count: int) -> None:
        """Follow the events until there are `count` answers, and note the time of each."""
        left, last = count, time.perf_counter()
        while left and time.perf_counter() < last + PATIENCE:
            events = await self.call("getEvents", after=seen, seconds=WAIT)
            seen += len(events)
            last = time.perf_counter() if events else last
            for chat, question in replies(events):
                self.answered[chat].append(question)
                self.came[chat, question] = time.perf_counter()
                left -= 1

    def _check(self) -> None:
        faults = [
            f"chat {chat}: asked {asked}, answered {self.answered[chat]}"
            for chat, asked in self.asked.items()
            if self.answered[chat] != sorted(asked)
        ]
        if faults:
            raise SystemExit("\n".join(faults))


def replies(events: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Return the chat and the number of each message that the bot replied to."""
    for event in events:
        message = event["data"].get("message", {})
        if message and message["from"]["is_bot"] and "reply_to_message" in message:
            yield message["chat"]["id"], message["reply_to_message"]["message_id"]


@contextmanager
def bot(
    server: ControlledServer, folder: str, command: Sequence[str] = ("-m", "bot")
) -> Iterator[None]:
    """Run the bot against the server, without a limit on what one person may ask."""
    settings = {
        "TELEGRAM_API_URL": server.url,
        "TELEGRAM_BOT_TOKEN": server.token,
        "SEEDS_DIR": str(DOCUMENTS),
        "INDEX_DIR": f"{folder}/index",
        "DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3",
        "QUESTIONS_PER_MINUTE": "0",
        "LOG_LEVEL": "WARNING",
    }
    started = [sys.executable, *command]
    with subprocess.Popen(started, env=os.environ | settings) as process:  # noqa: S603
        try:
            yield
        finally:
            process.terminate()


@contextmanager
def replicas(server: ControlledServer, count: int) -> Iterator[None]:
    """Run replicas behind one address, on a PostgreSQL database of their own."""
    with (
        postgres_server() as postgres,
        TemporaryDirectory() as folder,
        replicas_beside(server, Path(folder), postgres.new_database(), count) as bots,
    ):
        for each in bots:
            each.environment["SEEDS_DIR"] = str(DOCUMENTS)
            each.command = BOTS["without it"]
            each.start()
            asyncio.run(until_healthy(each))
        yield


def show(name: str, server: ControlledServer, chats: int, asked: Sequence[str]) -> None:
    """Print the two rows of a bot."""
    at_once, at_random = asyncio.run(bot_times(server, chats, asked))
    print(at_once.row(f"{name}, all ask at once"))
    print(at_random.row(f"{name}, at {SHARE:.0%} of that rate"), flush=True)


async def bot_times(
    server: ControlledServer, chats: int, asked: Sequence[str]
) -> tuple[Times, Times]:
    """Return the times of all questions at once, and of questions at `SHARE` of that rate."""
    async with Crowd.at(server, 1) as guest:  # loads everything before the times count
        await guest.times(["Ai dự hội nghị?"], np.zeros(1))
    async with Crowd.at(server, chats) as crowd:
        at_once = await crowd.times(asked, np.zeros(len(asked)))
    pauses = np.random.default_rng(SEED).exponential(1 / (SHARE * at_once.rate), len(asked))
    async with Crowd.at(server, chats) as crowd:
        return at_once, await crowd.times(asked, np.cumsum(pauses))


def encoder_times(encode: Callable[[str], object], questions: Sequence[str]) -> Times:
    """Encode all questions, as many at once as the bot runs searches."""

    def seconds(question: str) -> float:
        encode(question)
        return time.perf_counter() - began

    with ThreadPoolExecutor(CORES) as pool:
        encode(questions[0])
        began = time.perf_counter()
        found = sorted(pool.map(seconds, questions))
    return Times(len(found) / found[-1], found)


def main() -> None:
    """Print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--replicas", type=int, default=0, help="by webhook on PostgreSQL")
    options = parser.parse_args()
    asked = list(islice(cycle(q.text for q in questions()), options.questions))
    print(f"{options.questions} questions from {options.chats} chats, {CORES} cores:")
    print("every one answered once, in order within its chat.\n")
    print("| | questions/s | p50, s | p99, s | p99 / p50 |\n| --- | ---: | ---: | ---: | ---: |")
    if options.replicas:
        for count in (1, options.replicas):
            with ControlledServer.running() as server, replicas(server, count):
                show(f"{count} by webhook on PostgreSQL", server, options.chats, asked)
        return
    for limit, command in BOTS.items():
        with (
            ControlledServer.running() as server,
            TemporaryDirectory() as folder,
            bot(server, folder, command),
        ):
            show(f"the bot {limit}", server, options.chats, asked)
    from retrieval.encoding.sentence_transformers import TorchEncoder

    print(
        encoder_times(TorchEncoder.load().encode_query, asked).row("the float32 encoder alone, all")
    )


if __name__ == "__main__":
    main()
