from __future__ import annotations

import pytest
from telegram.error import BadRequest

from bot.store import Store, StoreError
from bot.texts import ENGLISH, VIETNAMESE
from tests.helpers.fake_telegram import GROUP, LAN, TOM, Chatting, button


def buttons(automatic: str) -> dict[str, object]:
    row = [
        {"text": "Tiếng Việt", "callback_data": "language:vi"},
        {"text": "English", "callback_data": "language:en"},
        {"text": automatic, "callback_data": "language:auto"},
    ]
    return {"inline_keyboard": [row]}


async def test_the_choice_is_offered_as_buttons(chat: Chatting) -> None:
    (vietnamese,) = await chat.say("/language")
    assert vietnamese["text"] == VIETNAMESE.choose_language
    assert vietnamese["reply_markup"] == buttons("Tự động")
    (english,) = await chat.say("/language", **{"from": TOM})
    assert english["text"] == ENGLISH.choose_language
    assert english["reply_markup"] == buttons("Automatic")


@pytest.mark.parametrize(
    ("choice", "said", "kept"),
    [
        ("en", "All right, I will use English.", "en"),
        ("vi", "Vâng, tôi sẽ dùng tiếng Việt.", "vi"),
        ("auto", "Vâng, tôi sẽ theo ngôn ngữ bạn dùng trong Telegram.", None),
    ],
)
async def test_a_button_keeps_the_choice_and_says_so_in_its_place(
    chat: Chatting, store: Store, choice: str, said: str, kept: str | None
) -> None:
    store.choose_language(LAN["id"], "en")
    pressed = button(f"language:{choice}")
    await chat.receive(callback_query=pressed)
    toast, edit = chat.telegram.calls[-2:]
    assert (toast.method, toast.parameters["text"]) == ("answerCallbackQuery", said)
    assert edit.method == "editMessageText"
    assert edit.parameters["text"] == said
    assert edit.parameters["message_id"] == pressed["message"]["message_id"]
    assert "reply_markup" not in edit.parameters
    assert store.language_of(LAN["id"]) == kept


async def test_the_choice_is_kept_for_the_person_pressing_the_button(
    chat: Chatting, store: Store
) -> None:
    await chat.receive(callback_query=button("language:vi", TOM, chat=GROUP))
    assert store.language_of(TOM["id"]) == "vi"
    assert store.language_of(LAN["id"]) is None
    (reply,) = await chat.say("/help", chat=GROUP, **{"from": TOM})
    assert reply["text"] == VIETNAMESE.usage


async def test_a_button_pressed_twice_is_no_error(chat: Chatting, store: Store) -> None:
    chat.telegram.failures["editMessageText"] = BadRequest("Message is not modified")
    assert await chat.receive(callback_query=button("language:en")) == []
    assert store.language_of(LAN["id"]) == "en"
    assert [call.method for call in chat.telegram.calls].count("answerCallbackQuery") == 1


async def test_a_press_too_old_to_be_answered_counts_all_the_same(
    chat: Chatting, store: Store
) -> None:
    chat.telegram.failures["answerCallbackQuery"] = BadRequest("query is too old")
    await chat.receive(callback_query=button("language:en"))
    assert store.language_of(LAN["id"]) == "en"
    assert chat.telegram.edited()[0]["text"] == ENGLISH.language_chosen


async def test_a_button_whose_choice_cannot_be_kept_is_answered(
    chat: Chatting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(Store, "choose_language", fail)
    await chat.receive(callback_query=button("language:en"))
    (toast,) = chat.telegram.calls[1:]
    assert (toast.method, toast.parameters["text"]) == ("answerCallbackQuery", VIETNAMESE.failed)
