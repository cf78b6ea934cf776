"""The short form of `benchmarks.fuzzed_updates`: the bot without its model, and a fixed seed."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import fuzzed_updates
from benchmarks.fuzzed_updates import KINDS, OTHERS, counts_of, kind_of, updates, verdicts
from benchmarks.fuzzing.stage import Verdict
from bot.handlers.questions import QuestionHandlers
from tests.helpers.bot_api import DESCRIPTION
from tests.helpers.fake_telegram import Json, message
from tests.helpers.samples import FakeRetriever

SEED = 5
NUMBER = 300
QUESTION: Json = {"update_id": 1, "message": message("Ai dự hội nghị?")}
CRASH = "update 1 failed: ValueError"

needs_description = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="the Bot API's description is not at hand"
)


@needs_description
def test_nothing_crashes_the_bot_or_stays_unanswered(tmp_path: Path) -> None:
    some = list(updates(NUMBER, SEED))
    found = asyncio.run(verdicts(some, FakeRetriever(), tmp_path))
    assert [(update, verdict) for update, verdict in found if not verdict.is_clean] == []
    counted = sum((counts_of(verdict) for _, verdict in found), Counter[str]())
    assert counted["updates"] == NUMBER
    assert counted["questions"] > NUMBER / 5
    assert 0 < counted["unreadable"] < NUMBER / 5
    assert {kind_of(update) for update in some} == {*KINDS, OTHERS}


@needs_description
def test_a_seed_gives_the_same_updates_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzed_updates, "ROUND", 10)
    first, again, other = (list(updates(15, seed)) for seed in (SEED, SEED, SEED + 100))
    assert first == again
    assert first != other
    assert [update["update_id"] for update in first] == list(range(1, 16))


async def judged(folder: Path, retriever: FakeRetriever) -> Verdict:
    [(_, verdict)] = await verdicts([QUESTION], retriever, folder)
    return verdict


async def test_an_answer_is_clean(tmp_path: Path) -> None:
    verdict = await judged(tmp_path, FakeRetriever())
    assert verdict == Verdict(unreadable=False, asks=True, crashes=(), unanswered=False, invalid=())


async def test_an_error_that_a_handler_lets_pass_is_a_crash(tmp_path: Path) -> None:
    [crash] = (await judged(tmp_path, FakeRetriever(error=ValueError("no")))).crashes
    assert crash.startswith(CRASH)


async def test_silence_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def pass_over(*_: object) -> None:
        pass

    monkeypatch.setattr(QuestionHandlers, "ask", pass_over)
    assert (await judged(tmp_path, FakeRetriever())).unanswered


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("a" * 5000, "sendMessage.text: 5000 characters, not 1-4096"),
        ("\ud83d", "sendMessage: surrogates not allowed"),
    ],
)
async def test_what_telegram_would_refuse_is_an_invalid_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, wrong: str
) -> None:
    monkeypatch.setattr("bot.handlers.questions.answer_reply", lambda *_: said)
    assert wrong in (await judged(tmp_path, FakeRetriever())).invalid
