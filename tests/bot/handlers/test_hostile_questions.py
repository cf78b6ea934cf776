"""Questions made to break the search or the reply: each gets one harmless message."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from bot.replies.courtesies import courtesy_reply
from bot.texts.vietnamese import VIETNAMESE
from retrieval.answers import Courtesy
from retrieval.collection.collection import Collection
from retrieval.reading.parser import parse
from retrieval.reading.sandbox import Sandbox
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings
from tests.helpers.fake_telegram import LAN, Chatting
from tests.helpers.samples import EXAMPLES, SUMMIT_HIT, FakeRetriever, answer
from tests.helpers.word_encoder import WordEncoder

LISTENING = courtesy_reply(Courtesy.NOTHING, EXAMPLES["vi"], VIETNAMESE)
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
ASKED = {
    "marks": "Ai e" + "\u0323\u0301" * 498,
    "overrides": "\u202eAi \u2066dự \u202bhọp?",
    "right to left": "من حضر الاجتماع؟",
    "emoji": "Ai? " + "👩‍👩‍👧‍👦" * 90,
    "markup": '<b>Ai</b> &lt; *dự* _họp_ [đây](tg://user?id=7) `x` ||y|| "</a>',
    "one endless word": "a" * 1000,
    "controls": "Ai\0\x07\x1b[2J dự\u200b họp\ufeff?",
    "no characters": "Ai \ufffe\uffff\U0010ffff?",
    "many scripts": "Ai ถาม 何 мы हम שלום ﷽ 𝕬𝖎?",
}
TOLD = {
    "marks": ("e" + "\u0301" * 4095, VIETNAMESE.too_long.format(length=4096, limit=1000)),
    "emoji": ("🧨" * 2048, VIETNAMESE.too_long.format(length=2048, limit=1000)),
    "few emoji": ("🧨" * 500, LISTENING),
    "marks alone": ("\u0301" * 500, LISTENING),
    "spaces": (" \t\n\xa0\u2003\u3000", VIETNAMESE.how_to_ask),
    "controls": ("\0\x07\u202e\u200b", LISTENING),
}


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
async def test_it_is_answered_and_turns_nothing_around(
    chat: Chatting, retriever: FakeRetriever, question: str
) -> None:
    retriever.answer = answer(SUMMIT_HIT, restored=question)
    (reply,) = await chat.say(question)
    assert "Trung tướng Lương Tam Quang dự hội nghị sáng 29/9." in reply["text"]
    assert reply["text"].startswith("Đã hiểu: <i>")
    assert not TURNING.search(reply["text"])
    assert len(retriever.questions) == 1


@pytest.mark.parametrize(("question", "said"), TOLD.values(), ids=TOLD)
async def test_what_cannot_be_asked_is_told(
    chat: Chatting, retriever: FakeRetriever, question: str, said: str
) -> None:
    (reply,) = await chat.say(question)
    assert reply["text"] == said
    assert retriever.questions == []


async def test_a_name_is_never_said(chat: Chatting) -> None:
    person = LAN | {"first_name": "\u202e<b>*Lan*</b>", "last_name": "e" + "\u0301" * 60}
    usual, odd = [await chat.say("/start", **{"from": one}) for one in (LAN, person)]
    assert [reply["text"] for reply in odd] == [reply["text"] for reply in usual]


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """A real search in one small document."""
    folder = tmp_path_factory.mktemp("search")
    settings = RetrievalSettings(seeds=folder / "seeds", index=folder / "index")
    settings.seeds.mkdir()
    Path(settings.seeds, "a.txt").write_text("Bộ trưởng dự họp. Họ bàn về an ninh.", "utf-8")
    with pytest.MonkeyPatch.context() as patch:  # test_sandbox sees to the other process
        patch.setattr(Sandbox, "parse", lambda self, name, data: parse(name, data))
        encoder = WordEncoder()
        return Retriever(Collection.open(settings, encoder).index, encoder)


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_it_is_searched_for_in_no_time(search: Retriever, question: str) -> None:
    search.ask("Ai dự họp?")
    started = time.process_time()
    found = search.ask(question)
    assert time.process_time() - started < 1  # seconds; a few thousandths
    assert [one.document.name for one in found.hits] == ["a.txt"]
