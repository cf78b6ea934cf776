from __future__ import annotations

import asyncio
import threading

import pytest

from bot.access.access import Readable
from bot.citations import Citation
from bot.monitoring.metrics import Metrics
from bot.replies.deep_links import Place
from bot.replies.quotations import Loss, Quotation
from bot.search import CORES, INLINE, Places, Search
from bot.store import Store
from retrieval.answers import Answer
from retrieval.documents import Span
from tests.helpers.prometheus import samples
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, FakeRetriever, answer
from tests.helpers.searches import whole_searches

ALL = Readable(frozenset({""}), frozenset({""}))


@pytest.fixture
def metrics() -> Metrics:
    return Metrics.new()


@pytest.fixture
def search(retriever: FakeRetriever, metrics: Metrics) -> Search:
    return search_in(retriever, Places(metrics))


def search_in(retriever: FakeRetriever, places: Places) -> Search:
    return Search(retriever, ALL, None, places)


async def test_questions_are_counted_by_where_and_how_they_ended(
    search: Search, retriever: FakeRetriever, metrics: Metrics
) -> None:
    assert await search.ask("Ai dự hội nghị?", 10) is retriever.answer
    retriever.answer = answer(answered=False)
    await search.ask("Ai?", 10)
    await search.ask("Ai?", 10, INLINE)
    retriever.answer = answer(SUMMIT_HIT, missing=("2022",))
    await search.ask("Ai?", 10)
    retriever.error = ValueError("boom")
    with pytest.raises(ValueError, match="boom"):
        await search.ask("Ai?", 10)
    shown = samples(metrics)
    counted = {name: n for name, n in shown.items() if name.startswith("trichdan_questions")}
    assert counted == {
        "trichdan_questions_total message answer": 1,
        "trichdan_questions_total message none": 1,
        "trichdan_questions_total message nearest": 1,
        "trichdan_questions_total inline none": 1,
        "trichdan_questions_total message failed": 1,
    }
    assert shown["trichdan_search_seconds_count"] == 5
    assert "hội nghị" not in metrics.text().decode()


async def test_the_event_loop_is_not_held_up(search: Search, retriever: FakeRetriever) -> None:
    await search.ask("Ai?", 10)
    assert retriever.threads != [threading.current_thread()]


async def test_as_many_search_at_once_as_there_are_cores(
    search: Search, retriever: FakeRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work, most, lock = 0, 0, threading.Lock()
    all_in = threading.Barrier(CORES)

    def ask(question: str, limit: int = 3, previous: str | None = None) -> Answer:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        all_in.wait(timeout=10)  # passes only while as many others are at work
        with lock:
            at_work -= 1
        return retriever.answer

    monkeypatch.setattr(retriever, "ask", ask)
    answers = await asyncio.gather(*[search.ask("Ai?", 3) for _ in range(4 * CORES)])
    assert len(answers) == 4 * CORES
    assert most == CORES


async def test_a_slow_search_holds_no_other(
    retriever: FakeRetriever, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def ask(question: str, limit: int = 3, previous: str | None = None) -> Answer:
        if question == "slow":
            assert ended.wait(timeout=10)
        return retriever.answer

    monkeypatch.setattr(retriever, "ask", ask)
    search = search_in(retriever, Places(metrics, asyncio.Semaphore(2)))
    slow = asyncio.create_task(search.ask("slow", 3))
    await asyncio.sleep(0)
    answers = await asyncio.gather(*[search.ask("Ai?", 3) for _ in range(20)])
    assert answers == [retriever.answer] * 20
    assert not slow.done()
    ended.set()
    assert await slow is retriever.answer


async def test_a_search_that_nobody_waits_for_keeps_its_place(
    retriever: FakeRetriever, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, at_work = threading.Event(), []

    def ask(question: str, limit: int = 3, previous: str | None = None) -> Answer:
        at_work.append(question)
        assert ended.wait(timeout=10)
        return retriever.answer

    monkeypatch.setattr(retriever, "ask", ask)
    search = search_in(retriever, Places(metrics, asyncio.Semaphore(1)))
    given_up = asyncio.create_task(search.ask("first", 3))
    await asyncio.sleep(0.01)
    given_up.cancel()
    second = asyncio.create_task(search.ask("second", 3))
    await asyncio.sleep(0.05)
    assert at_work == ["first"]
    ended.set()
    assert await second is retriever.answer
    assert at_work == ["first", "second"]


async def test_the_collection_is_shown_as_it_is(
    search: Search, retriever: FakeRetriever, metrics: Metrics
) -> None:
    whole_searches(retriever, Store.open("sqlite://"), metrics).show_counts()
    shown = samples(metrics)
    assert (shown["trichdan_documents"], shown["trichdan_passages"]) == (2, 2)
    assert search.document_count == 2
    assert (await search.collection_page(1)).documents == (SUMMIT, VISIT)
    assert await search.count_passages(VISIT) == 1
    assert await search.with_hash(SUMMIT.hash[:16]) == await search.named(SUMMIT.name) == SUMMIT
    retriever.documents = (SUMMIT,)
    shown = samples(metrics)
    assert (shown["trichdan_documents"], shown["trichdan_passages"]) == (1, 1)
    assert search.document_count == 1
    assert await search.named(VISIT.name) is None


async def test_cited_words_are_looked_for_in_the_collection_as_it_is(
    search: Search, retriever: FakeRetriever
) -> None:
    citation = Citation.of(SUMMIT_HIT)
    assert await search.quotation(citation) == Quotation.of(SUMMIT_HIT)
    retriever.documents = (VISIT,)
    assert (await search.quotation(citation)).passage is Loss.GONE


async def test_a_document_opens_only_where_the_place_is_in_it(search: Search) -> None:
    there, beyond = Span(0, 46), Span(0, len(VISIT.text) + 1)
    page = await search.document_page(Place(VISIT.hash[:16], there), 0)
    assert page is not None
    assert (page.document, page.cited) == (VISIT, there)
    assert await search.document_page(Place(VISIT.hash[:16], beyond), 0) is None
    assert await search.document_page(Place("0" * 16, there), 0) is None


async def test_documents_are_found_between_two_names(search: Search) -> None:
    assert list(await search.named_between("2021/", "20210")) == [SUMMIT]
    assert list(await search.named_between("from-chat/", "from-chat0")) == []
