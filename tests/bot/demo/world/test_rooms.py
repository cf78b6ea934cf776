"""Forums and their topics, chains of replies, edited messages, on the demo's server."""

from __future__ import annotations

import pytest

from bot.demo.server import DemoServer
from tests.helpers.demo_client import ASEAN, CYBER, FORUM, GROUP, MAI, MINH, BotClient, PersonClient


def test_a_forum_has_topics(minh: PersonClient) -> None:
    [_, _, forum] = minh.call("getRooms")["rooms"]
    assert forum["chat"]["is_forum"] is True
    assert forum["topics"] == {str(CYBER): "An ninh mạng · Cyber", str(ASEAN): "ASEAN"}


def test_in_a_topic_every_message_answers_another(minh: PersonClient, bot: BotClient) -> None:
    asked = minh.say("/ask ai?", FORUM, topic=ASEAN)
    assert bot.update()["message"] == asked
    assert (asked["message_thread_id"], asked["is_topic_message"]) == (ASEAN, True)
    opened = asked["reply_to_message"]
    assert opened["forum_topic_created"]["name"] == "ASEAN"
    assert opened["from"]["id"] == MINH
    sent = bot.send("một", FORUM, message_thread_id=CYBER)
    assert sent["reply_to_message"]["message_id"] == CYBER


def test_a_reply_stays_in_its_topic(minh: PersonClient, bot: BotClient) -> None:
    asked = minh.say("/ask ai?", FORUM, topic=ASEAN)
    sent = bot.send("một", FORUM, reply_parameters={"message_id": asked["message_id"]})
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (ASEAN, True)
    assert sent["reply_to_message"]["text"] == "/ask ai?"


def test_the_general_topic_has_no_number(minh: PersonClient) -> None:
    said = minh.say("/ask ai?", FORUM)
    assert said.keys() & {"message_thread_id", "is_topic_message", "reply_to_message"} == set()


def test_typing_shows_in_its_topic(minh: PersonClient, bot: BotClient) -> None:
    bot.call("sendChatAction", chat_id=FORUM, action="typing", message_thread_id=CYBER)
    shown = minh.next(lambda event: event["kind"] == "action")["data"]
    assert (shown["chat_id"], shown["message_thread_id"]) == (FORUM, CYBER)


@pytest.mark.parametrize("method", ["sendMessage", "sendChatAction"])
def test_a_topic_that_is_not_there(bot: BotClient, method: str) -> None:
    said = {"text": "x"} if method == "sendMessage" else {"action": "typing"}
    for chat, topic in ((FORUM, 9), (GROUP, 1)):
        assert bot.refusal(method, chat_id=chat, message_thread_id=topic, **said) == (
            400,
            "Bad Request: message thread not found",
        )


def test_a_chain_of_replies_is_no_topic(minh: PersonClient, bot: BotClient) -> None:
    first = bot.send("một", GROUP)
    second = minh.say("hai", GROUP, reply_to=first["message_id"])
    third = bot.send("ba", GROUP, reply_parameters={"message_id": second["message_id"]})
    assert "message_thread_id" not in first
    assert [said["message_thread_id"] for said in (second, third)] == [first["message_id"]] * 2
    assert "is_topic_message" not in third


def test_the_bot_hears_of_an_edited_question(minh: PersonClient, bot: BotClient) -> None:
    asked = minh.say("/ask ai?", GROUP)
    edited = minh.edit(asked, "/ask ở đâu?")
    assert bot.update()["message"] == asked
    assert bot.update()["edited_message"] == edited
    assert (edited["message_id"], edited["text"]) == (asked["message_id"], "/ask ở đâu?")
    assert edited["edit_date"] >= asked["date"]
    minh.edit(edited, "thôi")
    assert bot.call("getUpdates", offset=3) == []


def test_people_edit_their_own_words_alone(server: DemoServer, minh: PersonClient) -> None:
    asked = minh.say("/ask ai?", GROUP)
    with pytest.raises(AssertionError, match="message can't be edited"):
        PersonClient(server.url, MAI).edit(asked, "khác")
    with pytest.raises(AssertionError, match="message is not modified"):
        minh.edit(asked, "/ask ai?")
