from __future__ import annotations

from dataclasses import replace

import pytest
from telegram.error import BadRequest

from bot.lookups import find_answer_page
from bot.replies.answers import AnswerPage, answer_keyboard, page_reply
from bot.replies.quotations import Quotation
from bot.replies.sources import sources_keyboard, sources_reply
from bot.store import Store
from bot.texts import ENGLISH, VIETNAMESE
from tests.helpers.fake_telegram import GROUP, ME, TOM, Chatting, Json, button, message
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, VISIT_HIT, FakeRetriever, answer

FIRST = AnswerPage.first(answer(SUMMIT_HIT, VISIT_HIT, VISIT_HIT, VISIT_HIT))
SECOND = AnswerPage((Quotation.of(VISIT_HIT),), number=2, count=2, answered=True)


@pytest.fixture(autouse=True)
def _four_hits(retriever: FakeRetriever) -> None:
    retriever.answer = answer(SUMMIT_HIT, VISIT_HIT, VISIT_HIT, VISIT_HIT)


async def ask(chat: Chatting, /, **fields: object) -> Json:
    """Ask something and return the bot's answer as it stands in the chat."""
    await chat.say("/ask Ai dự hội nghị?", **fields)
    sent: Json = chat.telegram.messages[-1]
    return sent


def pressed(data: str, on: Json, sender: Json = TOM, **fields: object) -> Json:
    where = {"message_id": on["message_id"], "chat": on["chat"]}
    return button(data, sender, **(where | fields))


def answered(chat: Chatting) -> Json:
    """Return how the button was answered; it always is, and once."""
    (said,) = [c.parameters for c in chat.telegram.calls if c.method == "answerCallbackQuery"]
    return said


async def test_the_next_hits_take_the_place_of_the_first_and_make_way_again(
    chat: Chatting,
) -> None:
    given = await ask(chat, chat=GROUP)
    for data, page in (("more:2", SECOND), ("more:1", FIRST)):
        assert await chat.receive(callback_query=pressed(data, given)) == []
        edit = chat.telegram.edited()[-1]
        assert (edit["chat_id"], edit["message_id"]) == (-100, given["message_id"])
        assert edit["text"] == page_reply(page, VIETNAMESE)
        assert edit["reply_markup"] == answer_keyboard(page, VIETNAMESE).to_dict()
        assert edit["link_preview_options"] == {"is_disabled": True}


async def test_a_page_shows_what_became_of_documents_since(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    given = await ask(chat)
    retriever.documents = (replace(VISIT, text=f"{VISIT.text} They parted."),)
    await chat.receive(callback_query=pressed("more:1", given))
    (edit,) = chat.telegram.edited()
    assert edit["text"].split("\n")[1] == VIETNAMESE.gone
    assert edit["text"].count(VIETNAMESE.changed) == 2
    assert "<blockquote" not in edit["text"]
    assert answered(chat).keys() == {"callback_query_id"}


async def test_the_nearest_passages_are_shown_in_place_of_the_regret(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(VISIT_HIT, language="en", answered=False)
    given = await ask(chat)
    await chat.receive(callback_query=pressed("near", given))
    page = AnswerPage.first(retriever.answer)
    (edit,) = chat.telegram.edited()
    assert edit["message_id"] == given["message_id"]
    assert edit["text"] == page_reply(page, ENGLISH)
    assert edit["reply_markup"] == answer_keyboard(page, ENGLISH).to_dict()


async def test_the_sources_come_in_reply_to_the_answer(chat: Chatting) -> None:
    topic: Json = {
        "is_topic_message": True,
        "message_thread_id": 5,
        "chat": GROUP | {"is_forum": True},
    }
    given = await ask(chat, **topic)
    (sent,) = await chat.receive(callback_query=pressed("sources:2", given, **topic))
    keyboard = sources_keyboard(SECOND, VIETNAMESE)
    assert keyboard is not None
    assert sent["text"] == sources_reply(SECOND, VIETNAMESE, "TrichDanBot")
    assert sent["reply_markup"] == keyboard.to_dict()
    assert (sent["chat_id"], sent["message_thread_id"]) == (-100, 5)
    assert sent["reply_parameters"]["message_id"] == given["message_id"]
    assert sent["reply_parameters"]["allow_sending_without_reply"] is True


async def test_what_was_understood_is_told_on_the_first_page_alone(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    understood = "Đã hiểu: <i>Ai dự hội nghị?</i>\n\n<b>[1]</b>"
    retriever.answer = replace(retriever.answer, restored="Ai dự hội nghị?")
    given = await ask(chat)
    assert chat.telegram.texts()[-1].startswith(understood)
    for data in ("more:2", "more:1"):
        await chat.receive(callback_query=pressed(data, given))
    second, first = (edit["text"] for edit in chat.telegram.edited())
    assert "Đã hiểu" not in second
    assert first == chat.telegram.texts()[-1]


@pytest.mark.parametrize("data", ["more:2", "near", "sources:1"])
async def test_a_button_on_what_is_no_answer_is_out_of_date(chat: Chatting, data: str) -> None:
    await ask(chat)
    other = message("…", **{"from": ME})
    assert await chat.receive(callback_query=pressed(data, other)) == []
    assert answered(chat)["text"] == ENGLISH.old_button
    assert chat.telegram.edited() == []


async def test_no_answer_is_shown_in_another_chat(chat: Chatting) -> None:
    given = await ask(chat, chat=GROUP)
    elsewhere = given | {"chat": {"id": 8, "type": "private", "first_name": "Tom"}}
    assert await chat.receive(callback_query=pressed("sources:1", elsewhere)) == []
    assert answered(chat)["text"] == ENGLISH.old_button


async def test_a_button_in_a_message_of_inline_mode_is_out_of_date(chat: Chatting) -> None:
    press = button("more:2", TOM) | {"inline_message_id": "x"}
    del press["message"]
    assert await chat.receive(callback_query=press) == []
    assert answered(chat)["text"] == ENGLISH.old_button


async def test_an_answer_too_old_to_be_delivered_works_all_the_same(chat: Chatting) -> None:
    given = await ask(chat, chat=GROUP)
    inaccessible = {"message_id": given["message_id"], "chat": GROUP, "date": 0}
    for data in ("more:2", "sources:1"):
        press = button(data, TOM) | {"message": inaccessible}
        await chat.receive(callback_query=press)
    assert chat.telegram.edited()[0]["message_id"] == given["message_id"]
    assert chat.telegram.sent()[-1]["text"] == sources_reply(FIRST, VIETNAMESE, "TrichDanBot")


async def test_an_answer_deleted_meanwhile_is_passed_over(chat: Chatting) -> None:
    given = await ask(chat)
    chat.telegram.failures["editMessageText"] = BadRequest("Message to edit not found")
    assert await chat.receive(callback_query=pressed("more:2", given)) == []
    assert "text" not in answered(chat)


async def test_it_all_works_after_a_restart_and_under_another_name(
    chat: Chatting, retriever: FakeRetriever, store: Store
) -> None:
    given = await ask(chat)
    kept = store.answer_of(7, given["message_id"])
    assert kept is not None
    renamed = FakeRetriever(documents=(replace(SUMMIT, name="ammtc.txt"), VISIT))
    page = find_answer_page(kept, 1, renamed)
    assert page_reply(page, VIETNAMESE) == page_reply(FIRST, VIETNAMESE)
