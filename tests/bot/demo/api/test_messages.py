"""Messages between a person and a bot, over the demo's server."""

from __future__ import annotations

import pytest

from bot.demo.server import DemoServer
from tests.helpers.demo_client import (
    BOT,
    GROUP,
    MAI,
    MINH,
    PRIVATE,
    BotClient,
    PersonClient,
    plain_entities,
)


@pytest.fixture
def mai(server: DemoServer) -> PersonClient:
    return PersonClient(server.url, MAI, "en")


def keyboard(*data: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": f"[{d}]", "callback_data": d} for d in data]]}


def test_the_bot_hears_what_is_said_in_private(minh: PersonClient, bot: BotClient) -> None:
    said = minh.say("  /ask Ai? 😀 ")
    update = bot.update()
    assert update == {"update_id": 1, "message": said}
    assert said["text"] == "/ask Ai? 😀"
    assert said["message_id"] == 1
    assert said["chat"] == {
        "id": PRIVATE,
        "type": "private",
        "first_name": "Minh",
        "username": "minh",
    }
    assert said["from"] == {
        "id": MINH,
        "is_bot": False,
        "first_name": "Minh",
        "username": "minh",
        "language_code": "vi",
    }
    assert said["entities"] == [{"type": "bot_command", "offset": 0, "length": 4}]


def test_the_bot_answers_with_formatting(minh: PersonClient, bot: BotClient) -> None:
    question = minh.say("Ai?")
    sent = bot.send(
        " <b>[1]</b> a.vn\n<blockquote expandable>x &lt; y</blockquote>\n",
        reply_parameters={"message_id": question["message_id"]},
        link_preview_options={"is_disabled": True},
        protect_content=True,
    )
    assert sent == minh.next_from_bot()
    assert sent["text"] == "[1] a.vn\nx < y"
    assert plain_entities(sent) == [
        ("bold", "[1]"),
        ("url", "a.vn"),
        ("expandable_blockquote", "x < y"),
    ]
    assert sent["reply_to_message"] == question
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert sent["has_protected_content"] is True
    assert sent["from"]["id"] == BOT


def test_a_quoted_message_quotes_no_other(minh: PersonClient, bot: BotClient) -> None:
    first = minh.say("một")
    second = minh.say("hai", reply_to=first["message_id"])
    third = bot.send("ba", reply_parameters={"message_id": second["message_id"]})
    assert second["reply_to_message"] == first
    assert third["reply_to_message"]["text"] == "hai"
    assert "reply_to_message" not in third["reply_to_message"]


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 5, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": PRIVATE}, "message text is empty"),
        ({"chat_id": PRIVATE, "text": " \n"}, "message text is empty"),
        ({"chat_id": PRIVATE, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"chat_id": PRIVATE, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": PRIVATE, "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": PRIVATE, "text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        (
            {"chat_id": PRIVATE, "text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"chat_id": PRIVATE, "text": "x", "reply_parameters": {"message_id": 9}},
            "message to be replied not found",
        ),
        ({"chat_id": GROUP, "text": "x", "message_thread_id": 9}, "message thread not found"),
        (
            {"chat_id": PRIVATE, "text": "x", "reply_markup": keyboard("đ" * 33)},
            "BUTTON_DATA_INVALID",
        ),
        ({"chat_id": PRIVATE, "text": "x", "reply_markup": keyboard("")}, "BUTTON_DATA_INVALID"),
        (
            {
                "chat_id": PRIVATE,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "x"}]]},
            },
            "can't parse inline keyboard button: it needs a text and one action",
        ),
    ],
)
def test_what_cannot_be_sent(
    bot: BotClient, parameters: dict[str, object], description: str
) -> None:
    assert bot.refusal("sendMessage", **parameters) == (400, f"Bad Request: {description}")


def test_the_longest_message_is_sent(bot: BotClient) -> None:
    assert bot.send(f"<b>{'😀' * 2048}</b>")["entities"][0]["length"] == 4096


def test_only_a_hundred_entities_are_kept(bot: BotClient) -> None:
    sent = bot.send("<b>x</b> " * 101)
    assert len(sent["entities"]) == 100
    assert sent["entities"][-1] == {"type": "bold", "offset": 198, "length": 1}


def test_a_reply_may_do_without_its_message(bot: BotClient) -> None:
    parameters = {"message_id": 9, "allow_sending_without_reply": True}
    assert "reply_to_message" not in bot.send("x", reply_parameters=parameters)


