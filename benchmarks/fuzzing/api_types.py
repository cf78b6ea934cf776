"""Updates generated from the Bot API's description: all required fields and some optional ones.

The description gives each field's type. Where it also lists the words that a field may hold, they
are read from its sentences. The fields that decide what the bot does have values of their own here.
All other fields get any value of their type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from benchmarks.fuzzing import values
from tests.helpers.bot_api import DESCRIPTION
from tests.helpers.fake_telegram import ME, entities

Json = dict[str, Any]
Values = SearchStrategy[Any]

DEPTH = 3  # how deep objects are nested
SCALARS: dict[str, Values] = {
    "String": values.short,
    "Integer": values.numbers,
    "Float": st.floats(-180, 180) | st.sampled_from((0, 1e300)),
    "Boolean": st.booleans(),
}
FIELDS: dict[tuple[str, str], Values] = {
    ("Message", "text"): values.words,
    ("Message", "caption"): values.words,
    ("Message", "message_id"): values.message_ids,
    ("InaccessibleMessage", "message_id"): values.message_ids,
    ("InaccessibleMessage", "date"): st.just(0),
    ("MessageEntity", "offset"): values.offsets,
    ("MessageEntity", "length"): values.offsets,
    ("Chat", "type"): st.sampled_from((*("private",) * 3, "group", "supergroup", "channel")),
    ("CallbackQuery", "data"): values.pressed,
    ("InlineQuery", "query"): values.words,
    ("InlineQuery", "offset"): st.sampled_from(("", "5", "999999999999", "-1", "²")) | values.short,
    ("User", "id"): values.people,
    ("User", "is_bot"): st.sampled_from((*(False,) * 5, True)),
    ("User", "language_code"): st.sampled_from(("vi", "en", "zh-hans", "")) | values.short,
    ("Document", "file_name"): st.sampled_from(("a.txt", "../a.md", "a.pdf", "a")) | values.short,
}
ENDINGS = {("Integer", "date"): values.dates, ("String", "id"): values.ids}
SOMETIMES = 3  # the most optional fields that one object gets
MARKED = {"text": "entities", "caption": "caption_entities"}
# The kinds that the bot asks Telegram for are drawn more often than the others.
ASKED_FOR = ("message",) * 12 + ("edited_message",) * 4 + ("callback_query",) * 5
INLINE = ("inline_query",) * 3


@dataclass(frozen=True)
class ApiTypes:
    """The types of the Bot API by name, as in its description."""

    types: dict[str, Json]

    @classmethod
    def described(cls) -> ApiTypes:
        """Read the description.

        Raises:
            FileNotFoundError: The description does not lie beside the checkout.
        """
        return cls(json.loads(DESCRIPTION.read_text(encoding="utf-8"))["types"])

    def updates(self) -> SearchStrategy[Json]:
        """Return updates of every kind, without `update_id`."""
        kinds = {field["name"]: field for field in self.types["Update"]["fields"]}
        del kinds["update_id"]
        return st.sampled_from((*ASKED_FOR, *INLINE, *kinds)).flatmap(
            lambda kind: st.fixed_dictionaries({kind: self.field("Update", kinds[kind], DEPTH)})
        )

    def field(self, type_name: str, field: Json, depth: int) -> Values:
        """Return the values that a field may have."""
        name, [kind, *_] = field["name"], field["types"]
        ending = (kind, name.rpartition("_")[2])
        known = FIELDS.get((type_name, name), ENDINGS.get(ending))
        if known is not None:
            return known
        choices = _choices(field["description"]) if kind == "String" else ()
        return st.sampled_from(choices) if choices else self.of(kind, depth)

    def of(self, kind: str, depth: int) -> Values:
        """Return the values of a type, with objects nested at most `depth` deep."""
        return _of(self, kind, depth)

    def __hash__(self) -> int:
        """Hash by identity, because `_of` is cached and a dict has no hash."""
        return id(self)

    def _fields(self, name: str, depth: int) -> tuple[dict[str, Values], dict[str, Values]]:
        """Return an object's required fields and its optional fields."""
        must: dict[str, Values] = {}
        may: dict[str, Values] = {}
        for field in self.types[name].get("fields", []):
            into = must if field["required"] else may
            if field["required"] or depth > 0:
                into[field["name"]] = st.deferred(self._later(name, field, depth - 1))
        return must, may

    def _later(self, name: str, field: Json, depth: int) -> Callable[[], Values]:
        return lambda: self.field(name, field, depth)


@cache
def _of(api: ApiTypes, kind: str, depth: int) -> Values:
    if kind in SCALARS:
        return SCALARS[kind]
    if inner := kind.removeprefix("Array of ") if kind.startswith("Array of ") else "":
        return st.lists(api.of(inner, depth), max_size=2 if depth > 0 else 0)
    if subtypes := api.types[kind].get("subtypes"):
        return st.one_of([api.of(subtype, depth) for subtype in subtypes])
    objects = _objects(*api._fields(kind, depth))
    if kind == "Chat":
        return _chats(objects)
    return _messages(objects) if kind == "Message" else objects


@st.composite
def _objects(draw: DrawFn, must: dict[str, Values], may: dict[str, Values]) -> Json:
    """Draw an object. One in 31 has a field that no version of the Bot API knows."""
    names = draw(st.lists(st.sampled_from(sorted(may)), max_size=SOMETIMES)) if may else []
    found = {name: draw(value) for name, value in must.items()}
    found |= {name: draw(may[name]) for name in dict.fromkeys(names)}
    if draw(st.integers(0, 30)) == 30:
        found["field_of_tomorrow"] = draw(st.sampled_from((None, 1, "x", {"a": []}, [[]])))
    return found


@st.composite
def _chats(draw: DrawFn, objects: SearchStrategy[Json]) -> Json:
    """Draw a chat. A private chat has the id of its person, any other chat a negative id."""
    chat = draw(objects)
    private = chat["type"] == "private"
    return chat | {"id": draw(values.people if private else values.groups)}


@st.composite
def _messages(draw: DrawFn, objects: SearchStrategy[Json]) -> Json:
    """Draw a message. Most have a text or a caption, and most of these have the right entities."""
    message = draw(objects)
    if said := draw(st.sampled_from((None, "text", "text", "text", "text", "caption"))):
        message[said] = draw(values.words)
    if "from" not in message and draw(st.integers(0, 4)):
        first = draw(values.short)
        message["from"] = {"id": draw(values.people), "is_bot": False, "first_name": first}
    if draw(st.integers(0, 9)) == 9:
        by_bot = {name: message[name] for name in ("message_id", "date", "chat")}
        message["reply_to_message"] = by_bot | {"from": ME, "text": "[1] …"}
    for name, marks in MARKED.items():
        if name in message and marks not in message and draw(st.integers(0, 3)):
            message[marks] = entities(message[name])
    return message


def _choices(description: str) -> tuple[str, ...]:
    """Return the words that a field's description allows, or none where it lists none."""
    if not re.search(r"always|can be|must be|one of", description):
        return ()
    return tuple(re.findall(r'"(\w+)"', description))
