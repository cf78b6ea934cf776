"""What the bot bears: it is killed at random moments, and Telegram fails at every fifth call.

    python -m benchmarks.endurance [--kills 200] [--storm 600] [--seed 5]

A real `python -m bot` talks to the demo's Bot API server, over HTTP and with its database, and
`WAITING` questions wait for an answer at any time. First it is killed by SIGKILL and started
again, `--kills` times by polling and as often by webhook; a kill comes up to `MOMENT` seconds
after the first answer of the new process, which is often while it still handles what the last one
left. Then faults befall a fifth of its calls for `--storm` seconds. A question counts as answered
if a message of the bot replies to it, as excused if all that the reply says is that an answer
failed, and as lost if nothing does.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from bot.demo.server import DemoServer
from bot.texts import LANGUAGES

CHATS = 20
WAITING = 40  # questions without an answer at any time
MOMENT = 1.5  # seconds
QUIET = 60.0  # seconds without an answer, after which the rest are given up
WARM_UP = 0.1  # of the storm, before memory is measured for the first time
FAULTY = 0.2  # of all calls
# Faults are for calls to come, and only the calls that none befell are seen.
FAULTS_PER_CALL = FAULTY / (1 - FAULTY)
FAULTS: Sequence[dict[str, object]] = (
    {"code": 429, "retry_after": 1},
    {"code": 500},
    {"code": 502},
    {"drop": True},
    {"seconds": 3.0},
    {"body": '{"ok": tr'},
)
QUESTIONS = ("Ai dự hội nghị?", "Hội nghị diễn ra khi nào?", "How many times has Vietnam chaired?")
EXCUSES = {texts.failed for texts in LANGUAGES.values()}

Question = tuple[int, int]  # its chat and the number of its message


@dataclass
class Conversations:
    """The questions asked, how often each was answered, and the people who ask."""

    http: httpx.AsyncClient
    choice: random.Random
    people: list[int] = field(default_factory=list)
    asked: set[Question] = field(default_factory=set)
    answers: Counter[Question] = field(default_factory=Counter)
    excused: set[Question] = field(default_factory=set)
    enough: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    @asynccontextmanager
    async def with_server(cls, url: str, seed: int) -> AsyncIterator[Conversations]:
        """Let people talk through the demo's server at `url`; all choices follow from `seed`."""
        async with httpx.AsyncClient(base_url=url, timeout=60) as http:
            talks = cls(http, random.Random(seed))  # noqa: S311 - no secret
            for _ in range(CHATS):
                talks.people.append((await talks.call("addPerson", first_name="Lan"))["id"])
            listening = asyncio.create_task(talks._listen())
            try:
                yield talks
            finally:
                listening.cancel()
                with suppress(asyncio.CancelledError):
                    await listening

    async def call(self, name: str, /, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """Call one of the demo's methods for people."""
        return (await self.http.post(f"/demo/{name}", json=parameters)).json()["result"]

    async def ask_on(self) -> None:
        """Ask whenever fewer than `WAITING` questions wait, until it is `enough`."""
        while not self.enough:
            if len(self.asked) - len(self.answers) < WAITING:
                who, text = self.choice.choice(self.people), self.choice.choice(QUESTIONS)
                await self.ask(who, text)
            else:
                await asyncio.sleep(0.02)

    async def ask(self, who: int, text: str) -> None:
        """Ask in a private chat."""
        place = {"chat_id": who, "user_id": who, "language_code": "vi"}
        message = await self.call("postMessage", text=text, **place)
        self.asked.add((who, message["message_id"]))

    async def next_answer(self, seconds: float) -> bool:
        """Wait for an answer; return False where none comes."""
        self.news.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.news.wait(), seconds)
        return self.news.is_set()

    async def all_answered(self) -> None:
        """Wait until no question waits, or nothing comes any more."""
        while self.asked - self.answers.keys() and await self.next_answer(QUIET):
            pass
        await asyncio.sleep(2)  # for what would be answered twice

    async def _listen(self) -> None:
        seen = 0
        while True:
            events = await self.call("getEvents", after=seen, seconds=20)
            seen += len(events)
            for event in events:
                self._note(event["data"].get("message") or {})

    def _note(self, message: dict[str, Any]) -> None:
        if message and message["from"]["is_bot"] and "reply_to_message" in message:
            question = message["chat"]["id"], message["reply_to_message"]["message_id"]
            self.answers[question] += 1
            if message["text"] in EXCUSES:
                self.excused.add(question)
            self.news.set()

    def row(self, name: str) -> str:
        """Return a line of the table."""
        lost = self.asked - self.answers.keys()
        twice = sum(count > 1 for count in self.answers.values())
        figures = (len(self.asked), len(self.answers), len(self.excused), twice, len(lost))
        return f"| {name} | " + " | ".join(map(str, figures)) + " |"


