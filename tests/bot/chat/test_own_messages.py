from __future__ import annotations

import pytest
from telegram import CallbackQuery, InaccessibleMessage, Message
from telegram.error import BadRequest

from bot.chat.own_messages import acknowledge, edit, reply, topic_of
from tests.helpers.fake_telegram import GROUP, Chatting, Json, button, message

TOPIC: Json = {"chat": GROUP, "message_thread_id": 5, "is_topic_message": True}


def press(chat: Chatting) -> CallbackQuery:
    return CallbackQuery.de_json(button("near"), chat.application.bot)


async def test_a_press_is_answered_without_words_with_some_or_with_some_to_be_confirmed(
    chat: Chatting,
) -> None:
    await acknowledge(press(chat))
    await acknowledge(press(chat), "Đã ghi.")
    await acknowledge(press(chat), "Đã gỡ.", alert=True)
    silent, passing, lasting = (call.parameters for call in chat.telegram.calls[1:])
    assert silent.keys() == {"callback_query_id"}
    assert passing.keys() == {"callback_query_id", "text"}
    assert (lasting["text"], lasting["show_alert"]) == ("Đã gỡ.", True)


async def test_a_press_too_old_to_be_answered_is_no_error(chat: Chatting) -> None:
    too_old = "query is too old and response timeout expired or query ID is invalid"
    chat.telegram.failures["answerCallbackQuery"] = BadRequest(too_old)
    await acknowledge(press(chat))
    assert [call.method for call in chat.telegram.calls] == ["getMe", "answerCallbackQuery"]


async def test_a_message_is_edited(chat: Chatting) -> None:
    assert await edit(chat.application.bot, 7, 5, "<b>mới</b>", None)
    (edited,) = chat.telegram.edited()
    assert (edited["chat_id"], edited["message_id"], edited["text"]) == (7, 5, "<b>mới</b>")
    assert edited["parse_mode"] == "HTML"


@pytest.mark.parametrize(
    ("said", "there"),
    [
        (
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message",
            True,
        ),
        ("message to edit not found", False),
        ("message can't be edited", False),
        ("MESSAGE_ID_INVALID", False),
    ],
)
async def test_what_cannot_be_edited_is_no_error(chat: Chatting, said: str, there: bool) -> None:
    chat.telegram.failures["editMessageText"] = BadRequest(said)
    assert await edit(chat.application.bot, 7, 5, "mới", None) is there


async def test_any_other_refusal_to_edit_is_an_error(chat: Chatting) -> None:
    chat.telegram.failures["editMessageText"] = BadRequest("can't parse entities")
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await edit(chat.application.bot, 7, 5, "mới", None)


async def test_a_reply_stays_in_the_topic(chat: Chatting) -> None:
    await reply(Message.de_json(message("…", **TOPIC), chat.application.bot), "xin", None)
    (sent,) = chat.telegram.sent()
    assert (sent["chat_id"], sent["message_thread_id"], sent["text"]) == (-100, 5, "xin")


async def test_a_reply_to_what_telegram_shows_no_more_is_sent(chat: Chatting) -> None:
    gone = {"chat": GROUP, "message_id": 5, "date": 0}
    await reply(InaccessibleMessage.de_json(gone, chat.application.bot), "xin", None)
    (sent,) = chat.telegram.sent()
    assert "message_thread_id" not in sent
    assert sent["reply_parameters"]["message_id"] == 5
    assert sent["reply_parameters"]["allow_sending_without_reply"] is True


def test_only_a_message_in_a_topic_has_one() -> None:
    assert topic_of(Message.de_json(message("…", **TOPIC), None)) == 5
    thread_of_replies = message("…", chat=GROUP, message_thread_id=5)
    assert topic_of(Message.de_json(thread_of_replies, None)) is None
