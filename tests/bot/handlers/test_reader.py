from __future__ import annotations

from dataclasses import replace

import pytest

from bot.replies.deep_links import payload_of
from bot.replies.reader import DocumentPage, document_keyboard, document_reply
from bot.texts import ENGLISH, VIETNAMESE
from retrieval.documents import Document, Span
from retrieval.passages import passages_of
from tests.helpers.fake_telegram import GROUP, LAN, TOM, Chatting, Json, button
from tests.helpers.samples import VISIT, FakeRetriever, answer, hit

# Three paragraphs that make a passage each; the second one is cited.
STORY = Document(
    name="story.txt",
    text="\n\n".join(f"Chuyện {n} bắt đầu. Rồi {'nữa ' * 99}hết." for n in "123"),
    url="https://example.org/story",
    language="vi",
)
PASSAGES = tuple(passages_of(STORY))
CITED = hit(STORY, "Chuyện 2 bắt đầu.")
WORDS = f"{CITED.highlight.start}:{CITED.highlight.end}"
DIGITS = STORY.hash[:16]
SECOND = DocumentPage(PASSAGES, 2, CITED.highlight)
THIRD = DocumentPage(PASSAGES, 3, CITED.highlight)
READ = f"read:{DIGITS}:{WORDS}"
TURN = f"turn:{DIGITS}:{PASSAGES[2].span.start}:{WORDS}"
LINK = f"/start {payload_of(STORY.digits, CITED.highlight)}"


@pytest.fixture(autouse=True)
def _one_story(retriever: FakeRetriever) -> None:
    retriever.documents = (VISIT, STORY)
    retriever.answer = answer(replace(CITED, passage=PASSAGES[1]))


async def ask(chat: Chatting, /, **fields: object) -> Json:
    """Ask something and return the bot's answer as it stands in the chat."""
    await chat.say("/ask Chuyện nào?", **fields)
    sent: Json = chat.telegram.messages[-1]
    return sent


def notices(chat: Chatting) -> list[Json]:
    calls = (call for call in chat.telegram.calls if call.method == "answerCallbackQuery")
    return [call.parameters for call in calls]


async def test_the_answer_s_button_opens_the_passage_in_a_reply(chat: Chatting) -> None:
    given = await ask(chat, chat=GROUP)
    (row, *_) = chat.telegram.sent()[-1]["reply_markup"]["inline_keyboard"]
    assert row == [{"text": VIETNAMESE.read_button, "callback_data": READ}]
    press = button(READ, TOM, message_id=given["message_id"], chat=GROUP)
    (sent,) = await chat.receive(callback_query=press)
    assert sent["text"] == document_reply(SECOND, VIETNAMESE)
    assert "<b>Chuyện 2 bắt đầu.</b> Rồi nữa" in sent["text"]
    assert sent["reply_markup"] == document_keyboard(SECOND, VIETNAMESE).to_dict()
    assert sent["reply_parameters"]["message_id"] == given["message_id"]
    assert notices(chat) == [{"callback_query_id": press["id"]}]


async def test_it_turns_to_the_next_passage_and_back_to_the_cited_one(chat: Chatting) -> None:
    given = await ask(chat)
    opened = {"message_id": 5, "reply_to_message": given}
    turns = document_keyboard(THIRD, VIETNAMESE).inline_keyboard[0]
    for data, page in ((TURN, THIRD), (str(turns[0].callback_data), SECOND)):
        assert await chat.receive(callback_query=button(data, TOM, **opened)) == []
        edit = chat.telegram.edited()[-1]
        assert (edit["chat_id"], edit["message_id"]) == (7, 5)
        assert edit["text"] == document_reply(page, VIETNAMESE)
        assert edit["reply_markup"] == document_keyboard(page, VIETNAMESE).to_dict()
    assert "<b>" not in document_reply(THIRD, VIETNAMESE)
    assert "<b>Chuyện 2 bắt đầu.</b>" in document_reply(SECOND, VIETNAMESE)


async def test_what_is_no_answer_speaks_the_presser_s_language(chat: Chatting) -> None:
    await chat.receive(callback_query=button(TURN, TOM))
    assert chat.telegram.edited()[0]["text"] == document_reply(THIRD, ENGLISH)


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        ((VISIT,), VIETNAMESE.gone),
        ((replace(STORY, text=STORY.text + " Hết."),), VIETNAMESE.changed),
    ],
)
async def test_where_the_document_is_another_by_now_it_says_so(
    chat: Chatting, retriever: FakeRetriever, documents: tuple[Document, ...], said: str
) -> None:
    given = await ask(chat)
    retriever.documents = documents
    pressed = button(READ, TOM, message_id=given["message_id"])
    turned = button(TURN, TOM, reply_to_message=given)
    for press in (pressed, turned):
        assert await chat.receive(callback_query=press) == []
        assert notices(chat)[-1]["text"] == said
        assert notices(chat)[-1]["show_alert"] is True
    assert chat.telegram.edited() == []


async def test_where_no_answer_tells_its_name_it_says_what_may_be(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.documents = (VISIT,)
    await chat.receive(callback_query=button(TURN, TOM))
    assert notices(chat)[-1]["text"] == ENGLISH.changed_or_gone
    (sent,) = await chat.say(LINK, **{"from": LAN})
    assert sent["text"] == VIETNAMESE.changed_or_gone


async def test_a_message_of_inline_mode_has_no_place_for_the_document(chat: Chatting) -> None:
    for data in (READ, TURN):
        press = button(data, TOM) | {"inline_message_id": "x"}
        del press["message"]
        assert await chat.receive(callback_query=press) == []
    assert len(notices(chat)) == 2
    assert chat.telegram.edited() == []


async def test_a_followed_link_opens_the_citation(chat: Chatting) -> None:
    (sent,) = await chat.say(LINK, **{"from": TOM})
    assert sent["text"] == document_reply(SECOND, ENGLISH)
    assert sent["reply_markup"] == document_keyboard(SECOND, ENGLISH).to_dict()


async def test_a_link_to_a_whole_passage_marks_none_of_it(chat: Chatting) -> None:
    (sent,) = await chat.say(f"/start {payload_of(STORY.digits, PASSAGES[1].span)}")
    whole = DocumentPage(PASSAGES, 2, PASSAGES[1].span)
    assert sent["text"] == document_reply(whole, VIETNAMESE)
    assert "<b>" not in sent["text"]


@pytest.mark.parametrize(
    "span", [Span(0, len(STORY.text) + 1), Span(9, 9), Span(9, 3), Span(999_999_998, 999_999_999)]
)
async def test_a_link_to_words_that_are_not_there_opens_nothing(chat: Chatting, span: Span) -> None:
    (sent,) = await chat.say(f"/start {payload_of(STORY.digits, span)}")
    assert sent["text"] == VIETNAMESE.changed_or_gone


@pytest.mark.parametrize("command", ["/start", "/start src_1", "/start hello"])
async def test_any_other_start_is_a_greeting(chat: Chatting, command: str) -> None:
    (sent,) = await chat.say(command)
    assert sent["text"] == VIETNAMESE.start


async def test_in_a_group_no_link_is_followed(chat: Chatting) -> None:
    (sent,) = await chat.say(LINK.replace("/start", "/start@TrichDanBot"), chat=GROUP)
    assert sent["text"] == VIETNAMESE.start
