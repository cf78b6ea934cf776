from __future__ import annotations

from dataclasses import replace

import pytest

from bot.store import Store, StoreError
from tests.bot.store.test_store import GIVEN
from tests.helpers.fake_telegram import GROUP, LAN, TOM, Chatting, button

IN_GROUP = replace(GIVEN, chat_id=GROUP["id"], message_id=5)


async def press(chat: Chatting, data: str, who: dict[str, object] = LAN) -> str:
    """Press a button under the answer in the group and return what it answers."""
    await chat.receive(callback_query=button(data, who, chat=GROUP, message_id=5))
    toast = chat.telegram.calls[-1]
    assert toast.method == "answerCallbackQuery"
    said: str = toast.parameters["text"]
    return said


async def test_a_rating_is_kept_and_thanked_for(chat: Chatting, store: Store) -> None:
    store.save_answer(IN_GROUP)
    assert await press(chat, "rate:down") == "👎 Cảm ơn bạn, tôi đã ghi lại."
    assert await press(chat, "rate:down", TOM) == "👎 Thank you, I have noted it."
    (poor,) = store.poorly_answered()
    assert (poor.question, poor.unhelpful) == (GIVEN.question, 2)


async def test_the_other_button_replaces_what_was_said(chat: Chatting, store: Store) -> None:
    store.save_answer(IN_GROUP)
    await press(chat, "rate:down")
    await press(chat, "rate:down", TOM)
    assert await press(chat, "rate:up") == "👍 Cảm ơn bạn!"
    (poor,) = store.poorly_answered()
    assert poor.unhelpful == 1


async def test_under_a_message_of_no_chat_it_is_an_old_button(chat: Chatting) -> None:
    pressed = button("rate:up")
    del pressed["message"]
    await chat.receive(callback_query=pressed | {"inline_message_id": "1"})
    assert chat.telegram.calls[-1].parameters["text"] == ("Nút này đã cũ, không còn dùng được.")


async def test_a_rating_that_cannot_be_kept_is_answered(
    chat: Chatting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(Store, "rate", fail)
    assert await press(chat, "rate:up") == (
        "Có lỗi xảy ra, tôi chưa làm được. Bạn thử lại sau ít phút nhé."
    )
