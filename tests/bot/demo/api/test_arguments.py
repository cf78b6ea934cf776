from __future__ import annotations

import inspect
import json

import pytest
from telegram import BotCommand, InlineKeyboardMarkup

from bot.demo.api.arguments import arguments_of
from bot.demo.errors import BadRequest
from bot.demo.server import bot_methods
from bot.demo.world.world import World
from tests.helpers.paths import SHARED

SPECIFICATION = SHARED / "bot-api" / "api-10.0.json"


async def example(
    chat_id: str,
    count: int,
    silent: bool = False,
    kinds: list[str] | None = None,
    commands: list[BotCommand] | None = None,
    markup: InlineKeyboardMarkup | None = None,
) -> None:
    """Stand for a method."""


def test_form_fields_are_read_by_the_annotations() -> None:
    given: dict[str, object] = {
        "chat_id": "-5",
        "count": "7",
        "silent": "True",
        "kinds": '["message"]',
        "commands": '[{"command": "ask", "description": "hỏi"}]',
        "markup": '{"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}',
    }
    arguments = arguments_of(example, given)
    assert isinstance(arguments["markup"], InlineKeyboardMarkup)
    assert arguments["markup"].inline_keyboard[0][0].callback_data == "d"
    del arguments["markup"]
    assert arguments == {
        "chat_id": "-5",
        "count": 7,
        "silent": True,
        "kinds": ["message"],
        "commands": [BotCommand("ask", "hỏi")],
    }


def test_json_values_are_read_as_they_are() -> None:
    given: dict[str, object] = {"chat_id": -5, "count": 7, "silent": False, "kinds": ["message"]}
    assert arguments_of(example, given) == {
        "chat_id": "-5",
        "count": 7,
        "silent": False,
        "kinds": ["message"],
    }


@pytest.mark.parametrize(
    ("given", "description"),
    [
        ({"count": 1}, "chat_id is empty"),
        ({"chat_id": 1}, 'parameter "count" is required'),
        ({"chat_id": 1, "count": "x"}, 'can\'t parse parameter "count"'),
        ({"chat_id": 1, "count": float("inf")}, 'can\'t parse parameter "count"'),
        ({"chat_id": "\ud83d", "count": 1}, 'can\'t parse parameter "chat_id"'),
        ({"chat_id": 1, "count": 1, "kinds": "["}, 'can\'t parse parameter "kinds"'),
        ({"chat_id": 1, "count": 1, "kinds": 5}, 'can\'t parse parameter "kinds"'),
        ({"chat_id": 1, "count": 1, "markup": "[]"}, 'can\'t parse parameter "markup"'),
        (
            {"chat_id": 1, "count": 1, "markup": '{"keyboard": []}'},
            'can\'t parse parameter "markup"',
        ),
        ({"chat_id": 1, "count": 1, "size": 1}, 'parameter "size" is unknown'),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, object], description: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        arguments_of(example, given)
    assert refusal.value.description == f"Bad Request: {description}"


METHODS = bot_methods(World())


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="the Bot API as data is not here")
@pytest.mark.parametrize("name", METHODS)
def test_methods_are_those_of_the_bot_api(name: str) -> None:
    methods = json.loads(SPECIFICATION.read_text())["methods"]
    specified = {key.lower(): method for key, method in methods.items()}[name]
    fields = {field["name"]: field["required"] for field in specified.get("fields", [])}
    method = METHODS[name]
    parameters = inspect.signature(method).parameters
    assert getattr(method, "__name__", "") == specified["name"]
    assert parameters.keys() <= fields.keys()
    for field, required in fields.items():
        if required:
            assert parameters[field].default is inspect.Parameter.empty
