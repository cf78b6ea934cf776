"""Which question a follow-up builds on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat.last_question import SOON
from bot.store import Store, StoreError
from bot.texts import ENGLISH, VIETNAMESE
from retrieval.answers import Answer, Outcome
from tests.helpers.fake_telegram import DATE, GROUP, TOM, Chatting, message
from tests.helpers.samples import SUMMIT_HIT, FakeRetriever, answer

LATE = DATE + int(SOON / timedelta(seconds=1)) + 1
TOPIC = {"chat": GROUP | {"is_forum": True}, "is_topic_message": True}


async def test_it_is_the_last_one_as_it_was_understood(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    await chat.say("Ai dự hội nghị?")
    retriever.answer = answer(SUMMIT_HIT, restored="Ai chủ trì hội nghị?")
    await chat.say("ai chu tri hoi nghi")
    await chat.say("Còn năm 2022?")
    assert retriever.previous == [None, "Ai dự hội nghị?", "Ai chủ trì hội nghị?"]


async def test_a_courtesy_is_not_built_on(chat: Chatting, retriever: FakeRetriever) -> None:
    await chat.say("Ai dự hội nghị?")
    await chat.say("cảm ơn")
    await chat.say("Còn năm 2022?")
    assert retriever.previous == [None, "Ai dự hội nghị?"]


async def test_it_is_soon_before_or_replied_to(chat: Chatting, retriever: FakeRetriever) -> None:
    await chat.say("Ai dự hội nghị?")
    given = chat.telegram.messages[-1]
    await chat.say("Còn năm 2022?", date=LATE)
    assert retriever.previous[-1] is None
    await chat.say("Còn năm 2021?", date=LATE + LATE - DATE + 1, reply_to_message=given)
    assert retriever.previous[-1] == "Ai dự hội nghị?"


async def test_it_is_that_of_the_same_person_chat_and_topic(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    await chat.say("/ask Ai dự?", **TOPIC, message_thread_id=5)
    await chat.say("/ask Còn năm 2022?", **TOPIC, message_thread_id=6)
    await chat.say("/ask Còn năm 2022?", **TOPIC, message_thread_id=5, **{"from": TOM})
    await chat.say("Còn năm 2022?")
    await chat.say("/ask Còn năm 2022?", **TOPIC, message_thread_id=5)
    assert retriever.previous == [None, None, None, None, "Ai dự?"]


async def test_an_edited_question_does_not_build_on_itself(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    await chat.say("Ai dự hội nghị?")
    follow_up = message("Còn năm 2022?")
    await chat.receive(message=follow_up)
    await chat.receive(edited_message=follow_up | {"text": "Còn năm 2021?", "edit_date": DATE + 9})
    assert retriever.previous == [None, "Ai dự hội nghị?", "Ai dự hội nghị?"]


@pytest.mark.parametrize(
    ("language", "said"), [("vi", VIETNAMESE.about_what), ("en", ENGLISH.about_what)]
)
async def test_a_follow_up_of_nothing_is_asked_back_and_not_built_on(
    chat: Chatting, retriever: FakeRetriever, language: str, said: str
) -> None:
    retriever.answer = Answer("?", language, None, Outcome.NONE, (), incomplete=True)
    assert [reply["text"] for reply in await chat.say("Còn năm 2022 thì sao?")] == [said]
    await chat.say("Ai dự hội nghị?")
    assert retriever.previous == [None, None]


async def test_without_the_store_a_question_stands_alone(
    chat: Chatting, retriever: FakeRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Store, "answer_before", fail)
    await chat.say("Ai dự hội nghị?")
    assert retriever.previous == [None]
