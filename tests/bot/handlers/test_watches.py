"""/watch: what is watched, what is listed, and what is removed."""

from __future__ import annotations

import pytest

from bot.store import KeptWatches, Store, Watch
from tests.helpers.fake_telegram import GROUP, LAN, TOM, Chatting, button
from tests.helpers.replies import buttons

QUESTION = "Bao giờ thông cầu mới?"


@pytest.fixture
def kept(store: Store) -> KeptWatches:
    return KeptWatches(store.engine)


async def test_a_question_is_watched(chat: Chatting, kept: KeptWatches) -> None:
    (reply,) = await chat.say(f"/watch  {QUESTION}\n<b>")
    assert reply["text"] == (
        "🔔 Vâng, khi có tài liệu mới trả lời được, tôi sẽ báo ở đây: "
        f"<i>{QUESTION} &lt;b&gt;</i>\n"
        "Gõ /watch để xem những câu đang theo dõi."
    )
    (watch,) = kept.all()
    sent = reply["reply_parameters"]["message_id"]
    assert watch == Watch(
        LAN["id"], None, LAN["id"], sent, f"{QUESTION} <b>", "vi", number=watch.number
    )


async def test_a_question_s_language_is_the_one_in_which_the_chat_hears(
    chat: Chatting, kept: KeptWatches
) -> None:
    (reply,) = await chat.say("/watch When does the new bridge over the river open?")
    assert reply["text"].startswith("🔔 All right. I will write here when")
    assert [watch.language for watch in kept.all()] == ["en"]


async def test_alone_it_lists_what_the_chat_watches(chat: Chatting) -> None:
    (reply,) = await chat.say("/watch")
    assert reply["text"].startswith("Ở đây chưa theo dõi câu hỏi nào.\n\nMuốn được báo khi có")
    assert "reply_markup" not in reply
    for question in (QUESTION, "Ai chủ trì cuộc họp tới?"):
        await chat.say(f"/watch {question}")
    (reply,) = await chat.say("/watch")
    assert reply["text"].splitlines()[:3] == [
        "<b>Đang theo dõi ở đây</b>; bấm vào câu hỏi để bỏ:",
        f"1. {QUESTION}",
        "2. Ai chủ trì cuộc họp tới?",
    ]
    labels = [[label for label, _ in row] for row in buttons(reply)]
    assert labels == [[f"🗑 {QUESTION}"], ["🗑 Ai chủ trì cuộc họp tới?"]]


async def test_a_button_removes_the_question(chat: Chatting, kept: KeptWatches) -> None:
    await chat.say(f"/watch {QUESTION}")
    (reply,) = await chat.say("/watch")
    [[(_, data)]] = buttons(reply)
    await chat.receive(callback_query=button(data, chat=GROUP))  # not where it is watched
    assert len(kept.all()) == 1
    await chat.receive(callback_query=button(data))
    assert kept.all() == ()
    assert chat.telegram.edited()[-1]["text"].startswith("Ở đây chưa theo dõi câu hỏi nào.")


async def test_in_a_group_the_group_hears_and_anybody_removes(
    chat: Chatting, kept: KeptWatches
) -> None:
    in_topic = {"message_thread_id": 5, "is_topic_message": True}
    await chat.say(f"/watch {QUESTION}", chat=GROUP | {"is_forum": True}, **in_topic)
    (watch,) = kept.all()
    assert (watch.chat_id, watch.thread_id, watch.user_id) == (GROUP["id"], 5, LAN["id"])
    (reply,) = await chat.say("/watch", chat=GROUP, **{"from": TOM})
    [[(_, data)]] = buttons(reply)
    await chat.receive(callback_query=button(data, TOM, chat=GROUP))
    assert kept.all() == ()


async def test_the_same_question_is_watched_once(chat: Chatting, kept: KeptWatches) -> None:
    await chat.say(f"/watch {QUESTION}")
    (reply,) = await chat.say(f"/watch {QUESTION.upper()}")
    assert reply["text"].startswith("Câu này đang được theo dõi ở đây rồi.")
    assert len(kept.all()) == 1


async def test_a_person_watches_ten_questions(chat: Chatting, kept: KeptWatches) -> None:
    for number in range(9):
        kept.add(Watch(-200, None, LAN["id"], number, f"Câu {number}?", "vi"))
    await chat.say("/watch Câu thứ mười là câu nào?")
    (reply,) = await chat.say(f"/watch {QUESTION}")
    assert reply["text"].startswith("Mỗi người, và mỗi cuộc trò chuyện, theo dõi được tối đa 10")
    assert len(kept.all()) == 10


async def test_what_is_no_question(chat: Chatting, kept: KeptWatches) -> None:
    (reply,) = await chat.say("/watch " + "dài " * 300)
    assert reply["text"].startswith("Câu hỏi dài 1199 ký tự")
    (reply,) = await chat.say("/watch xin chào")
    assert reply["text"].startswith("Ở đây chưa theo dõi câu hỏi nào.")
    assert kept.all() == ()


async def test_a_person_who_is_forgotten_watches_nothing(chat: Chatting, kept: KeptWatches) -> None:
    await chat.say(f"/watch {QUESTION}")
    await chat.say(f"/watch {QUESTION}", chat=GROUP, **{"from": TOM})
    (reply,) = await chat.say("/forgetme")
    assert "những câu đang theo dõi" in reply["text"]
    assert [watch.user_id for watch in kept.all()] == [TOM["id"]]
