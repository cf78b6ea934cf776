from __future__ import annotations

from dataclasses import replace

import pytest

from bot.settings import Settings
from fake_telegram import DATE, GROUP, LAN, TOM, Chatting, button, message
from samples import FakeRetriever


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Only Tom and the group may ask."""
    return replace(settings, allowed_ids=frozenset({8, -100}))


async def test_who_is_not_on_the_list_is_told_so_in_private(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    sent = await chat.say("Ai dự hội nghị?")
    assert [reply["text"] for reply in sent] == [
        "Bot này chỉ phục vụ những người có trong danh sách. ID của bạn là 7."
    ]
    assert retriever.questions == []


async def test_who_is_not_on_the_list_gets_silence_in_other_groups(
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


async def test_a_stranger_s_edits_are_passed_over(chat: Chatting, retriever: FakeRetriever) -> None:
    edited = message("Ai dự hội nghị?", edit_date=DATE + 60)
    assert await chat.receive(edited_message=edited) == []
    assert retriever.questions == []


async def test_a_stranger_s_inline_query_finds_nothing(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    query = {"id": "1", "from": LAN, "query": "Ai dự hội nghị?", "offset": ""}
    await chat.receive(inline_query=query)
    (call,) = chat.telegram.calls[1:]
    assert call.method == "answerInlineQuery"
    assert call.parameters == {"inline_query_id": "1", "results": [], "is_personal": True}
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
