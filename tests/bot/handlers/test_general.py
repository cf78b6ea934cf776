from __future__ import annotations

import pytest

from bot.texts import ENGLISH, VIETNAMESE, Texts
from retrieval.answers import Answer, Courtesy, Outcome
from tests.helpers.fake_telegram import DATE, GROUP, ME, TOM, Chatting, button, message
from tests.helpers.samples import EXAMPLES, FakeRetriever

PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


@pytest.mark.parametrize(
    ("text", "vietnamese", "english"),
    [
        ("/start", VIETNAMESE.start, ENGLISH.start),
        ("/start src_1", VIETNAMESE.start, ENGLISH.start),
        ("/help", VIETNAMESE.usage, ENGLISH.usage),
        ("/HELP@trichdanbot", VIETNAMESE.usage, ENGLISH.usage),
        ("/unknown", VIETNAMESE.usage, ENGLISH.usage),
    ],
)
async def test_commands_are_answered_in_the_client_s_language(
    chat: Chatting, text: str, vietnamese: str, english: str
) -> None:
    assert [reply["text"] for reply in await chat.say(text)] == [vietnamese]
    assert [reply["text"] for reply in await chat.say(text, **{"from": TOM})] == [english]


async def test_the_help_names_every_command(chat: Chatting) -> None:
    (reply,) = await chat.say("/help")
    assert reply["text"].endswith(
        "/ask – hỏi một câu\n"
        "/sources – xem nguồn của câu trả lời\n"
        "/watch – nhận tin khi có tài liệu mới trả lời\n"
        "/language – chọn ngôn ngữ\n"
        "/forgetme – xóa câu hỏi và câu trả lời của bạn\n"
        "/help – xem cách dùng\n"
        "/start – xem lời giới thiệu"
    )


async def test_in_a_group_commands_of_other_bots_are_passed_over(chat: Chatting) -> None:
    assert await chat.say("/help@another", chat=GROUP) == []
    assert await chat.say("/unknown", chat=GROUP) == []
    assert len(await chat.say("/help@TrichDanBot", chat=GROUP)) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"photo": PHOTO},
        {"location": {"latitude": 21.0, "longitude": 105.8}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ],
)
async def test_without_words_it_says_in_private_that_it_reads_text(
    chat: Chatting, retriever: FakeRetriever, content: dict[str, object]
) -> None:
    assert [reply["text"] for reply in await chat.say(None, **content)] == [VIETNAMESE.only_text]
    assert await chat.say(None, chat=GROUP, **content) == []
    assert retriever.questions == []


@pytest.mark.parametrize(
    ("said", "texts", "answered"),
    [
        ("xin chào", VIETNAMESE, VIETNAMESE.hello),
        ("hello!", ENGLISH, ENGLISH.hello),
        ("cảm ơn nhé", VIETNAMESE, VIETNAMESE.welcome),
        ("Thanks!", ENGLISH, ENGLISH.welcome),
        ("ok", VIETNAMESE, VIETNAMESE.welcome),  # no language of its own: that of Lan's client
        ("👍", VIETNAMESE, VIETNAMESE.welcome),
        ("tạm biệt", VIETNAMESE, VIETNAMESE.goodbye),
        ("Bye", ENGLISH, ENGLISH.goodbye),
        ("?!… 🤔", VIETNAMESE, VIETNAMESE.listening),
        ("/ask <>&", VIETNAMESE, VIETNAMESE.listening),
    ],
)
async def test_a_courtesy_is_returned_in_its_language_with_examples_and_not_searched(
    chat: Chatting, retriever: FakeRetriever, said: str, texts: Texts, answered: str
) -> None:
    (reply,) = await chat.say(said)
    one, other = EXAMPLES[texts.language]
    assert reply["text"] == f"{answered}\n\n{texts.examples}\n• {one}\n• {other}"
    assert retriever.questions == []


async def test_a_courtesy_that_only_the_search_understands_is_returned_too(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = Answer("xin chaof", "vi", None, Outcome.NONE, (), courtesy=Courtesy.GREETING)
    (reply,) = await chat.say("xin chaof")
    assert reply["text"].startswith(VIETNAMESE.hello)


async def test_in_a_group_thanks_are_answered_if_they_are_for_the_bot(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    assert await chat.say("Cảm ơn!", chat=GROUP) == []
    ours = message("…", chat=GROUP, **{"from": ME})
    for fields in ({"reply_to_message": ours}, {}):
        said = "Cảm ơn!" if fields else "Cảm ơn @TrichDanBot!"
        (reply,) = await chat.say(said, chat=GROUP, **fields)
        assert reply["text"].startswith(VIETNAMESE.welcome)
    assert retriever.questions == []


async def test_thanks_with_a_question_count_as_a_question(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    await chat.say("Cảm ơn, ai chủ trì hội nghị?")
    assert retriever.questions == ["Cảm ơn, ai chủ trì hội nghị?"]


async def test_a_question_edited_into_thanks_is_left_alone(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    edited = message("Cảm ơn!", edit_date=DATE + 60)
    assert await chat.receive(edited_message=edited) == []
    assert retriever.questions == []


async def test_the_pictures_of_an_album_are_passed_over(chat: Chatting) -> None:
    assert await chat.say(photo=PHOTO, media_group_id="1") == []


async def test_service_messages_are_passed_over(chat: Chatting) -> None:
    assert await chat.say(new_chat_title="Tổ công tác") == []


@pytest.mark.parametrize("data", ["page:2", "language:fr", "language:vi2"])
async def test_a_button_of_another_version_is_answered(chat: Chatting, data: str) -> None:
    await chat.receive(callback_query=button(data))
    (toast,) = chat.telegram.calls[1:]
    assert toast.method == "answerCallbackQuery"
    assert toast.parameters["text"] == VIETNAMESE.old_button
