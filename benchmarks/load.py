"""Many chats ask at once: every question answered, once and in order, and how fast.

    python -m benchmarks.load [--chats 200] [--questions 1000]

A real `python -m bot` answers people who all ask at the same moment, through the demo's Bot API
server: over HTTP, with its database, as it does in Telegram. Beside it stand the same questions
through the encoder alone, on as many threads as the bot searches in. A latency is counted from
the moment when all ask, so that half of the questions wait for the other half: that is the queue,
and the encoder has the same one. Documents and questions are those of `benchmarks.real_questions`.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import numpy as np

from benchmarks.real_questions import DOCUMENTS, questions
from bot.demo.server import DemoServer
from bot.searching import CORES

PATIENCE = 300.0  # seconds without an answer, after which the rest are given up
WAIT = 20.0


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from the start until each question was answered, in the order of the answers."""

    seconds: tuple[float, ...]

    def row(self, name: str) -> str:
        """Return a line of the table: questions a second, and two percentiles of the latency."""
        p50, p99 = np.percentile(self.seconds, [50, 99])
        rate = len(self.seconds) / max(self.seconds)
        return f"| {name} | {rate:.1f} | {p50:.2f} | {p99:.2f} |"


@dataclass
class Conversations:
    """What was asked in each chat and which of it was answered; messages by their numbers."""

    asked: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    answered: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def faults(self) -> list[str]:
        """Return a line for each chat in which not every question got one answer, in order."""
        return [
            f"chat {chat}: asked {asked}, answered {self.answered[chat]}"
            for chat, asked in self.asked.items()
            if self.answered[chat] != sorted(asked)
        ]


async def ask_all(server: DemoServer, chats: int, questions: Sequence[str]) -> Times:
    """Ask from all chats at once; raise SystemExit where an answer is missing or out of order."""
    talks = Conversations()
    limits = httpx.Limits(max_connections=32)
    async with httpx.AsyncClient(base_url=server.url, timeout=WAIT + 60, limits=limits) as http:
        people = [(await _call(http, "addPerson", first_name="Lan"))["id"] for _ in range(chats)]
        await _first_answer(http)
        seen = len(await _call(http, "getEvents", after=0))
        began = time.perf_counter()
        asking = asyncio.gather(
            *(_ask(http, talks, who, text) for who, text in zip(cycle(people), questions))
        )
        times = await _answers(http, talks, seen, len(questions), began)
        await asking
    if faults := talks.faults():
        raise SystemExit("\n".join(faults))
    return times


async def _call(http: httpx.AsyncClient, method: str, **parameters: object) -> Any:  # noqa: ANN401
    answer = (await http.post(f"/demo/{method}", json=parameters)).json()
    if not answer["ok"]:
        raise SystemExit(f"{method}: {answer['description']}")
    return answer["result"]


async def _ask(http: httpx.AsyncClient, talks: Conversations, person: int, text: str) -> None:
    who = {"chat_id": person, "user_id": person, "language_code": "vi"}
    message = await _call(http, "postMessage", text=text, **who)
    talks.asked[person].append(message["message_id"])


async def _first_answer(http: httpx.AsyncClient) -> None:
    """Ask once from another chat, so that nothing is loaded any more when it counts."""
    guest = (await _call(http, "addPerson", first_name="Mai"))["id"]
    await _ask(http, Conversations(), guest, "Ai dự hội nghị?")
    await _answers(http, Conversations(), 0, 1, time.perf_counter())


async def _answers(
    http: httpx.AsyncClient, talks: Conversations, seen: int, count: int, began: float
) -> Times:
    """Follow the events until there are `count` answers; note them and when they came."""
    seconds: list[float] = []
    last = began
    while len(seconds) < count and time.perf_counter() < last + PATIENCE:
        events = await _call(http, "getEvents", after=seen, seconds=WAIT)
        seen += len(events)
        last = time.perf_counter() if events else last
        for message in _replies(events):
            talks.answered[message["chat"]["id"]].append(message["reply_to_message"]["message_id"])
            seconds.append(time.perf_counter() - began)
    return Times(tuple(seconds))


def _replies(events: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for event in events:
        message = event["data"].get("message", {})
        if message and message["from"]["is_bot"] and "reply_to_message" in message:
            yield message


@contextmanager
def bot(server: DemoServer, folder: str) -> Iterator[None]:
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
    command = [sys.executable, "-m", "bot"]
    with subprocess.Popen(command, env=os.environ | settings) as process:  # noqa: S603
        try:
            yield
        finally:
            process.terminate()


def encode_all(encode: Callable[[str], object], questions: Sequence[str]) -> Times:
    """Encode all questions, as many at once as the bot searches."""

    def seconds(question: str) -> float:
        encode(question)
        return time.perf_counter() - began

    with ThreadPoolExecutor(CORES) as pool:
        encode(questions[0])
        began = time.perf_counter()
        return Times(tuple(sorted(pool.map(seconds, questions))))


def main() -> None:
    """Print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--questions", type=int, default=1000)
    options = parser.parse_args()
    texts = cycle(question.text for question in questions())
    asked = list(islice(texts, options.questions))
    with DemoServer.running() as server, TemporaryDirectory() as folder, bot(server, folder):
        answered = asyncio.run(ask_all(server, options.chats, asked))
    from retrieval.encoder import Encoder

    encoded = encode_all(Encoder.load().encode_query, asked)
    print(f"{options.questions} questions from {options.chats} chats at once, {CORES} cores:")
    print("every one answered once, in order within its chat.\n")
    print("| | questions/s | p50, s | p99, s |\n| --- | --- | --- | --- |")
    print(answered.row("the bot"))
    print(encoded.row("the encoder alone"))


if __name__ == "__main__":
    main()
