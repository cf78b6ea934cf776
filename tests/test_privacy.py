"""Nothing of one chat's questions or answers is shown to anyone who is not in it."""

from __future__ import annotations

import pytest

from bot.replies.deep_links import payload_of
from bot.store import Store
from tests.helpers.fake_telegram import (
    DATE,
    GROUP,
    ME,
    PRIVATE,
    TOM,
    Chatting,
    Json,
    button,
    message,
)
from tests.helpers.samples import SUMMIT, SUMMIT_HIT

QUESTION = "Ai bị kỷ luật?"
QUOTE = SUMMIT_HIT.highlight.of(SUMMIT.text)
WITH_TOM: Json = {"id": 8, "type": "private", "first_name": "Tom"}
FORUM = GROUP | {"is_forum": True}


def in_topic(number: int) -> Json:
    return {"chat": FORUM, "message_thread_id": number, "is_topic_message": True}


@pytest.fixture
async def answered(chat: Chatting) -> Json:
    """Have Lan asked in private; return the bot's message that answers her."""
    await chat.say(QUESTION)
    return chat.telegram.messages[-1]


@pytest.mark.parametrize("data", ["sources:1", "more:1", "near"])
@pytest.mark.parametrize("where", [GROUP, WITH_TOM], ids=["group", "private"])
async def test_buttons_know_only_the_answers_of_their_own_chat(
    chat: Chatting, answered: Json, data: str, where: Json
) -> None:
    pressed = button(data, TOM, chat=where, message_id=answered["message_id"])
    assert await chat.receive(callback_query=pressed) == []
    toast = chat.telegram.calls[-1]
    assert toast.method == "answerCallbackQuery"
    assert toast.parameters["text"] == "This button is out of date and no longer works."
    assert chat.telegram.edited() == []


async def test_a_rating_from_another_chat_is_not_of_this_answer(
    chat: Chatting, store: Store, answered: Json
) -> None:
    forged = button("rate:down", TOM, chat=GROUP, message_id=answered["message_id"])
    await chat.receive(callback_query=forged)
    assert store.poorly_answered() == ()


@pytest.mark.parametrize("where", [GROUP, WITH_TOM], ids=["group", "private"])
async def test_sources_elsewhere_are_the_collection_s(
    chat: Chatting, answered: Json, where: Json
) -> None:
    same_id = message("…", chat=where, message_id=answered["message_id"], **{"from": ME})
    for fields in ({}, {"reply_to_message": same_id}):
        (shown,) = await chat.say("/sources", chat=where, **{"from": TOM}, **fields)
        assert shown["text"].startswith("<b>Documents (2)</b>")
        assert QUOTE not in shown["text"]


async def test_one_s_own_private_answer_is_not_shown_in_a_group(
    chat: Chatting, answered: Json
) -> None:
    (shown,) = await chat.say("/sources", chat=GROUP)
    assert shown["text"].startswith("<b>Kho tài liệu (2)</b>")


async def test_sources_are_those_of_one_s_own_last_answer_in_the_topic(chat: Chatting) -> None:
    await chat.say("/ask Ai dự?", **in_topic(2))
    (own,) = await chat.say("/sources", **in_topic(2))
    assert QUOTE in own["text"]
    (other_topic,) = await chat.say("/sources", **in_topic(3))
    assert QUOTE not in other_topic["text"]
    (other_person,) = await chat.say("/sources", **in_topic(2), **{"from": TOM})
    assert QUOTE not in other_person["text"]


async def test_an_edit_elsewhere_leaves_the_answer_alone(
    chat: Chatting, store: Store, answered: Json
) -> None:
    given = store.answer_of(PRIVATE["id"], answered["message_id"])
    assert given is not None
    edited = message(
        "Who attended?",
        chat=WITH_TOM,
        message_id=given.question_id,
        edit_date=DATE + 60,
        **{"from": TOM},
    )
    (sent,) = await chat.receive(edited_message=edited)
    assert sent["chat_id"] == WITH_TOM["id"]
    assert chat.telegram.edited() == []
    assert store.answer_of(PRIVATE["id"], answered["message_id"]) == given


async def test_a_link_opens_the_document_and_tells_nothing_of_the_question(
    chat: Chatting, answered: Json
) -> None:
    payload = payload_of(SUMMIT.digits, SUMMIT_HIT.highlight)
    (shown,) = await chat.say(f"/start {payload}", chat=WITH_TOM, **{"from": TOM})
    assert f"<b>{QUOTE}</b>" in shown["text"]
    assert QUESTION not in str(shown)


@pytest.mark.parametrize("payload", ["src_0000000000000000_0_9", "src_", "7_1001", "ans_1001"])
async def test_no_other_link_opens_anything(chat: Chatting, answered: Json, payload: str) -> None:
    (shown,) = await chat.say(f"/start {payload}", chat=WITH_TOM, **{"from": TOM})
    assert QUOTE not in shown["text"]
    assert QUESTION not in str(shown)
