"""What is counted while the bot runs, for Prometheus; the only import of prometheus-client.

Labels name what the bot did and how it ended, and nothing that a user wrote or is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

CONTENT_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    """The counters of one bot, in a registry of their own."""

    registry: CollectorRegistry
    questions: Counter
    searching: Histogram
    calls: Counter

    @classmethod
    def new(cls) -> Metrics:
        """Start counting at zero."""
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        return cls(
            registry=registry,
            questions=Counter(
                "trichdan_questions",
                "Questions searched for, by where they were asked and how that ended.",
                ["asked", "outcome"],
                registry=registry,
            ),
            searching=Histogram(
                "trichdan_search_seconds",
                "Seconds from a search's start to its answer.",
                buckets=SECONDS,
                registry=registry,
            ),
            calls=Counter(
                "trichdan_bot_api_calls",
                "Calls of the Bot API, by method and HTTP status or error.",
                ["method", "outcome"],
                registry=registry,
            ),
        )

    def called(self, method: str, outcome: str) -> None:
        """Count a call of the Bot API."""
        self.calls.labels(method, outcome).inc()

    def show(self, name: str, documentation: str, value: Callable[[], float]) -> None:
        """Add a gauge that asks `value`, which may be called from any thread, when it is read."""
        Gauge(f"trichdan_{name}", documentation, registry=self.registry).set_function(value)

    def text(self) -> bytes:
        """Return everything in the text format that `CONTENT_TYPE` names."""
        return generate_latest(self.registry)
