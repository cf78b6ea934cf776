from __future__ import annotations

import pytest

from bot.store import Store, StoreError
from bot.texts import VIETNAMESE
from tests.helpers.fake_telegram import GROUP, ME, TOM, Chatting, Json, button, message
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, FakeRetriever, answer

SUMMIT_SOURCE = (
    '<b>[1]</b> <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
    " — <i>TTXVN, 29/9/2021</i>\n"
    "Tệp 2021/hoi_nghi_ammtc_15.txt, ký tự 0–118"
    f' · <a href="https://t.me/TrichDanBot?start=src_{SUMMIT.hash[:16]}_44_94">'
    "xem đoạn trích</a>\n"
    "<blockquote>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</blockquote>"
)
VISIT_SOURCE = (
    "<b>[1]</b> visit — <i>8/2024</i>\n"
    "Tệp visit.pdf, ký tự 0–73"
    f' · <a href="https://t.me/TrichDanBot?start=src_{VISIT.hash[:16]}_0_46">'
    "xem đoạn trích</a>\n"
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
        "File visit.pdf, characters 0–73"
        f' · <a href="https://t.me/TrichDanBot?start=src_{VISIT.hash[:16]}_0_46">'
        "show the passage</a>\n"
        "<blockquote>Minister Quang met Kao Kim Hourn in Vientiane.</blockquote>"
    )


async def test_before_any_answer_it_shows_the_collection(chat: Chatting) -> None:
    assert await sources(chat) == COLLECTION


async def test_of_a_document_that_is_gone_it_says_so(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(SUMMIT_HIT)
    await ask(chat)
    retriever.documents = (VISIT,)
    assert await sources(chat) == (
        "<b>Nguồn trích dẫn</b>\n\n"
        '<b>[1]</b> <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29/9/2021</i>\n"
        f"Tệp 2021/hoi_nghi_ammtc_15.txt, ký tự 0–118\n{VIETNAMESE.gone}"
    )


async def test_a_question_without_answer_names_what_came_nearest(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(VISIT_HIT, answered=False)
    await ask(chat)
    assert await sources(chat) == f"{VIETNAMESE.nearest_passages}\n\n{VISIT_SOURCE}"
    retriever.answer = answer(answered=False)
    await ask(chat)
    assert await sources(chat) == COLLECTION


async def test_the_sources_can_be_copied(chat: Chatting, retriever: FakeRetriever) -> None:
    retriever.answer = answer(VISIT_HIT)
    await ask(chat)
    (sent,) = await chat.say("/sources")
    copied = "“Minister Quang met Kao Kim Hourn in Vientiane.” — visit, 8/2024"
    assert sent["reply_markup"] == {
        "inline_keyboard": [[{"text": "📋 [1]", "copy_text": {"text": copied}}]]
    }


async def test_a_long_collection_is_turned_page_by_page(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.documents = (*[VISIT] * 10, SUMMIT)
    (sent,) = await chat.say("/sources")
    assert sent["text"].splitlines()[-1] == "10. visit — <i>8/2024</i>"
    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "▶", "callback_data": "list:2"}]]
    listed = {"message_id": 5, "chat": GROUP}
    assert await chat.receive(callback_query=button("list:2", TOM, **listed)) == []
    (edit,) = chat.telegram.edited()
    assert (edit["chat_id"], edit["message_id"]) == (-100, 5)
    assert edit["text"] == (
        "<b>Documents (11)</b>\n"
        '11. <a href="https://example.org/ammtc?id=15&amp;lang=vi">Hội nghị AMMTC 15</a>'
        " — <i>TTXVN, 29 September 2021</i>"
    )
    assert edit["reply_markup"]["inline_keyboard"] == [[{"text": "◀", "callback_data": "list:1"}]]


async def test_a_list_that_became_shorter_turns_to_its_last_page(chat: Chatting) -> None:
    await chat.receive(callback_query=button("list:9"))
    (edit,) = chat.telegram.edited()
    assert edit["text"] == COLLECTION
    assert "reply_markup" not in edit


async def test_with_the_store_gone_the_user_is_told(
    chat: Chatting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(Store, "last_answer", fail)
    assert await sources(chat) == VIETNAMESE.failed