@dataclass
class Bot:
    """A process of the bot, and how it is started."""

    environment: dict[str, str]
    command: tuple[str, ...] = ("-m", "bot")
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def beside(cls, server: DemoServer, folder: Path, by_webhook: bool) -> Bot:
        """Return a bot that keeps what it has in `folder`."""
        settings = {
            "TELEGRAM_API_URL": server.url,
            "TELEGRAM_BOT_TOKEN": server.token,
            "INDEX_DIR": str(folder / "index"),
            "DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3",
            "QUESTIONS_PER_MINUTE": "0",
            "LOG_LEVEL": "ERROR",
        }
        if by_webhook:
            with socket.create_server(("127.0.0.1", 0)) as free:
                address = f"127.0.0.1:{free.getsockname()[1]}"
            settings |= {"WEBHOOK_URL": f"http://{address}", "WEBHOOK_LISTEN": address}
        return cls(os.environ | settings)

    def start(self) -> None:
        """Start a process."""
        command = [sys.executable, *self.command]
        self.process = subprocess.Popen(command, env=self.environment)  # noqa: S603

    def kill(self) -> None:
        """End the process without giving it a chance to notice."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def megabytes(self) -> int:
        """Return the process's resident memory."""
        assert self.process is not None  # noqa: S101 - started
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") // 2**20


async def survive_kills(bot: Bot, talks: Conversations, kills: int) -> None:
    """Kill the bot so many times while people ask, and let the last one answer the rest."""
    asking = asyncio.create_task(talks.ask_on())
    for _ in range(kills):
        bot.start()
        if not await talks.next_answer(seconds=300):
            raise SystemExit("the bot answers no more")
        await asyncio.sleep(talks.choice.uniform(0, MOMENT))
        bot.kill()
    talks.enough = True
    await asking
    bot.start()
    await talks.all_answered()


async def survive_storm(bot: Bot, talks: Conversations, seconds: float) -> tuple[int, int]:
    """Let faults befall the bot while people ask; return its megabytes near the start, at the end.

    The faults end with the asking, so that what still waits then is answered in peace.
    """
    bot.start()
    asking = asyncio.create_task(talks.ask_on())
    await talks.next_answer(seconds=300)
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
    return first, bot.megabytes()


async def main() -> None:
    """Print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.endurance", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--storm", type=float, default=600, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    print("| | questions | answered | excused | answered twice | lost |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    for name, by_webhook in (("polling", False), ("webhook", True)):
        async with _stage(by_webhook, options.seed) as (bot, talks):
            await survive_kills(bot, talks, options.kills)
            print(talks.row(f"{options.kills} kills, {name}"), flush=True)
    async with _stage(False, options.seed) as (bot, talks):
        before, after = await survive_storm(bot, talks, options.storm)
        print(talks.row(f"faults for {options.storm:.0f} s"))
    print(f"\nMemory in the storm: {before} MB near its start, {after} MB at its end.")


@asynccontextmanager
async def _stage(by_webhook: bool, seed: int) -> AsyncIterator[tuple[Bot, Conversations]]:
    with DemoServer.running() as server, TemporaryDirectory() as folder:
        bot = Bot.beside(server, Path(folder), by_webhook)
        try:
            async with Conversations.with_server(server.url, seed) as talks:
                yield bot, talks
        finally:
            bot.kill()


if __name__ == "__main__":
    asyncio.run(main())
