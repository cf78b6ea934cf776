from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime

import pytest
from telegram.error import BadRequest, NetworkError

from bot.citations import Citation
from bot.replies.answers import AnswerPage, answer_keyboard
from bot.replies.questions import MAX_QUESTION, answer_reply, nearest_keyboard
from bot.store import GivenAnswer, Store, StoreError
from bot.texts import ENGLISH, VIETNAMESE
from retrieval.answers import Answer
from tests.helpers.fake_telegram import DATE, GROUP, LAN, ME, TOM, Chatting, Json, entities, message
from tests.helpers.samples import SUMMIT_HIT, VISIT_HIT, FakeRetriever, answer


@pytest.fixture
def long_search(
    chat: Chatting, retriever: FakeRetriever, monkeypatch: pytest.MonkeyPatch
) -> threading.Event:
    """Have the search go on until typing is shown, which begins at once, or this event is set."""
    over = threading.Event()

    def ask(question: str, limit: int = 3, previous: str | None = None) -> Answer:
        for _ in range(10_000):
            if over.wait(0.001) or any(c.method == "sendChatAction" for c in chat.telegram.calls):
                break
        return retriever.answer

    monkeypatch.setattr(retriever, "ask", ask)
    monkeypatch.setattr("bot.handlers.questions.TYPING_AFTER", 0.0)
    return over


