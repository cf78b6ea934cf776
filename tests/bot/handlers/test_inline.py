from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from telegram import InlineQuery
from telegram.error import BadRequest

from bot.chat.people import Languages
from bot.handlers import inline
from bot.handlers.inline import InlineHandlers
from bot.handlers.services import Services
from bot.settings import Settings
from bot.store import KeptWatches, Store
from bot.texts import ENGLISH, VIETNAMESE
from retrieval.collecting.fetcher import Fetcher
from tests.helpers.fake_telegram import LAN, TOM, Chatting, FakeTelegram, Json, opened
from tests.helpers.samples import SUMMIT_HIT, VISIT_HIT, FakeRetriever, answer
from tests.helpers.searches import whole_searches

TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(inline, "QUIET", 0.01)
    yield


async def type_in(
    chat: Chatting, text: str, query_id: str = "1", sender: Json = LAN, offset: str = ""
) -> list[Json]:
    """Type `text` after the bot's name, and return all the answers given so far."""
    typed = {"id": query_id, "from": sender, "query": text, "offset": offset}
    await chat.receive(inline_query=typed)
    return answers(chat)


def answers(chat: Chatting) -> list[Json]:
    calls = chat.telegram.calls
    return [call.parameters for call in calls if call.method == "answerInlineQuery"]


async def test_excerpts_are_offered_ready_to_send(chat: Chatting, retriever: FakeRetriever) -> None:
    (given,) = await type_in(chat, "Ai dự hội nghị?")
    assert retriever.questions == ["Ai dự hội nghị?"]
    assert given["inline_query_id"] == "1"
    assert [result["title"] for result in given["results"]] == ["Hội nghị AMMTC 15", "visit"]
    content = given["results"][0]["input_message_content"]
    assert content["message_text"].startswith('<a href="https://example.org/ammtc?')
    assert (content["parse_mode"], content["link_preview_options"]) == (
        "HTML",
        {"is_disabled": True},
    )
    assert (given["cache_time"], given.get("is_personal", False)) == (60, False)
    assert "next_offset" not in given
    assert "button" not in given


async def test_more_than_a_page_are_offered_as_the_list_is_scrolled(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(*[SUMMIT_HIT, VISIT_HIT] * 4)
    (first,) = await type_in(chat, "Ai dự hội nghị?")
    assert (len(first["results"]), first["next_offset"]) == (5, "5")
    _, second = await type_in(chat, "Ai dự hội nghị?", offset="5")
    assert len(second["results"]) == 3
    assert "next_offset" not in second


async def test_of_a_burst_of_keystrokes_only_the_last_is_searched(
    chat: Chatting, retriever: FakeRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline, "QUIET", 0.1)
    words = ["Ai dự", "Ai dự hội", "Ai dự hội nghị", "Ai dự hội nghị?"]
    typing = [type_in(chat, text, str(number)) for number, text in enumerate(words)]
    await asyncio.gather(*typing, type_in(chat, "Who was there?", "9", sender=TOM))
    assert sorted(retriever.questions) == ["Ai dự hội nghị?", "Who was there?"]
    assert sorted(given["inline_query_id"] for given in answers(chat)) == ["3", "9"]


async def test_nothing_is_kept_of_a_person_who_was_answered(
    chat: Chatting, retriever: FakeRetriever, store: Store
) -> None:
    searches, watches = whole_searches(retriever, store), KeptWatches(store.engine)
    services = Services(searches, store, Languages(store), searches.access, Fetcher(1), watches)
    handlers = InlineHandlers(services, personal=False)
    typed = {"id": "1", "from": LAN, "query": "Ai dự hội nghị?", "offset": ""}
    await handlers.offer(InlineQuery.de_json(typed, chat.application.bot))
    assert (len(answers(chat)), handlers._latest) == (1, {})


@pytest.mark.parametrize(
    ("sender", "label"), [(LAN, VIETNAMESE.inline_how_to_ask), (TOM, ENGLISH.inline_how_to_ask)]
)
@pytest.mark.parametrize("text", ["", "Ai", "12345 ?"])
async def test_what_is_no_question_yet_is_not_searched(
    chat: Chatting, retriever: FakeRetriever, sender: Json, label: str, text: str
) -> None:
    (given,) = await type_in(chat, text, sender=sender)
    assert given["results"] == []
    assert given["button"] == {"text": label, "start_parameter": "inline"}
    assert given["is_personal"] is True
    assert retriever.questions == []


async def test_where_nothing_is_found_the_bot_s_chat_is_offered(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(VISIT_HIT, answered=False)
    (given,) = await type_in(chat, "Ai thắng cuộc thi?")
    assert given["results"] == []
    assert given["button"] == {
        "text": VIETNAMESE.inline_not_found,
        "start_parameter": "inline",
    }


async def test_a_question_in_another_language_is_answered_in_one_s_own_for_oneself(
    chat: Chatting, retriever: FakeRetriever
) -> None:
    retriever.answer = answer(SUMMIT_HIT, language="fr")
    (given,) = await type_in(chat, "Qui a participé ?", sender=TOM)
    assert "29 September 2021" in given["results"][0]["input_message_content"]["message_text"]
    assert given["is_personal"] is True


@pytest.fixture
async def closed(
    settings: Settings, retriever: FakeRetriever, telegram: FakeTelegram
) -> AsyncIterator[Chatting]:
    """The bot for Lan alone."""
    own = replace(settings, allowed_ids=frozenset({LAN["id"]}))
    async with opened(own, retriever, telegram) as application:
        yield Chatting(application, telegram)


async def test_where_not_everyone_may_ask_no_answer_is_shared(
    closed: Chatting, retriever: FakeRetriever
) -> None:
    (given,) = await type_in(closed, "Ai dự hội nghị?")
    assert (len(given["results"]), given["is_personal"]) == (2, True)
    _, refused = await type_in(closed, "Ai dự hội nghị?", sender=TOM)
    assert (refused["results"], refused["is_personal"]) == ([], True)
    assert retriever.questions == ["Ai dự hội nghị?"]


async def test_an_answer_that_comes_too_late_is_no_error(
    chat: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    chat.telegram.failures["answerInlineQuery"] = BadRequest(TOO_OLD)
    await type_in(chat, "Ai dự hội nghị?")
    assert caplog.messages == []


async def test_any_other_refusal_is_logged(
    chat: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    chat.telegram.failures["answerInlineQuery"] = BadRequest("Result_id_duplicate")
    await type_in(chat, "Ai dự hội nghị?")
    assert "BadRequest: Result_id_duplicate" in caplog.text