def test_an_edit_changes_text_and_buttons(minh: PersonClient, bot: BotClient) -> None:
    sent = bot.send("một", reply_markup=keyboard("a", "b"))
    place = {"chat_id": PRIVATE, "message_id": sent["message_id"]}
    assert minh.next_from_bot()["reply_markup"] == keyboard("a", "b")
    edited = bot.call("editMessageText", **place, text="<i>hai</i>", parse_mode="HTML")
    assert minh.next_from_bot() == edited
    assert (edited["text"], plain_entities(edited)) == ("hai", [("italic", "hai")])
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    again = bot.call("editMessageReplyMarkup", **place, reply_markup=keyboard("c"))
    assert (again["text"], again["reply_markup"]) == ("hai", keyboard("c"))


def test_what_cannot_be_edited(minh: PersonClient, bot: BotClient) -> None:
    sent, said = bot.send("một"), minh.say("hai")

    def refusal(message_id: int) -> tuple[int, str]:
        return bot.refusal("editMessageText", chat_id=PRIVATE, message_id=message_id, text="một")

    assert refusal(sent["message_id"]) == (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message",
    )
    assert refusal(said["message_id"]) == (400, "Bad Request: message can't be edited")
    assert refusal(99) == (400, "Bad Request: message to edit not found")


def test_a_deleted_message_is_gone(minh: PersonClient, bot: BotClient) -> None:
    place = {"chat_id": PRIVATE, "message_id": minh.say("x")["message_id"]}
    assert bot.call("deleteMessage", **place) is True
    assert minh.next(lambda event: event["kind"] == "deleted")["data"] == place
    assert bot.refusal("deleteMessage", **place) == (
        400,
        "Bad Request: message to delete not found",
    )


def test_others_messages_stay_in_a_group(mai: PersonClient, bot: BotClient) -> None:
    message_id = mai.say("x", GROUP)["message_id"]
    assert bot.refusal("deleteMessage", chat_id=GROUP, message_id=message_id) == (
        400,
        "Bad Request: message can't be deleted",
    )


def test_in_a_group_the_bot_hears_what_is_meant_for_it(
    minh: PersonClient, mai: PersonClient, bot: BotClient
) -> None:
    sent = bot.send("xin chào", GROUP)
    minh.say("chuyện riêng", GROUP)
    mai.say("/ask@another_bot x", GROUP)
    mai.say("@minh ơi", GROUP)
    heard = [
        minh.say("@TrichDan_bot ai?", GROUP),
        mai.say("/ask ai?", GROUP),
        mai.say("/ask@trichdan_bot ai?", GROUP),
        mai.say("cảm ơn", GROUP, reply_to=sent["message_id"]),
    ]
    assert [bot.update()["message"] for _ in heard] == heard
    assert heard[1]["from"]["language_code"] == "en"
    assert bot.call("getUpdates", offset=5) == []


def test_a_pressed_button_is_answered(minh: PersonClient, bot: BotClient) -> None:
    sent = bot.send("chọn", reply_markup=keyboard("vi", "en"))
    pressed = minh.press(sent, "en")
    query = bot.update()["callback_query"]
    assert query == pressed
    assert query["data"] == "en"
    assert query["message"] == sent
    assert query["from"]["id"] == MINH
    bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Vâng", show_alert=True)
    assert minh.next(lambda event: event["kind"] == "answer")["data"] == {
        "query_id": query["id"],
        "text": "Vâng",
        "show_alert": True,
    }


def test_an_unknown_query_cannot_be_answered(bot: BotClient) -> None:
    assert bot.refusal("answerCallbackQuery", callback_query_id="7") == (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    assert bot.refusal("answerCallbackQuery", callback_query_id="7", text="x" * 201) == (
        400,
        "Bad Request: MESSAGE_TOO_LONG",
    )


def test_typing_is_shown(minh: PersonClient, bot: BotClient) -> None:
    bot.call("sendChatAction", chat_id=PRIVATE, action="typing")
    shown = minh.next(lambda event: event["kind"] == "action")["data"]
    assert (shown["chat_id"], shown["action"]) == (PRIVATE, "typing")
    assert bot.refusal("sendChatAction", chat_id=PRIVATE, action="dancing") == (
        400,
        "Bad Request: wrong parameter action in request",
    )


def test_people_are_kept_to_their_chats(server: DemoServer) -> None:
    for who in (MAI, BOT):
        with pytest.raises(AssertionError, match="user not found|speaks for itself"):
            PersonClient(server.url, who).say("x", PRIVATE)
    with pytest.raises(AssertionError, match="message to reply to not found"):
        PersonClient(server.url).say("x", reply_to=9)


def test_only_buttons_that_are_there_can_be_pressed(minh: PersonClient, bot: BotClient) -> None:
    sent = bot.send("chọn", reply_markup=keyboard("vi"))
    with pytest.raises(AssertionError, match="BUTTON_DATA_INVALID"):
        minh.press(sent, "fr")
