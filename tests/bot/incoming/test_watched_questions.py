"""Chats hear of new documents that answer the questions they watch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError, TimedOut

from bot.incoming.watched_questions import WatchedQuestions
from bot.settings import Settings
from bot.store import KeptWatches, Store, Watch
from tests.helpers.fake_telegram import GROUP, LAN, Chatting, FakeTelegram, button, opened
from tests.helpers.replies import buttons
from tests.helpers.samples import (
    SUMMIT,
    SUMMIT_HIT,
    VISIT,
    VISIT_HIT,
    FakeRetriever,
    answer,
    hit,
)
from tests.helpers.searches import whole_searches

WATCH = Watch(LAN["id"], None, LAN["id"], 4, "Ai dự <hội nghị>?", "vi")


@pytest.fixture
def retriever() -> FakeRetriever:
    return FakeRetriever(documents=(VISIT,), answer=answer(SUMMIT_HIT, VISIT_HIT))


@pytest.fixture
def kept(store: Store) -> KeptWatches:
    kept = KeptWatches(store.engine)
    kept.add(WATCH)
    return kept


@pytest.fixture
async def watched(
    chat: Chatting, retriever: FakeRetriever, store: Store, kept: KeptWatches
) -> WatchedQuestions:
    """Return the watched questions after they were put to what was there at first."""
    searches = whole_searches(retriever, store)
    watched = WatchedQuestions(chat.application.bot, searches, store, kept)
    await watched.tell()
    assert chat.telegram.sent() == []
    return watched


async def test_a_new_document_that_answers_is_told_like_an_answer(
    chat: Chatting, watched: WatchedQuestions, retriever: FakeRetriever
) -> None:
    retriever.documents = (SUMMIT, VISIT)
    await watched.tell()
    (sent,) = chat.telegram.sent()
    assert sent["chat_id"] == LAN["id"]
    opening, excerpt = sent["text"].split("\n\n", 1)
    assert opening == "🔔 Có tài liệu mới trả lời: <i>Ai dự &lt;hội nghị&gt;?</i>"
    assert excerpt.startswith("<b>[1]</b> ")
    assert "<b>Trung tướng Lương Tam Quang dự hội nghị sáng 29/9.</b>" in excerpt
    assert "Vientiane" not in sent["text"]  # of a document that was there before
    assert buttons(sent)[-1][0] == ("📚 Nguồn", "sources:1")


async def test_the_buttons_below_it_work(
    chat: Chatting, watched: WatchedQuestions, retriever: FakeRetriever
) -> None:
    retriever.documents = (SUMMIT, VISIT)
    await watched.tell()
    number = chat.telegram.messages[-1]["message_id"]
    (sources,) = await chat.receive(callback_query=button("sources:1", message_id=number))
    assert sources["text"].startswith("<b>Nguồn trích dẫn</b>\n\n<b>[1]</b> ")


async def test_a_document_is_told_once(
    chat: Chatting, watched: WatchedQuestions, retriever: FakeRetriever
) -> None:
    retriever.documents = (SUMMIT, VISIT)
    for _ in range(2):
        await watched.tell()
    changed = replace(SUMMIT, text=SUMMIT.text + " Hết.")
    retriever.documents = (changed, VISIT)
    retriever.answer = answer(hit(changed, "Brunei là nước chủ nhà."))
    await watched.tell()
    assert len(chat.telegram.sent()) == 1


async def test_what_does_not_answer_is_not_told(
    chat: Chatting, watched: WatchedQuestions, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(SUMMIT_HIT, missing=("AMMTC 16",))
    retriever.documents = (SUMMIT, VISIT)
    await watched.tell()
    assert retriever.questions == [WATCH.question]
    retriever.documents = (SUMMIT,)  # one less is no news
    await watched.tell()
    assert retriever.questions == [WATCH.question]
    assert chat.telegram.sent() == []


async def test_what_came_while_the_bot_was_off_is_news(
    chat: Chatting, watched: WatchedQuestions, kept: KeptWatches, store: Store
) -> None:
    later = FakeRetriever(documents=(SUMMIT, VISIT))
    searches = whole_searches(later, store)
    await WatchedQuestions(chat.application.bot, searches, store, kept).tell()
    assert len(chat.telegram.sent()) == 1


async def test_who_is_no_longer_served_hears_nothing(
    chat: Chatting, watched: WatchedQuestions, retriever: FakeRetriever, kept: KeptWatches
) -> None:
    kept.add(replace(WATCH, chat_id=GROUP["id"], user_id=8, thread_id=5))
    retriever.documents = (SUMMIT, VISIT)
    await replace(watched, allowed_ids=frozenset({GROUP["id"]})).tell()
    (sent,) = chat.telegram.sent()
    assert (sent["chat_id"], sent["message_thread_id"]) == (GROUP["id"], 5)


@pytest.mark.parametrize(
    ("failure", "left"),
    [
        (Forbidden("bot was blocked by the user"), 0),
        (BadRequest("Chat not found"), 0),
        (BadRequest("Message thread not found"), 1),
        (BadRequest("Can't parse entities"), 2),
        (TimedOut(), 2),
    ],
)
async def test_a_chat_that_never_hears_again_watches_nothing(
    chat: Chatting,
    watched: WatchedQuestions,
    retriever: FakeRetriever,
    kept: KeptWatches,
    failure: TelegramError,
    left: int,
) -> None:
    (first,) = kept.all()
    kept.add(replace(WATCH, question="Ai chủ trì?"))
    kept.hear(kept.all()[1], {SUMMIT.name})  # so that nothing is sent for the second
    retriever.documents = (SUMMIT, VISIT)
    chat.telegram.failures["sendMessage"] = failure
    await watched.tell()
    assert len(kept.all()) == left
    assert (first in kept.all()) == (left == 2)


async def test_a_group_that_has_become_a_supergroup_hears_there(
    chat: Chatting, watched: WatchedQuestions, retriever: FakeRetriever, kept: KeptWatches
) -> None:
    kept.remove_chat(LAN["id"])
    kept.add(replace(WATCH, chat_id=-7))
    retriever.documents = (SUMMIT, VISIT)
    really = type(chat.application.bot).send_message

    async def send(bot: object, chat_id: int, *rest: object, **fields: object) -> object:
        if chat_id == -7:
            raise ChatMigrated(GROUP["id"])
        return await really(bot, chat_id, *rest, **fields)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(chat.application.bot), "send_message", send)
        await watched.tell()
    assert [sent["chat_id"] for sent in chat.telegram.sent()] == [GROUP["id"]]
    assert [watch.chat_id for watch in kept.all()] == [GROUP["id"]]


@pytest.fixture
async def running(
    settings: Settings, retriever: FakeRetriever, telegram: FakeTelegram, kept: KeptWatches
) -> AsyncIterator[FakeTelegram]:
    """Run what goes on beside the updates of a bot with an administrator."""
    async with opened(settings, retriever, telegram) as application:
        beside = asyncio.create_task(application.beside())
        yield telegram
        beside.cancel()
        await asyncio.wait([beside])


async def test_every_change_of_the_documents_is_heard_of(
    running: FakeTelegram, retriever: FakeRetriever, kept: KeptWatches
) -> None:
    async with asyncio.timeout(20):
        while kept.known() is None:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.05)
        retriever.documents = (SUMMIT, VISIT)  # the folder's watch reopens them at its beginning
        while not running.sent():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert running.texts()[0].startswith("🔔 Có tài liệu mới trả lời:")
