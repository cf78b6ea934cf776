"""/forgetme erases what the bot keeps of a person."""

from __future__ import annotations

from bot.store import Store
from tests.helpers.fake_telegram import LAN, TOM, Chatting


async def test_a_person_is_forgotten_at_their_word(chat: Chatting, store: Store) -> None:
    await chat.say("Ai dự hội nghị?")
    store.choose_language(LAN["id"], "en")
    (said,) = await chat.say("/forgetme")
    assert said["text"].startswith("I have erased what I kept of you: 1 questions")
    assert store.last_answer(LAN["id"], None, LAN["id"]) is None
    assert store.language_of(LAN["id"]) is None


async def test_nobody_else_is_forgotten(chat: Chatting, store: Store) -> None:
    await chat.say("Ai dự hội nghị?")
    (said,) = await chat.say("/forgetme", **{"from": TOM})
    assert said["text"].startswith("I have erased what I kept of you: 0 questions")
    assert store.last_answer(LAN["id"], None, LAN["id"]) is not None
