from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from telegram.error import BadRequest

from bot.chat.profile import publish_profile
from bot.texts import ENGLISH, VIETNAMESE
from tests.helpers.fake_telegram import Chatting

ASK = {"command": "ask", "description": "ask a question"}
HOI = {"command": "ask", "description": "hỏi một câu"}
FORGET = {"command": "forget", "description": "remove a document"}
BO = {"command": "forget", "description": "bỏ một tài liệu"}


def published(chat: Chatting, method: str) -> dict[str | None, dict[str, Any]]:
    """Return what was set by `method`, by language code, None for all other languages."""
    calls = [call.parameters for call in chat.telegram.calls if call.method == method]
    return {parameters.get("language_code"): parameters for parameters in calls}


async def test_commands_and_descriptions_are_published_in_both_languages(chat: Chatting) -> None:
    await publish_profile(chat.application.bot, admin_ids=())
    commands = published(chat, "setMyCommands")
    assert {code: said["commands"][0] for code, said in commands.items()} == {None: ASK, "vi": HOI}
    described = published(chat, "setMyDescription")
    assert described[None] == {"description": ENGLISH.description}
    assert described["vi"] == {"description": VIETNAMESE.description, "language_code": "vi"}
    brief = published(chat, "setMyShortDescription")
    assert brief[None] == {"short_description": ENGLISH.short_description}
    assert brief["vi"]["short_description"] == VIETNAMESE.short_description


async def test_a_description_that_stands_is_not_set_again(chat: Chatting) -> None:
    await publish_profile(chat.application.bot, admin_ids=())
    await publish_profile(chat.application.bot, admin_ids=())
    calls = Counter(call.method for call in chat.telegram.calls)
    assert (calls["setMyDescription"], calls["setMyShortDescription"]) == (2, 2)
    assert (calls["getMyDescription"], calls["getMyShortDescription"]) == (4, 4)


async def test_administrators_see_their_commands_in_their_own_chat(chat: Chatting) -> None:
    await publish_profile(chat.application.bot, admin_ids=(7,))
    scoped = [
        call.parameters for call in chat.telegram.calls if call.parameters.get("scope") is not None
    ]
    assert [parameters["scope"] for parameters in scoped] == 2 * [{"type": "chat", "chat_id": 7}]
    english, vietnamese = (parameters["commands"] for parameters in scoped)
    assert (english[0], english[-1]) == (ASK, FORGET)
    assert (vietnamese[0], vietnamese[-1]) == (HOI, BO)


async def test_what_telegram_does_not_take_is_a_warning(
    chat: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    chat.telegram.failures["setMyCommands"] = BadRequest("Chat not found")
    chat.telegram.failures["getMyDescription"] = BadRequest("Bad description")
    await publish_profile(chat.application.bot, admin_ids=())
    assert (
        caplog.messages
        == [
            "profile not set: Chat not found",
            "profile not set: Bad description",
        ]
        * 2
    )
