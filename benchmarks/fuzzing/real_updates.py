"""Updates of the demo's server: messages, button presses, inline queries and files."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from benchmarks.fuzzing.values import NOW
from bot.demo.api.person import PersonMethods
from bot.demo.rules.content import plain_content
from bot.demo.world.cast import BOT, FORUM, GROUP, MINH, PRIVATE
from bot.demo.world.world import World
from tests.helpers.controlled_server.control import Control
from tests.helpers.controlled_server.methods import ControlMethods

Json = dict[str, Any]

BUTTONS = ("sources:1", "rate:up", "more:1", "near", "read:0123456789abcdef:0:9", "language:vi")
ROOMS = (PRIVATE, GROUP, FORUM)
STICKER = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
OTHERS: tuple[Json, ...] = (
    {"sticker": {"file_id": "1", "file_unique_id": "1", **STICKER}},
    {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 90, "height": 90}]},
    {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 3}},
    {"location": {"longitude": 105.8, "latitude": 21.0}},
    {"contact": {"phone_number": "1", "first_name": "Mai"}},
    {"dice": {"emoji": "🎲", "value": 6}},
    {"new_chat_title": "Phòng tin"},
)


def real_updates() -> list[Json]:
    """Return some updates of every kind that the bot asks for, without `update_id`."""
    return asyncio.run(_delivered())


async def _delivered() -> list[Json]:
    world = World()
    people = PersonMethods(world)
    for chat in ROOMS:
        who: Json = {"chat_id": str(chat.id), "user_id": MINH.id, "language_code": "vi"}
        await _talk(people, who)
        for fields in OTHERS:
            await ControlMethods(world, Control()).postOther(**who, fields=fields)
        await _press(world, people, who)
        await people.typeInline(**who, query="Ai chủ trì hội nghị?", offset="5")
    received = await world.updates.receive(limit=1000, seconds=0)
    return [_plain(update.to_dict()) for update in received]


async def _talk(people: PersonMethods, who: Json) -> None:
    for text in ("Ai chủ trì?", "/ask Ai chủ trì?", "/sources", "/help", f"@{BOT.username} Ai?"):
        said = await people.postMessage(**who, text=text)
        await people.postMessage(**who, text=f"@{BOT.username}", reply_to=said.message_id)
        await people.editMessage(**who, message_id=said.message_id, text=f"{text} @{BOT.username}")
    await people.postFile(**who, name="biên bản.txt", content=b"Ai?", caption="Ai dự?")


async def _press(world: World, people: PersonMethods, who: Json) -> None:
    for data in BUTTONS:
        keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("…", callback_data=data))
        room = world.room(who["chat_id"])
        answer = world.post(room, BOT, plain_content("[1] …"), reply_markup=keyboard)
        await people.pressButton(**who, message_id=answer.message_id, data=data)


def _plain(update: Json) -> Json:
    """Return an update as it is sent, without its number and with fixed dates.

    Numbers and dates differ in every run, and the same seed must draw the same updates.
    """
    del update["update_id"]
    plain: Json = json.loads(json.dumps(update), object_hook=_undated)
    return plain


def _undated(content: Json) -> Json:
    return content | {name: NOW for name in ("date", "edit_date") if name in content}
