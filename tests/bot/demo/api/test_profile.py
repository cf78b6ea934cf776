"""What a bot tells of itself to the demo's server, and what a person's page makes of it."""

from __future__ import annotations

import pytest

from bot.demo.server import DemoServer
from tests.helpers.demo_client import BOT, FORUM, GROUP, MAI, PRIVATE, BotClient, PersonClient

ASK = {"command": "ask", "description": "ask a question"}
HOI = {"command": "ask", "description": "hỏi một câu"}
HELP = {"command": "help", "description": "how to use me"}


def shown(server: DemoServer, chat: int, language: str) -> object:
    return PersonClient(server.url).call("getCommands", chat_id=chat, language_code=language)


def test_get_me_describes_the_bot(bot: BotClient) -> None:
    assert bot.call("getMe") == {
        "id": BOT,
        "is_bot": True,
        "first_name": "Trích Dẫn",
        "username": "trichdan_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
    }
    assert bot.call("close") is True
    assert bot.call("logOut") is True


def test_commands_are_shown_in_the_clients_language(server: DemoServer, bot: BotClient) -> None:
    bot.call("setMyCommands", commands=[ASK, HELP])
    bot.call("setMyCommands", commands=[HOI], language_code="vi")
    assert bot.call("getMyCommands", language_code="vi") == [HOI]
    assert bot.call("getMyCommands", language_code="fr") == []
    assert shown(server, PRIVATE, "vi") == [HOI]
    assert shown(server, PRIVATE, "fr") == [ASK, HELP]
    bot.call("deleteMyCommands", language_code="vi")
    assert shown(server, PRIVATE, "vi") == [ASK, HELP]


def test_the_narrowest_scope_is_shown(server: DemoServer, bot: BotClient) -> None:
    bot.call("setMyCommands", commands=[ASK])
    bot.call("setMyCommands", commands=[HELP], scope={"type": "all_group_chats"})
    assert (shown(server, PRIVATE, "vi"), shown(server, GROUP, "vi")) == ([ASK], [HELP])
    scope = {"type": "chat", "chat_id": GROUP}
    bot.call("setMyCommands", commands=[HOI], scope=scope)
    assert (shown(server, PRIVATE, "vi"), shown(server, GROUP, "vi")) == ([ASK], [HOI])
    assert bot.call("getMyCommands", scope=scope) == [HOI]


def test_the_page_hears_of_new_commands(server: DemoServer, bot: BotClient) -> None:
    bot.call("setMyCommands", commands=[ASK])
    assert PersonClient(server.url).next(lambda event: True) == {"kind": "commands", "data": {}}


@pytest.mark.parametrize(
    ("commands", "description"),
    [
        ([{"command": "Hỏi", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "x", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([ASK] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ("ask", 'can\'t parse parameter "commands"'),
    ],
)
def test_what_is_no_command(bot: BotClient, commands: object, description: str) -> None:
    refusal = bot.refusal("setMyCommands", commands=commands)
    assert refusal == (400, f"Bad Request: {description}")


@pytest.mark.parametrize(
    ("kind", "field", "longest"),
    [
        ("Name", "name", 64),
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
    ],
)
def test_texts_have_a_language_and_a_limit(
    bot: BotClient, kind: str, field: str, longest: int
) -> None:
    assert bot.call(f"setMy{kind}", **{field: "a" * longest}) is True
    assert bot.call(f"setMy{kind}", **{field: "xin chào"}, language_code="vi") is True
    assert bot.call(f"getMy{kind}", language_code="vi") == {field: "xin chào"}
    assert bot.call(f"getMy{kind}", language_code="fr") == {field: "a" * longest}
    code, description = bot.refusal(f"setMy{kind}", **{field: "a" * (longest + 1)})
    assert (code, description) == (400, f"Bad Request: {field.replace('_', ' ')} is too long")


def test_the_menu_button_is_kept(bot: BotClient) -> None:
    assert bot.call("getChatMenuButton", chat_id=PRIVATE) == {"type": "default"}
    bot.call("setChatMenuButton", menu_button={"type": "commands"})
    assert bot.call("getChatMenuButton", chat_id=PRIVATE) == {"type": "commands"}
    bot.call("setChatMenuButton", chat_id=PRIVATE, menu_button={"type": "default"})
    assert bot.call("getChatMenuButton", chat_id=PRIVATE) == {"type": "default"}
    assert bot.call("getChatMenuButton") == {"type": "commands"}


def test_chats_and_their_members(bot: BotClient) -> None:
    group = bot.call("getChat", chat_id=GROUP)
    assert (group["type"], group["title"]) == ("supergroup", "Phòng tin · Newsroom")
    assert bot.call("getChat", chat_id=PRIVATE)["first_name"] == "Minh"
    member = bot.call("getChatMember", chat_id=GROUP, user_id=MAI)
    assert (member["status"], member["user"]["first_name"]) == ("member", "Mai")
    assert bot.refusal("getChatMember", chat_id=PRIVATE, user_id=MAI) == (
        400,
        "Bad Request: user not found",
    )
    assert bot.refusal("getChat", chat_id=1) == (400, "Bad Request: chat not found")


def test_a_person_sees_the_rooms(server: DemoServer) -> None:
    seen = PersonClient(server.url).call("getRooms")
    assert seen["bot"]["id"] == BOT
    rooms = [(room["chat"]["id"], [who["id"] for who in room["people"]]) for room in seen["rooms"]]
    assert rooms == [(PRIVATE, [PRIVATE]), (GROUP, [PRIVATE, MAI]), (FORUM, [PRIVATE, MAI])]
