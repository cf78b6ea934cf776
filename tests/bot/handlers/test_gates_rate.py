from __future__ import annotations

from dataclasses import replace

import pytest
from telegram import Update

from bot.settings import Settings
from tests.helpers.fake_telegram import GROUP, TOM, Chatting, button, message
from tests.helpers.samples import FakeRetriever

WAIT = "Bạn hỏi hơi nhanh, tôi theo chưa kịp. Bạn gửi câu tiếp theo sau 30 giây nhé."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Two questions a minute."""
    return replace(settings, questions_per_minute=2)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Stop the clock. A test moves it on by adding seconds to the list."""
    passed = [1000.0]
    monkeypatch.setattr("bot.handlers.gates.time", lambda: sum(passed))
    return passed


async def test_a_person_asking_too_fast_is_told_once_how_long_to_wait(
    chat: Chatting, retriever: FakeRetriever, clock: list[float]
) -> None:
    for question in ("Một?", "Hai?"):
        assert len(await chat.say(question)) == 1
    (told,) = await chat.say("Ba?")
    assert told["text"] == WAIT
    assert await chat.say("Bốn?") == []
    clock.append(30)
    assert len(await chat.say("Năm?")) == 1
    assert retriever.questions == ["Một?", "Hai?", "Năm?"]


async def test_the_wait_is_told_in_the_language_of_the_person(chat: Chatting) -> None:
    told = [await chat.say("Who?", **{"from": TOM}) for _ in range(3)][-1]
    assert told[0]["text"] == (
        "That is a lot of questions at once. Please ask the next one in 30 s."
    )


async def test_groups_and_edits_count_and_others_do_not(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    await chat.say("/ask Một?", chat=GROUP)
    edited = message("Hai?", edit_date=1632873700)
    await chat.receive(edited_message=edited)
    assert await chat.say("Lời không dành cho bot", chat=GROUP) == []
    (told,) = await chat.say("@TrichDanBot Ba?", chat=GROUP)
    assert told["text"] == WAIT
    assert await chat.receive(edited_message=edited | {"text": "Bốn?"}) == []
    assert len(await chat.say("/ask Một?", chat=GROUP, **{"from": TOM})) == 1
    assert retriever.questions == ["Một?", "Hai?", "Một?"]


async def test_an_edit_that_leaves_the_words_as_they_are_is_free(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    question = message("Một?")
    await chat.receive(message=question)
    for _ in range(3):
        await chat.receive(edited_message=question | {"edit_date": 1632873700})
    assert len(await chat.say("Hai?")) == 1
    assert retriever.questions == ["Một?", "Hai?"]


async def test_commands_thanks_and_buttons_are_free(chat: Chatting) -> None:
    for free in ("/help", "/sources", "/language", "/ask", "Cảm ơn bạn", "👍"):
        for _ in range(3):
            assert len(await chat.say(free)) == 1
    for _ in range(3):
        await chat.receive(callback_query=button("rate:up"))
    assert len([call for call in chat.telegram.calls if call.method == "answerCallbackQuery"]) == 3
    assert (await chat.say("Ai?"))[0]["text"] != WAIT


async def test_what_is_handled_again_counts_once(chat: Chatting, retriever: FakeRetriever) -> None:
    asked = Update.de_json({"update_id": 1, "message": message("Một?")}, chat.application.bot)
    for _ in range(3):
        await chat.application.process_update(asked)
    assert len(await chat.say("Hai?")) == 1
    assert [told["text"] for told in await chat.say("Ba?")] == [WAIT]
    assert retriever.questions == ["Một?", "Một?", "Một?", "Hai?"]
