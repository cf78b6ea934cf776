"""What people do in the made-up installation, step by step, and whether the bot tells too much.

A step is four numbers: the kind of what is done, and three that choose who does it, where, and with
what. Any numbers are a step, so that they can be drawn at random and shrunk.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from telegram import Update

from bot.delivery.inbox_application import InboxApplication
from bot.replies.collections import key_of_collection
from bot.searches import Searches
from bot.store.rows import Row
from retrieval.language.words import fold
from retrieval.library import Library
from retrieval.reading.parser import parse
from tests.helpers.desks.papers import COLLECTIONS, Paper, papers
from tests.helpers.desks.telegram import ManyChats, Sent, chat_of, person_of
from tests.helpers.desks.world import FORUM, OPERATOR, PEOPLE, PLACES, Place, World, first_rules
from tests.helpers.fake_telegram import DATE, entities

Json = dict[str, Any]
Step = tuple[int, int, int, int]

QUESTIONS = (
    "Hội nghị chung bàn về gì?",
    "Ai chủ trì hội nghị chung?",
    "What was the common meeting about?",
    "hoi nghi chung trong hai ngay",
    "Who chaired it?",
    "còn người chủ trì thì sao?",
    "Con mèo ăn gì?",
    "Xin chào!",
)
_COUNT = re.compile(r"^<b>(?:Kho tài liệu|Documents) \((\d+)\)</b>")


class Leak(AssertionError):
    """The bot has told of a collection that may not be read there."""


@dataclass
class Stage:
    """The bot, its library and Telegram, and what is known of all of them."""

    application: InboxApplication
    engine: Engine
    library: Library
    searches: Searches
    telegram: ManyChats
    world: World
    seeds: Path
    codes: list[tuple[str, str]] = field(default_factory=list)
    asked: list[Json] = field(default_factory=list)
    updates: int = 0

    async def play(self, step: Step) -> None:
        """Do one step.

        Raises Leak where a call of the bot holds anything of a collection that may not be read by
        those who see it.
        """
        kind, *numbers = step
        await _KINDS[kind % len(_KINDS)](self, *numbers)

    def begin_again(self) -> None:
        """Undo all that was done, so that every run begins alike."""
        with self.engine.begin() as connection:
            for table in Row.metadata.sorted_tables:
                connection.execute(text(f"DELETE FROM {table.name}"))  # noqa: S608 - our own name
        for paper, home in list(self.world.homes.items()):
            self._carry(paper, home, COLLECTIONS[paper.number // 3])
        self.world.rules, self.world.joined = first_rules(), set()
        self.world.write()
        self.telegram.sent.clear()
        self.codes.clear()
        self.asked.clear()

    async def tell(
        self, person: int, place: Place | None, readable: set[str] | None = None, **update: Json
    ) -> None:
        """Deliver an update and compare what the bot says with what may be read."""
        if readable is None:
            readable = self.world.readable(person, place)
        self.telegram.calls.clear()
        self.updates += 1
        told = Update.de_json({"update_id": self.updates, **update}, self.application.bot)
        await self.application.process_update(told)
        while running := [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]:
            await asyncio.wait(running)  # files are added beside
        self._check(readable, json.dumps(update, ensure_ascii=False))

    def _check(self, readable: set[str], said: str) -> None:
        secrets = self.world.secrets_of_others(readable)
        for call in self.telegram.calls:
            shown = json.dumps(call.parameters, ensure_ascii=False).casefold()
            for word in secrets:
                if word in shown and word not in said:
                    raise Leak(f"{word} in {call.method}: {shown}")
            found = _COUNT.match(str(call.parameters.get("text", "")))
            if found and int(found[1]) > self.world.count(readable):
                raise Leak(f"{found[1]} documents in {call.method}: {shown}")
            if call.method == "answerInlineQuery":
                if not call.parameters.get("is_personal") or call.parameters.get("cache_time"):
                    raise Leak(f"results that others may get: {shown}")

    # What people do.

    async def ask(self, a: int, b: int, c: int) -> None:
        person, place = _person(a), _place(b)
        question = QUESTIONS[c % len(QUESTIONS)]
        if c % 5 == 0:  # a word of some document, without its mark
            paper = papers()[c % len(papers())]
            question = f"hoi nghi chung co {fold(paper.marked)} khong?"
        sent = self._written(person, place, f"/ask {question}" if place else question)
        self.asked.append(sent)
        await self.tell(person, place, message=sent)

    async def edit(self, a: int, b: int, c: int) -> None:
        if self.asked:
            old = self.asked[a % len(self.asked)]
            words = QUESTIONS[b % len(QUESTIONS)]
            place = _place_of(old)
            words = f"/ask {words}" if place else words
            new = old | {"text": words, "entities": entities(words), "edit_date": DATE + 9}
            await self.tell(old["from"]["id"], place, edited_message=new)

    async def press(self, a: int, b: int, c: int) -> None:
        if sent := self._some_message(a):
            await self._press(_person(b), sent.message, sent.buttons[c % len(sent.buttons)])

    async def press_forwarded(self, a: int, b: int, c: int) -> None:
        """Press a button below the same message in another chat."""
        if sent := self._some_message(a):
            place = _place(c)
            message = self._message(_person(b), place) | {
                "message_id": sent.message["message_id"] if c % 2 else self.telegram.next_id(),
                "text": "…",
                "from": sent.message["from"],
            }
            await self._press(_person(b), message, sent.buttons[c % len(sent.buttons)])

    async def press_guessed(self, a: int, b: int, c: int) -> None:
        """Press a button that the bot has never made."""
        paper = papers()[c % len(papers())]
        text_hash = sha256(parse("a.txt", paper.content.encode()).text.encode()).hexdigest()[:16]
        name = f"{self.world.homes[paper]}/{paper.file_name}"
        name_hash = sha256(name.encode()).hexdigest()[:16]
        home = key_of_collection(self.world.homes[paper])
        guesses = (
            *(f"read:{text_hash}:0:20", f"turn:{text_hash}:10:0:20", f"page:{text_hash}:0:20"),
            *("more:1", "more:2", "near", "unwatch:1"),
            *("sources:1", "list:1", "list:2", "documents:1", "forget:page:1"),
            *(f"forget:{name_hash}", "rate:up", f"in:{home}", "in:all", f"add:{home}"),
            *(f"exclude:{home}:{name_hash}",),
        )
        person, place = _person(a), _place(b)
        message = self._message(person, place) | {"text": "…"}
        if self.telegram.sent and b % 3 == 0:
            message["reply_to_message"] = self.telegram.sent[c % len(self.telegram.sent)].message
        await self._press(person, message, guesses[(b + c) % len(guesses)])

    async def follow_link(self, a: int, b: int, c: int) -> None:
        paper = papers()[b % len(papers())]
        digits = sha256(parse("a.txt", paper.content.encode()).text.encode()).hexdigest()[:16]
        words = f"/start {'page' if c % 4 == 0 else 'src'}_{digits}_{c % 9}_{20 + c % 30}"
        await self._say(_person(a), None, words)

    async def see_sources(self, a: int, b: int, c: int) -> None:
        person, place = _person(a), _place(b)
        sent = self._written(person, place, "/sources")
        if self.telegram.sent and c % 2:
            sent["reply_to_message"] = self.telegram.sent[c % len(self.telegram.sent)].message
        await self.tell(person, place, message=sent)

    async def type_inline(self, a: int, b: int, c: int) -> None:
        person, words = _person(a), QUESTIONS[b % 4]
        query: Json = {"id": "1", "from": person_of(person), "query": words, "offset": ""}
        await self.tell(person, None, inline_query=query | {"offset": "5" if c % 3 == 0 else ""})

    async def ask_as_guest(self, a: int, b: int, c: int) -> None:
        """Mention the bot elsewhere; the chat may have the id of a group that the bot is in."""
        person, place = _person(a), _place(b) or PLACES[0]
        sent = self._written(person, place, f"@TrichDanBot {QUESTIONS[c % 5]}")
        await self.tell(person, None, guest_message=sent | {"guest_query_id": "1"})

    async def command(self, a: int, b: int, c: int) -> None:
        words = (
            *("/collections", "/documents", "/forget", "/members", "/help", "/leave", "/start"),
            *("/watch", f"/watch {QUESTIONS[a % 5]}"),
        )
        person, place, said = _person(a), _place(b), words[c % len(words)]
        if said == "/leave":
            await self._leave(person, place, COLLECTIONS[(a + b) % len(COLLECTIONS)])
        elif said == "/members":
            name = COLLECTIONS[(a + b) % len(COLLECTIONS)]
            await self._say(person, place, f"/members {name}" if b % 2 else "/members")
        else:
            await self._say(person, place, said)

    async def invite(self, a: int, b: int, c: int) -> None:
        person, name = _person(a), COLLECTIONS[b % len(COLLECTIONS)]
        await self._say(person, None, f"/invite {name}" if c % 4 else "/invite")
        for call in self.telegram.calls:
            if code := re.search(r"/join (\w{12})</code>", str(call.parameters.get("text"))):
                if name in self.world.administered(person) and c % 4:
                    self.codes.append((code[1], name))

    async def join(self, a: int, b: int, c: int) -> None:
        person, place = _person(a), _place(b)
        code, name = self.codes.pop(c % len(self.codes)) if self.codes else ("abcdefghjkmn", "")
        member = (name, *(place or (person, None)))
        already = member in self.world.joined
        if name:
            self.world.joined.add(member)
        await self._say(person, place, f"/join {code}")
        has_joined = any("✅" in str(one.parameters.get("text")) for one in self.telegram.calls)
        if not has_joined and not already:
            self.world.joined.discard(member)

    async def upload(self, a: int, b: int, c: int) -> None:
        """Send a document that lies somewhere already."""
        person, paper = _person(a), papers()[b % len(papers())]
        self.telegram.files["f"] = paper.content.encode()
        file = {"file_id": "f", "file_unique_id": "f", "file_name": "x.txt", "file_size": 99}
        sent = self._message(person, None) | {"document": file}
        own = self.world.administered(person)
        readable = self.world.readable(person, None)
        if len(own) == 1 and self.world.homes[paper] not in own:
            return  # it would lie in two collections then
        await self.tell(person, None, readable, message=sent)

    # What the operator does.

    async def change_rules(self, a: int, b: int, c: int) -> None:
        rule = self.world.rules[COLLECTIONS[a % len(COLLECTIONS)]]
        place, person = PLACES[b % len(PLACES)], PEOPLE[b % len(PEOPLE)]
        if c % 8 == 0:
            rule.public = not rule.public
        elif c % 8 < 4:
            rule.chats ^= {place}
        elif c % 8 < 6:
            rule.people ^= {person}
        else:
            rule.admins ^= {person}
        self.world.write()

    async def make_a_mistake(self, a: int, b: int, c: int) -> None:
        """Spoil the file: the rules that the bot has read last stay, until it is right again."""
        await self._say(_person(a), None, "/collections")
        self.world.file.write_text(f"[collection.x]\nfolders = ['none{self.updates}']\n")
        await self.ask(a, b, c)
        self.world.write()

    async def move(self, a: int, b: int, c: int) -> None:
        """Move a document to the folder of another collection."""
        paper = papers()[a % len(papers())]
        if c % 6 == 0:  # it takes much longer than anything else
            self._carry(paper, self.world.homes[paper], COLLECTIONS[b % len(COLLECTIONS)])

    def _carry(self, paper: Paper, old: str, new: str) -> None:
        if old != new:
            here, there = self.seeds / old, self.seeds / new
            (here / paper.file_name).rename(there / paper.file_name)
            self.world.homes[paper] = new
            self.library.reopen(old)
            self.library.reopen(new)

    async def _leave(self, person: int, place: Place | None, name: str) -> None:
        chat, topic = place or (person, None)
        before = self.world.readable(person, place)
        self.world.joined.discard((name, chat, topic))
        await self.tell(
            person, place, before, message=self._written(person, place, f"/leave {name}")
        )

    async def _press(self, person: int, message: Json, data: str) -> None:
        query: Json = {
            "id": "1",
            "from": person_of(person),
            "chat_instance": "1",
            "data": data,
            "message": message,
        }
        place = _place_of(message)
        if data.startswith("exclude:") and place is None:
            self._forget_excluded(person, data)
        await self.tell(person, place, callback_query=query)

    def _forget_excluded(self, person: int, data: str) -> None:
        _, collection, member = data.split(":")
        for name, chat, topic in list(self.world.joined):
            digits = sha256(f"{chat}/{topic}".encode()).hexdigest()[:16]
            if (key_of_collection(name), digits) == (collection, member):
                if name in self.world.administered(person):
                    self.world.joined.discard((name, chat, topic))

    async def _say(self, person: int, place: Place | None, words: str) -> None:
        await self.tell(person, place, message=self._written(person, place, words))

    def _some_message(self, number: int) -> Sent | None:
        known = [one for one in self.telegram.sent if one.buttons]
        return known[number % len(known)] if known else None

    def _written(self, person: int, place: Place | None, words: str) -> Json:
        return self._message(person, place) | {"text": words, "entities": entities(words)}

    def _message(self, person: int, place: Place | None) -> Json:
        chat, topic = place or (person, None)
        message: Json = {
            "message_id": self.telegram.next_id(),
            "date": DATE,
            "chat": chat_of(chat),
            "from": person_of(person),
        }
        thread = {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        return message | thread


def _person(number: int) -> int:
    return (*PEOPLE, OPERATOR)[number % (len(PEOPLE) + 1)]


def _place(number: int) -> Place | None:
    return (*PLACES, None, None)[number % (len(PLACES) + 2)]


def _place_of(message: Json) -> Place | None:
    chat = message["chat"]["id"]
    if chat > 0:
        return None
    return chat, message.get("message_thread_id") if chat == FORUM else None


_KINDS: tuple[Callable[..., Awaitable[None]], ...] = (
    *(Stage.ask, Stage.ask, Stage.ask, Stage.press, Stage.press, Stage.press),
    *(Stage.press_forwarded, Stage.press_forwarded, Stage.press_guessed, Stage.press_guessed),
    *(Stage.follow_link, Stage.see_sources, Stage.see_sources, Stage.type_inline),
    *(Stage.ask_as_guest, Stage.command, Stage.command, Stage.invite, Stage.join, Stage.edit),
    *(Stage.change_rules, Stage.change_rules, Stage.make_a_mistake, Stage.move, Stage.upload),
)
