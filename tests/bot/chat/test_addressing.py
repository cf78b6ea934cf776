from __future__ import annotations

import pytest
from telegram import Message, User

from bot.chat.addressing import question_in
from tests.helpers.fake_telegram import GROUP, ME, TOM, Chatting, Json, entities, message
from tests.helpers.samples import FakeRetriever

US = User(**ME)
QUESTION = "Ai chủ trì?"


def asked(text: str | None = None, **fields: object) -> str | None:
    """Return what such a message in a group asks."""
    return question_in(Message.de_json(message(text, **({"chat": GROUP} | fields)), None), US)


def replied(text: str | None, sender: Json, **fields: object) -> Json:
    return message(text, **({"chat": GROUP, "from": sender} | fields))


def test_in_private_every_text_is_a_question() -> None:
    private = Message.de_json(message(QUESTION), None)
    assert question_in(private, US) == QUESTION


def test_half_an_emoji_is_no_text() -> None:
    private = Message.de_json(message("ai \ud83d dự?"), None)
    assert question_in(private, US) == "ai \ufffd dự?"


@pytest.mark.parametrize(("offset", "length"), [(1, 1), (0, 2**31 - 1), (4096, 1), (0, 0)])
def test_an_entity_may_tear_an_emoji_or_lie_outside(offset: int, length: int) -> None:
    marks = [{"type": "bold", "offset": offset, "length": length}]
    torn = Message.de_json(message("👍 ai dự?", entities=marks), None)
    assert question_in(torn, US) == "👍 ai dự?"


def test_half_an_emoji_beside_a_mention_is_none_of_its_matter() -> None:
    assert asked("ai \ud83d @TrichDanBot dự?") == "ai \ufffd dự?"


@pytest.mark.parametrize(
    ("caption", "question"), [("/help", ""), ("/ask Ai?", "Ai?"), ("/sum Ai chủ trì?", QUESTION)]
)
def test_in_private_a_caption_asks_whatever_command_it_begins_with(
    caption: str, question: str
) -> None:
    marked: Json = {"caption": caption, "caption_entities": entities(caption)}
    assert question_in(Message.de_json(message(**marked), None), US) == question
    assert asked(**marked) == (question if caption.startswith("/ask") else None)


def test_in_private_a_mention_is_taken_out_too() -> None:
    private = Message.de_json(message(f"@TrichDanBot {QUESTION}"), None)
    assert question_in(private, US) == QUESTION


def test_in_a_group_a_message_to_nobody_is_none_of_its_business() -> None:
    assert asked(QUESTION) is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("@TrichDanBot Ai chủ trì?", "Ai chủ trì?"),
        ("@trichdanbot: Ai chủ trì?", "Ai chủ trì?"),
        ("@TRICHDANBOT, Ai chủ trì?", "Ai chủ trì?"),
        ("Ai chủ trì, @TrichDanBot?", "Ai chủ trì, ?"),
        ("🇻🇳 Ai @TrichDanBot chủ trì?", "🇻🇳 Ai chủ trì?"),
        ("@An hỏi @TrichDanBot Ai chủ trì?", "@An hỏi Ai chủ trì?"),
        ("@TrichDanBot @TrichDanBot Ai chủ trì?", "Ai chủ trì?"),
        ("@TrichDanBot", ""),
    ],
)
def test_a_mention_asks_and_is_taken_out(text: str, question: str) -> None:
    assert asked(text) == question


@pytest.mark.parametrize("text", ["@TrichDanBot2 Ai?", "a@TrichDanBot.vn", "TrichDanBot, ai?"])
def test_what_only_looks_like_a_mention_does_not_ask(text: str) -> None:
    assert asked(text) is None


def test_a_mention_by_name_instead_of_username_asks() -> None:
    by_name = {"type": "text_mention", "offset": 0, "length": 9, "user": ME}
    assert asked("Trích dẫn ai chủ trì?", entities=[by_name]) == "ai chủ trì?"
    of_another = by_name | {"user": TOM}
    assert asked("Trích dẫn ai chủ trì?", entities=[of_another]) is None


def test_a_mention_in_a_caption_asks() -> None:
    caption = f"@TrichDanBot {QUESTION}"
    assert asked(caption=caption, caption_entities=entities(caption)) == QUESTION
    assert asked(caption=QUESTION) is None