async def test_a_question_gets_its_cited_excerpts_in_reply(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    question = message("Ai dự  hội nghị\nsáng 29/9?")
    sent = await chat.receive(message=question)
    assert retriever.questions == ["Ai dự hội nghị sáng 29/9?"]
    assert [reply["text"] for reply in sent] == [
        '<b>[1]</b> <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29/9/2021</i>\n"
        "<blockquote>Hội nghị diễn ra theo hình thức trực tuyến. "
        "<b>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</b> "
        "Brunei là nước chủ nhà.</blockquote>\n\n"
        "<b>[2]</b> visit — <i>8/2024</i>\n"
        "<blockquote expandable><b>Minister Quang met Kao Kim Hourn in Vientiane.</b> "
        "They spoke about training.</blockquote>"
    ]
    assert sent[0]["chat_id"] == 7
    assert sent[0]["parse_mode"] == "HTML"
    assert sent[0]["link_preview_options"] == {"is_disabled": True}
    assert sent[0]["reply_parameters"]["message_id"] == question["message_id"]
    assert sent[0]["reply_parameters"]["allow_sending_without_reply"] is True
    assert "message_thread_id" not in sent[0]


@pytest.mark.usefixtures("long_search")
async def test_typing_is_shown_before_an_answer_that_takes_a_while(chat: Chatting) -> None:
    await chat.say("Ai dự hội nghị?")
    methods = [call.method for call in chat.telegram.calls]
    assert methods == ["getMe", "sendChatAction", "sendMessage"]
    assert chat.telegram.calls[1].parameters == {"chat_id": 7, "action": "typing"}


async def test_a_quick_answer_is_not_announced(chat: Chatting) -> None:
    await chat.say("Ai dự hội nghị?")
    assert [call.method for call in chat.telegram.calls] == ["getMe", "sendMessage"]


async def test_the_search_leaves_the_event_loop_free(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    await chat.say("Ai dự hội nghị?")
    assert threading.main_thread() not in retriever.threads
    assert len(retriever.threads) == 1


@pytest.mark.usefixtures("long_search")
async def test_without_typing_the_answer_still_comes(chat: Chatting) -> None:
    chat.telegram.failures["sendChatAction"] = NetworkError("gone")
    assert len(await chat.say("Ai dự hội nghị?")) == 1


@pytest.mark.usefixtures("long_search")
async def test_in_a_topic_everything_stays_in_the_topic(chat: Chatting) -> None:
    topic = {"chat": GROUP | {"is_forum": True}, "message_thread_id": 5, "is_topic_message": True}
    await chat.say("/ask Ai dự hội nghị?", **topic)
    calls = [call for call in chat.telegram.calls if call.method != "getMe"]
    assert [call.parameters["message_thread_id"] for call in calls] == [5, 5]


async def test_a_thread_of_replies_is_no_topic(chat: Chatting) -> None:
    sent = await chat.say("/ask Ai dự hội nghị?", chat=GROUP, message_thread_id=5)
    assert "message_thread_id" not in sent[0]


@pytest.mark.parametrize(
    ("language", "sender", "expected"),
    [
        ("vi", TOM, VIETNAMESE.not_found),  # the question's language comes first
        ("en", LAN, ENGLISH.not_found),
        ("fr", LAN, VIETNAMESE.not_found),  # then the client's
        ("", TOM, ENGLISH.not_found),
        ("", LAN | {"language_code": "fr"}, ENGLISH.not_found),
    ],
)
async def test_the_answer_speaks_the_question_s_language(
    chat: Chatting,
    retriever: FakeRetriever,
    language: str,
    sender: dict[str, object],
    expected: str,
) -> None:
    retriever.answer = answer(language=language, answered=False)
    sent = await chat.say("hội nghị?", **{"from": sender})
    assert [reply["text"] for reply in sent] == [expected]


async def test_a_chosen_language_counts_where_the_question_s_is_not_spoken(
    chat: Chatting, retriever: FakeRetriever, store: Store
) -> None:
    store.choose_language(LAN["id"], "en")
    retriever.answer = answer(language="fr", answered=False)
    sent = await chat.say("où ?")
    assert [reply["text"] for reply in sent] == [ENGLISH.not_found]


async def test_what_is_not_found_is_said_and_the_nearest_document_named(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(VISIT_HIT, SUMMIT_HIT, language="en", answered=False)
    sent = await chat.say("Who won the cup?")
    assert [reply["text"] for reply in sent] == [
        f"{ENGLISH.not_found}\n\nThe nearest document: visit — <i>August 2024</i>"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/ask", VIETNAMESE.how_to_ask),
        ("/ask   ", VIETNAMESE.how_to_ask),
        (
            "a" * (MAX_QUESTION + 1),
            "Câu hỏi dài 1001 ký tự, tôi đọc được tối đa 1000. Bạn rút gọn lại giúp tôi nhé.",
        ),
    ],
)
async def test_a_question_that_cannot_be_answered_is_told_why(
    chat: Chatting, retriever: FakeRetriever, text: str, expected: str
) -> None:
    sent = await chat.say(text)
    assert [reply["text"] for reply in sent] == [expected]
    assert retriever.questions == []


async def test_the_longest_question_is_asked(chat: Chatting, retriever: FakeRetriever) -> None:
    await chat.say("a" * MAX_QUESTION)
    assert retriever.questions == ["a" * MAX_QUESTION]


async def test_html_in_a_question_is_only_text(chat: Chatting, retriever: FakeRetriever) -> None:
    retriever.answer = answer(restored="<b>họp</b> & <script>", answered=False)
    sent = await chat.say("<b>hop</b> & <script>")
    assert retriever.questions == ["<b>hop</b> & <script>"]
    assert [reply["text"] for reply in sent] == [
        "Đã hiểu: <i>&lt;b&gt;họp&lt;/b&gt; &amp; &lt;script&gt;</i>\n\n" + VIETNAMESE.not_found
    ]


async def test_a_caption_is_a_question(chat: Chatting, retriever: FakeRetriever) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    await chat.say(photo=photo, caption="Ai dự hội nghị?")
    assert retriever.questions == ["Ai dự hội nghị?"]


async def test_an_answer_is_remembered_with_all_its_hits(
    chat: Chatting, retriever: FakeRetriever, store: Store
) -> None:
    retriever.answer = answer(SUMMIT_HIT, *[VISIT_HIT] * 9)
    question = message("Ai dự hội nghị?", chat=GROUP | {"is_forum": True}, message_thread_id=5)
    await chat.receive(message=asking(question) | {"is_topic_message": True})
    (sent,) = chat.telegram.messages
    assert store.answer_to(-100, question["message_id"]) == GivenAnswer(
        chat_id=-100,
        message_id=sent["message_id"],
        thread_id=5,
        user_id=7,
        question_id=question["message_id"],
        question="Ai dự hội nghị?",
        language="vi",
        answered=True,
        asked_at=datetime.fromtimestamp(DATE, UTC),
        citations=(Citation.of(SUMMIT_HIT), *[Citation.of(VISIT_HIT)] * 9),
    )


async def test_ten_hits_are_asked_for_and_three_shown(
    chat: Chatting, retriever: FakeRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = []

    def ask(question: str, limit: int = 3, previous: str | None = None) -> Answer:
        limits.append(limit)
        return answer(*[VISIT_HIT] * limit)

    monkeypatch.setattr(retriever, "ask", ask)
    (sent,) = await chat.say("Ai dự hội nghị?")
    assert limits == [10]
    assert [f"[{number}]" in sent["text"] for number in (1, 2, 3, 4)] == [True, True, True, False]


async def test_an_answer_brings_its_buttons(chat: Chatting) -> None:
    (sent,) = await chat.say("Ai dự hội nghị?")
    first = AnswerPage.first(answer(SUMMIT_HIT, VISIT_HIT))
    assert sent["reply_markup"] == answer_keyboard(first, VIETNAMESE).to_dict()


async def test_of_what_was_not_found_the_nearest_hits_are_offered_and_remembered(
    chat: Chatting, retriever: FakeRetriever, store: Store
) -> None:
    retriever.answer = answer(SUMMIT_HIT, answered=False)
    (sent,) = await chat.say("Ai vô địch?")
    assert sent["reply_markup"] == nearest_keyboard(VIETNAMESE).to_dict()
    given = store.last_answer(chat_id=7, thread_id=None, user_id=7)
    assert given is not None
    assert (given.answered, given.question) == (False, "Ai vô địch?")
    assert given.citations == (Citation.of(SUMMIT_HIT),)


async def test_without_any_hit_there_is_nothing_to_offer(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(answered=False)
    (sent,) = await chat.say("Ai vô địch?")
    assert "reply_markup" not in sent


async def test_typing_that_hangs_does_not_hold_up_the_answer(
    chat: Chatting, long_search: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = asyncio.Event()

    async def hang(*_: object, **__: object) -> None:
        long_search.set()
        try:
            await asyncio.Event().wait()
        finally:
            given_up.set()

    monkeypatch.setattr("telegram.Message.reply_chat_action", hang)
    assert len(await asyncio.wait_for(chat.say("Ai dự hội nghị?"), 10)) == 1
    assert await asyncio.wait_for(given_up.wait(), 10)


async def test_typing_goes_on_while_the_search_takes_long(
    chat: Chatting, long_search: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.questions.TYPING_LASTS", 0.001)

    async def show_typing(*_: object, **__: object) -> bool:
        typing.append("…")
        if len(typing) == 3:
            long_search.set()
        return True

    typing: list[str] = []
    monkeypatch.setattr("telegram.Message.reply_chat_action", show_typing)
    assert len(await chat.say("Ai dự hội nghị?")) == 1
    assert len(typing) >= 3


def asking(question: Json) -> Json:
    """Return the question as one to the bot, by mention where it is in a group."""
    return question | {"reply_to_message": message("…", **{"from": ME, "chat": question["chat"]})}


def edited(question: Json, text: str) -> Json:
    return question | {"text": text, "entities": entities(text), "edit_date": DATE + 60}


async def test_an_edited_question_edits_its_answer(
    chat: Chatting, retriever: FakeRetriever, store: Store
) -> None:
    question = asking(message("Ai dự hội nghị?", chat=GROUP))
    await chat.receive(message=question)
    (first,) = chat.telegram.messages
    retriever.answer = answer(VISIT_HIT, language="en")
    assert await chat.receive(edited_message=edited(question, "Who met whom?")) == []
    (edit,) = chat.telegram.edited()
    shown = answer_keyboard(AnswerPage.first(retriever.answer), ENGLISH)
    assert (edit["chat_id"], edit["message_id"]) == (-100, first["message_id"])
    assert edit["text"] == answer_reply(retriever.answer, ENGLISH)
    assert edit["reply_markup"] == shown.to_dict()
    assert edit["link_preview_options"] == {"is_disabled": True}
    given = store.answer_of(-100, first["message_id"])
    assert given is not None
    assert (given.question, given.language) == ("Who met whom?", "en")
    assert given.citations == (Citation.of(VISIT_HIT),)
    assert given.asked_at == datetime.fromtimestamp(DATE + 60, UTC)


async def test_an_edit_that_leaves_the_words_as_they_are_does_nothing(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    question = message("Ai dự hội nghị?")
    await chat.receive(message=question)
    calls = len(chat.telegram.calls)
    await chat.receive(edited_message=edited(question, " Ai dự  hội nghị?"))
    assert len(chat.telegram.calls) == calls
    assert retriever.questions == ["Ai dự hội nghị?"]


async def test_an_edit_that_is_for_the_bot_no_longer_leaves_the_answer(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    question = message("@TrichDanBot Ai dự hội nghị?", chat=GROUP)
    await chat.receive(message=question)
    calls = len(chat.telegram.calls)
    for text in ("Thôi, tôi biết rồi.", "/ask@another Ai?", "@TrichDanBot cảm ơn"):
        await chat.receive(edited_message=edited(question, text))
    assert len(chat.telegram.calls) == calls
    assert len(retriever.questions) == 1


async def test_a_message_that_asks_only_once_it_is_edited_is_answered(chat: Chatting) -> None:
    said = message("Ai dự hội nghị?", chat=GROUP)
    assert await chat.receive(message=said) == []
    (sent,) = await chat.receive(edited_message=edited(said, "@TrichDanBot Ai dự hội nghị?"))
    assert sent["reply_parameters"]["message_id"] == said["message_id"]


async def test_where_the_answer_was_deleted_the_edited_question_gets_a_new_one(
    chat: Chatting, store: Store
) -> None:
    question = message("Ai dự hội nghị?")
    await chat.receive(message=question)
    chat.telegram.failures["editMessageText"] = BadRequest("Message to edit not found")
    (sent,) = await chat.receive(edited_message=edited(question, "Ai chủ trì?"))
    assert sent["reply_parameters"]["message_id"] == question["message_id"]
    given = store.answer_to(7, question["message_id"])
    assert given is not None
    assert given.question == "Ai chủ trì?"
    assert given.message_id == chat.telegram.messages[-1]["message_id"]


async def test_an_edit_that_cannot_be_answered_is_told_why_and_the_answer_stays(
    chat: Chatting,
) -> None:
    question = message("Ai dự hội nghị?")
    await chat.receive(message=question)
    (sent,) = await chat.receive(edited_message=edited(question, "a" * 1001))
    assert sent["text"] == VIETNAMESE.too_long.format(length=1001, limit=1000)
    assert chat.telegram.edited() == []


async def test_a_failing_store_does_not_stop_an_answer(
    chat: Chatting, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Store, "save_answer", fail)
    monkeypatch.setattr(Store, "language_of", fail)
    sent = await chat.say("Ai dự hội nghị?")
    assert len(sent) == 1
    assert sent[0]["text"].startswith("<b>[1]</b>")
    assert caplog.messages[-1] == "answer not remembered: the disk is full"


async def test_no_question_reaches_the_log(
    chat: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await chat.say("Ai dự hội nghị bí mật?")
    assert "bí mật" not in caplog.text
