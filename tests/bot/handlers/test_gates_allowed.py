from __future__ import annotations

from dataclasses import replace

import pytest
from telegram.error import BadRequest

from bot.settings import Settings
from tests.helpers.fake_telegram import DATE, GROUP, LAN, TOM, Chatting, Json, button, message
from tests.helpers.samples import FakeRetriever

QUERY = {"id": "1", "from": LAN, "query": "Ai dự hội nghị?", "offset": ""}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Only Tom, the group and an administrator may ask."""
    return replace(settings, allowed_ids=frozenset({8, -100}), admin_ids=frozenset({9}))


async def test_a_person_not_on_the_list_is_told_so_in_private(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    sent = await chat.say("Ai dự hội nghị?")
    assert [reply["text"] for reply in sent] == [
        "Bot này chỉ phục vụ những người có trong danh sách. ID của bạn là 7."
    ]
    assert retriever.questions == []


async def test_a_person_not_on_the_list_gets_silence_in_other_groups(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    elsewhere = GROUP | {"id": -101}
    assert await chat.say("/ask Ai dự hội nghị?", chat=elsewhere) == []
    assert await chat.say("/help", chat=elsewhere) == []
    assert retriever.questions == []


async def test_a_person_on_the_list_is_served_everywhere(chat: Chatting) -> None:
    private = {"id": 8, "type": "private", "first_name": "Tom"}
    assert len(await chat.say("Who attended?", chat=private, **{"from": TOM})) == 1
    elsewhere = GROUP | {"id": -101}
    assert len(await chat.say("/ask Who attended?", chat=elsewhere, **{"from": TOM})) == 1


async def test_in_a_group_on_the_list_everyone_is_served(chat: Chatting) -> None:
    assert len(await chat.say("/ask Ai dự hội nghị?", chat=GROUP)) == 1


async def test_an_administrator_need_not_stand_on_the_list(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    mai = LAN | {"id": 9}
    private = {"id": 9, "type": "private", "first_name": "Mai"}
    assert len(await chat.say("Ai dự hội nghị?", chat=private, **{"from": mai})) == 1
    assert retriever.questions == ["Ai dự hội nghị?"]


async def test_a_stranger_s_edits_are_passed_over(chat: Chatting, retriever: FakeRetriever) -> None:
    edited = message("Ai dự hội nghị?", edit_date=DATE + 60)
    assert await chat.receive(edited_message=edited) == []
    assert retriever.questions == []


async def test_a_stranger_s_inline_query_finds_nothing(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    await chat.receive(inline_query=QUERY)
    (call,) = chat.telegram.calls[1:]
    assert call.method == "answerInlineQuery"
    assert call.parameters == {"inline_query_id": "1", "results": [], "is_personal": True}
    assert retriever.questions == []


@pytest.mark.parametrize(
    ("method", "update"),
    [
        ("sendMessage", {"message": message("Ai dự hội nghị?")}),
        ("answerInlineQuery", {"inline_query": QUERY}),
        ("answerCallbackQuery", {"callback_query": button("list:1")}),
    ],
)
async def test_a_stranger_who_cannot_be_told_is_not_served_either(
    chat: Chatting, retriever: FakeRetriever, method: str, update: Json
) -> None:
    chat.telegram.failures[method] = BadRequest("query is too old")
    await chat.receive(**update)
    assert [call.method for call in chat.telegram.calls[1:]] == [method]
    assert retriever.questions == []


@pytest.mark.parametrize("data", ["rate:up", "sources:1", "more:2", "near", "list:1"])
async def test_no_button_works_for_a_stranger(chat: Chatting, data: str) -> None:
    await chat.receive(callback_query=button(data))
    assert [call.method for call in chat.telegram.calls[1:]] == ["answerCallbackQuery"]


async def test_a_button_pressed_by_a_stranger_only_stops_spinning(chat: Chatting) -> None:
    await chat.receive(callback_query=button("language:en"))
    (call,) = chat.telegram.calls[1:]
    assert call.method == "answerCallbackQuery"
    assert set(call.parameters) == {"callback_query_id"}
