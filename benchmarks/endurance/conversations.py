"""Asks questions as people, through the demo's server, and counts what happened to each.

`WAITING` questions wait for an answer at any time. A question is answered if a message of the bot
replies to it. It is excused if the only reply says that the answer failed. It is lost if there is
no reply.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.texts import LANGUAGES

CHATS = 20
WAITING = 40  # questions without an answer at any time
QUIET = 60.0  # seconds without an answer, after which the other questions count as lost
QUESTIONS = ("Ai dự hội nghị?", "Hội nghị diễn ra khi nào?", "How many times has Vietnam chaired?")
EXCUSES = {texts.failed for texts in LANGUAGES.values()}

Question = tuple[int, int]  # its chat and the number of its message


@dataclass
class Conversations:
    """The questions asked, the number of answers to each, and the people asking.

    `order` holds the questions as they were answered for the first time.
    """

    http: httpx.AsyncClient
    choice: random.Random
    people: list[int] = field(default_factory=list)
    asked: set[Question] = field(default_factory=set)
    answers: Counter[Question] = field(default_factory=Counter)
    excused: set[Question] = field(default_factory=set)
    order: list[Question] = field(default_factory=list)
    enough: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    @asynccontextmanager
    async def with_server(cls, url: str, seed: int) -> AsyncIterator[Conversations]:
        """Let people talk through the demo's server at `url`; `seed` decides all random choices."""
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
        """Ask whenever fewer than `WAITING` questions wait, until `enough` says so."""
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
        """Wait for an answer; return False if none comes."""
        self.news.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.news.wait(), seconds)
        return self.news.is_set()

    async def all_answered(self) -> None:
        """Wait until every question is answered, or until no more answers come."""
        while self.asked - self.answers.keys() and await self.next_answer(QUIET):
            pass
        await asyncio.sleep(2)  # for second answers, which would come now

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
            if not self.answers[question]:
                self.order.append(question)
            self.answers[question] += 1
            if message["text"] in EXCUSES:
                self.excused.add(question)
            self.news.set()

    def overtaken(self) -> int:
        """Return how many questions were answered after a later one of the same chat."""
        latest: dict[int, int] = {}
        count = 0
        for chat, number in self.order:
            count += number < latest.get(chat, 0)
            latest[chat] = max(number, latest.get(chat, 0))
        return count

    def row(self, name: str) -> str:
        """Return the row of the table."""
        lost = self.asked - self.answers.keys()
        twice = sum(count > 1 for count in self.answers.values())
        answered = len(self.asked & self.answers.keys())
        figures = (len(self.asked), answered, len(self.excused), twice, self.overtaken(), len(lost))
        return f"| {name} | " + " | ".join(map(str, figures)) + " |"
