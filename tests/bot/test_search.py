from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.monitoring.metrics import Metrics
from bot.search import CORES, MeasuredRetriever, count_collection
from retrieval.answers import Answer
from tests.helpers.prometheus import samples
from tests.helpers.samples import SUMMIT, FakeRetriever, answer


@pytest.fixture
def metrics() -> Metrics:
    return Metrics.new()


def test_questions_are_counted_by_where_and_how_they_ended(
    retriever: FakeRetriever, metrics: Metrics
) -> None:
    in_chat = MeasuredRetriever(retriever, metrics, "message")
    assert in_chat.ask("Ai dự hội nghị?", 10) is retriever.answer
    retriever.answer = answer(answered=False)
    in_chat.ask("Ai?")
    MeasuredRetriever(retriever, metrics, "inline").ask("Ai?")
    retriever.error = ValueError("boom")
    with pytest.raises(ValueError, match="boom"):
        in_chat.ask("Ai?")
    shown = samples(metrics)
    counted = {name: n for name, n in shown.items() if name.startswith("trichdan_questions")}
    assert counted == {
        "trichdan_questions_total message answered": 1,
        "trichdan_questions_total message not_found": 1,
        "trichdan_questions_total inline not_found": 1,
        "trichdan_questions_total message failed": 1,
    }
    assert shown["trichdan_search_seconds_count"] == 4
    assert "hội nghị" not in metrics.text().decode()


def test_as_many_search_at_once_as_there_are_cores(
    retriever: FakeRetriever, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work, most, lock = 0, 0, threading.Lock()
    all_in = threading.Barrier(CORES)

    def ask(question: str, limit: int = 3) -> Answer:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        all_in.wait(timeout=10)  # passes only while as many others are at work
        with lock:
            at_work -= 1
        return retriever.answer

    monkeypatch.setattr(retriever, "ask", ask)
    measured = MeasuredRetriever(retriever, metrics, "message")
    with ThreadPoolExecutor(4 * CORES) as threads:
        assert len(list(threads.map(measured.ask, ["Ai?"] * 4 * CORES))) == 4 * CORES
    assert most == CORES


def test_a_slow_search_holds_no_other(
    retriever: FakeRetriever, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def ask(question: str, limit: int = 3) -> Answer:
        if question == "slow":
            begun.set()
            assert ended.wait(timeout=10)
        return retriever.answer

    monkeypatch.setattr(retriever, "ask", ask)
    monkeypatch.setattr(MeasuredRetriever, "places", threading.Semaphore(2))
    measured = MeasuredRetriever(retriever, metrics, "message")
    with ThreadPoolExecutor(4) as threads:
        slow = threads.submit(measured.ask, "slow")
        assert begun.wait(timeout=10)
        assert list(threads.map(measured.ask, ["Ai?"] * 20)) == [retriever.answer] * 20
        assert not slow.done()
        ended.set()


def test_reopening_is_passed_on(
    retriever: FakeRetriever, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopened = []
    monkeypatch.setattr(retriever, "reopen", lambda: reopened.append(True))
    MeasuredRetriever(retriever, metrics, "message").reopen()
    assert reopened == [True]


def test_the_collection_is_shown_as_it_is(retriever: FakeRetriever, metrics: Metrics) -> None:
    measured = MeasuredRetriever(retriever, metrics, "message")
    count_collection(measured, metrics)
    shown = samples(metrics)
    assert (shown["trichdan_documents"], shown["trichdan_passages"]) == (2, 2)
    retriever.documents = (SUMMIT,)
    shown = samples(metrics)
    assert (shown["trichdan_documents"], shown["trichdan_passages"]) == (1, 1)
    assert measured.documents == (SUMMIT,)
    assert measured.passages(SUMMIT)[0].document == SUMMIT
    assert measured.with_hash(SUMMIT.hash[:16]) == measured.named(SUMMIT.name) == SUMMIT
