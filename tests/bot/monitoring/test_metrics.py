from __future__ import annotations

from prometheus_client import CollectorRegistry

from bot.monitoring.metrics import CONTENT_TYPE, Metrics
from tests.helpers.prometheus import samples


def test_calls_are_counted_by_method_and_outcome() -> None:
    metrics = Metrics.new()
    for outcome in ("200", "200", "TimedOut"):
        metrics.called("sendMessage", outcome)
    shown = samples(metrics)
    assert shown["trichdan_bot_api_calls_total sendMessage 200"] == 2
    assert shown["trichdan_bot_api_calls_total sendMessage TimedOut"] == 1


def test_a_gauge_is_asked_when_it_is_read() -> None:
    metrics, documents = Metrics.new(), ["a"]
    metrics.show("documents", "Documents.", lambda: len(documents))
    assert samples(metrics)["trichdan_documents"] == 1
    documents.append("b")
    assert samples(metrics)["trichdan_documents"] == 2


def test_two_bots_do_not_count_together() -> None:
    first, second = Metrics.new(), Metrics.new()
    first.called("getMe", "200")
    assert "trichdan_bot_api_calls_total getMe 200" not in samples(second)
    assert isinstance(first.registry, CollectorRegistry)


def test_the_process_s_memory_is_shown() -> None:
    assert b"process_resident_memory_bytes" in Metrics.new().text()
    assert CONTENT_TYPE.startswith("text/plain; version=")