def test_a_reply_to_the_bot_asks() -> None:
    assert asked(QUESTION, reply_to_message=replied("…", ME)) == QUESTION
    assert asked(QUESTION, reply_to_message=replied("…", TOM)) is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("/ask Ai chủ trì?", "Ai chủ trì?"),
        ("/ask@TrichDanBot Ai chủ trì?", "Ai chủ trì?"),
        ("/ASK@trichdanbot Ai chủ trì?", "Ai chủ trì?"),
        ("/ask", ""),
        ("/ask@another Ai chủ trì?", None),
        ("/asking Ai chủ trì?", None),
        ("/weather @TrichDanBot", None),
        ("Ai dùng /ask thế?", None),
    ],
)
def test_the_command_asks_if_it_is_this_bot_s(text: str, question: str | None) -> None:
    assert asked(text) == question


def test_another_s_command_in_reply_to_the_bot_is_still_another_s() -> None:
    assert asked("/ask@another Ai?", reply_to_message=replied("…", ME)) is None


@pytest.mark.parametrize("text", ["/ask", "@TrichDanBot"])
def test_asking_nothing_in_reply_to_somebody_asks_what_that_one_says(text: str) -> None:
    assert asked(text, reply_to_message=replied(QUESTION, TOM)) == QUESTION
    assert asked(text, reply_to_message=replied(f"@TrichDanBot {QUESTION}", TOM)) == QUESTION
    captioned = replied(None, TOM, caption=QUESTION)
    assert asked(text, reply_to_message=captioned) == QUESTION


def test_asking_nothing_in_reply_to_the_bot_or_to_no_text_asks_nothing() -> None:
    assert asked("/ask", reply_to_message=replied("câu trả lời", ME)) == ""
    assert asked("/ask", reply_to_message=replied(None, TOM)) == ""


def test_a_question_of_its_own_comes_before_the_one_replied_to() -> None:
    assert asked("/ask Ở đâu?", reply_to_message=replied(QUESTION, TOM)) == "Ở đâu?"


def test_what_was_sent_by_its_inline_mode_asks_nothing() -> None:
    sent = message("<b>[1]</b> Brunei là nước chủ nhà.", via_bot=ME)
    assert question_in(Message.de_json(sent, None), US) is None
    assert asked("@TrichDanBot Ai?", via_bot=ME) is None
    assert asked("@TrichDanBot Ai?", via_bot=ME | {"id": 99}) == "Ai?"


async def test_the_bot_is_silent_in_a_group_unless_asked(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    assert await chat.say(QUESTION, chat=GROUP) == []
    assert await chat.say("/ask@another Ai?", chat=GROUP) == []
    assert await chat.say("/weather", chat=GROUP) == []
    assert retriever.questions == []
    assert [call.method for call in chat.telegram.calls] == ["getMe"]
    assert len(await chat.say(f"@trichdanbot {QUESTION}", chat=GROUP)) == 1
    assert len(await chat.say(f"/ask@TrichDanBot {QUESTION}", chat=GROUP)) == 1
    reply = message("…", chat=GROUP, **{"from": ME})
    assert len(await chat.say(QUESTION, chat=GROUP, reply_to_message=reply)) == 1
    assert retriever.questions == [QUESTION] * 3


async def test_what_is_no_new_message_is_passed_over(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    channel = {"id": -200, "type": "channel", "title": "Kênh"}
    assert await chat.receive(edited_message=message("/start")) == []
    assert await chat.receive(edited_message=message(QUESTION, chat=GROUP)) == []
    assert await chat.receive(channel_post=message(QUESTION, chat=channel)) == []
    assert retriever.questions == []


async def test_messages_of_bots_are_ignored(chat: Chatting, retriever: FakeRetriever) -> None:
    other = {"id": 99, "is_bot": True, "first_name": "Other", "username": "OtherBot"}
    assert await chat.say(f"@TrichDanBot {QUESTION}", chat=GROUP, **{"from": other}) == []
    assert retriever.questions == []


async def test_an_anonymous_administrator_is_answered(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    fields = {"chat": GROUP, "from": anonymous, "sender_chat": GROUP}
    assert len(await chat.say(f"/ask {QUESTION}", **fields)) == 1
    assert retriever.questions == [QUESTION]
