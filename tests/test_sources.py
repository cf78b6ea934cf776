from __future__ import annotations

import pytest

from bot.store import Store, StoreError
from bot.texts import VIETNAMESE
from fake_telegram import GROUP, ME, TOM, Chatting, Json, message
from samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, FakeRetriever, answer

SUMMIT_SOURCE = (
    '<b>[1]</b> <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
    " — <i>TTXVN, 29/9/2021</i>\n"
    "Tệp 2021/hoi_nghi_ammtc_15.txt, ký tự 0–118\n"
    "<blockquote>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</blockquote>"
)
VISIT_SOURCE = (
    "<b>[1]</b> visit — <i>8/2024</i>\n"
    "Tệp visit.pdf, ký tự 0–73\n"
    "<blockquote>Minister Quang met Kao Kim Hourn in Vientiane.</blockquote>"
)
COLLECTION = (
    "<b>Kho tài liệu (2)</b>\n"
    '1. <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
    " — <i>TTXVN, 29/9/2021</i>\n"
    "2. visit — <i>8/2024</i>"
)


async def ask(chat: Chatting, /, **fields: object) -> Json:
    """Ask something and return the bot's answer as a message to reply to."""
    before = len(chat.telegram.messages)
    await chat.say("/ask Ai dự hội nghị?", **fields)
    (answered,) = chat.telegram.messages[before:]
    return answered


async def sources(chat: Chatting, /, **fields: object) -> str:
    (reply,) = await chat.say("/sources", **fields)
    text: str = reply["text"]
    return text


async def test_in_reply_to_an_answer_its_citations_are_shown(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(SUMMIT_HIT)
    first = await ask(chat)
    retriever.answer = answer(VISIT_HIT)
    await ask(chat)
    shown = await sources(chat, reply_to_message=first)
    assert shown == f"<b>Nguồn trích dẫn</b>\n\n{SUMMIT_SOURCE}"


async def test_alone_it_shows_the_last_answer_to_that_person(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(SUMMIT_HIT)
    await ask(chat, chat=GROUP)
    retriever.answer = answer(VISIT_HIT)
    await ask(chat, chat=GROUP)
    retriever.answer = answer(SUMMIT_HIT)
    await ask(chat, chat=GROUP, **{"from": TOM})
    assert await sources(chat, chat=GROUP) == f"<b>Nguồn trích dẫn</b>\n\n{VISIT_SOURCE}"


async def test_answers_in_another_chat_or_topic_do_not_show(chat: Chatting) -> None:
    topic = {"chat": GROUP | {"is_forum": True}, "is_topic_message": True}
    await ask(chat, chat=GROUP)
    await ask(chat, message_thread_id=5, **topic)
    assert await sources(chat) == COLLECTION
    assert await sources(chat, message_thread_id=6, **topic) == COLLECTION
    shown = await sources(chat, message_thread_id=5, **topic)
    assert shown.startswith(f"<b>Nguồn trích dẫn</b>\n\n{SUMMIT_SOURCE}\n\n<b>[2]</b> visit")


async def test_in_reply_to_another_message_it_shows_the_last_answer(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(VISIT_HIT)
    await ask(chat)
    shown = await sources(chat, reply_to_message=message("…", **{"from": ME}))
    assert shown == f"<b>Nguồn trích dẫn</b>\n\n{VISIT_SOURCE}"


async def test_in_a_group_anyone_may_see_the_sources_of_an_answer(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(VISIT_HIT)
    answered = await ask(chat, chat=GROUP)
    shown = await sources(chat, chat=GROUP, reply_to_message=answered, **{"from": TOM})
    assert shown == (
        "<b>Sources</b>\n\n<b>[1]</b> visit — <i>August 2024</i>\n"
        "File visit.pdf, characters 0–73\n"
        "<blockquote>Minister Quang met Kao Kim Hourn in Vientiane.</blockquote>"
    )


async def test_before_any_answer_it_shows_the_collection(chat: Chatting) -> None:
    assert await sources(chat) == COLLECTION


async def test_the_sources_outlive_a_restart_and_the_document(
    chat: Chatting, retriever: FakeRetriever, store: Store
) -> None:
    retriever.answer = answer(SUMMIT_HIT)
    answered = await ask(chat)
    retriever.documents = (VISIT,)
    (kept,) = store.citations_of(7, answered["message_id"])
    assert kept.hash == SUMMIT.hash
    assert await sources(chat) == f"<b>Nguồn trích dẫn</b>\n\n{SUMMIT_SOURCE}"


async def test_with_the_store_gone_the_user_is_told(
    chat: Chatting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(Store, "last_citations", fail)
    assert await sources(chat) == VIETNAMESE.failed
